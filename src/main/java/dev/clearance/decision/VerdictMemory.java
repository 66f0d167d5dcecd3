package dev.clearance.decision;

import java.util.Optional;

/** Keeps verdicts, for requests that look the same to the policies that answer. */
public interface VerdictMemory {

  Optional<Verdict> recall(Likeness likeness);

  void keep(Likeness likeness, Verdict verdict);
}
