package dev.clearance.decision;

import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.List;

/** The rows of a policy by what they do. */
final class RowIndex {

  private final List<Row> sanctions = new ArrayList<>();
  private final List<Row> readings = new ArrayList<>();
  private final List<Row> permissions = new ArrayList<>();

  RowIndex(Policy policy) {
    for (Row row : policy.rows()) {
      if (row.effect() instanceof Effect.Punish) {
        sanctions.add(row);
      } else if (row.effect() instanceof Effect.Classify || row.effect() instanceof Effect.Define) {
        readings.add(row);
      } else {
        permissions.add(row);
      }
    }
  }

  List<Row> sanctions() {
    return sanctions;
  }

  /** The rows that say how a request is to be read: classifications and definitions. */
  List<Row> readings() {
    return readings;
  }

  /** The rows that say what holds for an act. */
  List<Row> permissions() {
    return permissions;
  }
}
