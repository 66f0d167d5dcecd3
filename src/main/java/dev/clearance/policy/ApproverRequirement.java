package dev.clearance.policy;

import dev.clearance.vocabulary.ApproverLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Who must approve.
 *
 * @param all true: a different held approval for each level; false: any one level is enough
 * @param title the approver in the words of the regulation
 */
public record ApproverRequirement(boolean all, List<ApproverLevel> levels, String title) {

  private static final Comparator<ApproverLevel> BY_RANK =
      Comparator.comparingInt(level -> level.rank().getAsInt());

  public ApproverRequirement {
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("an approval needs a level");
    }
  }

  public boolean isMetBy(Collection<ApproverLevel> held) {
    return all ? eachHasItsOwn(levels, List.copyOf(held)) : oneIsEnough(held);
  }

  private boolean oneIsEnough(Collection<ApproverLevel> held) {
    for (ApproverLevel approval : held) {
      for (ApproverLevel level : levels) {
        if (approval.suffices(level)) {
          return true;
        }
      }
    }
    return false;
  }

  /** One person's signature does not count twice, so the approvals must be shared out. */
  private static boolean eachHasItsOwn(List<ApproverLevel> needed, List<ApproverLevel> held) {
    if (needed.isEmpty()) {
      return true;
    }
    ApproverLevel first = needed.get(0);
    for (int i = 0; i < held.size(); i++) {
      if (held.get(i).suffices(first)) {
        List<ApproverLevel> left = new ArrayList<>(held);
        left.remove(i);
        if (eachHasItsOwn(needed.subList(1, needed.size()), left)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The internal levels that this requirement puts forward when the leading approver is named. */
  public List<ApproverLevel> leadingLevels() {
    List<ApproverLevel> ranked = new ArrayList<>(levels.size());
    for (ApproverLevel level : levels) {
      if (level.rank().isPresent()) {
        ranked.add(level);
      }
    }
    return all || ranked.isEmpty() ? ranked : List.of(Collections.min(ranked, BY_RANK));
  }
}
