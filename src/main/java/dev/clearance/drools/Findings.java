package dev.clearance.drools;

import dev.clearance.decision.Derivation;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one evaluation has found so far; shared by the facts of its session. */
final class Findings {

  final List<Row> rows = new ArrayList<>();
  final List<Derivation> derivations = new ArrayList<>();

  /** How the request reads by now; null while it reads as given. */
  @Nullable Wording wording;
}
