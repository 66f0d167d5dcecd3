package dev.clearance.vocabulary;

import java.util.OptionalInt;

/**
 * Who may approve. Levels with a rank are ordered: a higher rank may approve what a lower one may.
 * A level without rank is matched only by itself.
 *
 * @param internal false for bodies outside the organisation (issuing unit, client)
 */
public record ApproverLevel(String code, Label label, OptionalInt rank, boolean internal) {

  public ApproverLevel {
    if (!internal && rank.isPresent()) {
      throw new IllegalArgumentException("an external approver level has no rank: " + code);
    }
  }

  /** Whether an approval by this level is enough where {@code needed} is asked for. */
  public boolean suffices(ApproverLevel needed) {
    return code.equals(needed.code)
        || (rank.isPresent()
            && needed.rank.isPresent()
            && rank.getAsInt() >= needed.rank.getAsInt());
  }
}
