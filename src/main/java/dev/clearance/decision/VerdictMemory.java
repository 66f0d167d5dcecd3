package dev.clearance.decision;

import java.util.Optional;

/** Keeps verdicts, for requests that look the same to the policies that answer. */
public interface VerdictMemory {

  /**
   * A verdict that is kept.
   *
   * @param text what is sent of it, but for the id of the decision; absent where no text is kept
   */
  record Remembered(Verdict verdict, Optional<byte[]> text) {}

  Optional<Remembered> recall(Likeness likeness);

  /** Keeps it, or does not, as there is room. */
  Remembered keep(Likeness likeness, Verdict verdict);
}
