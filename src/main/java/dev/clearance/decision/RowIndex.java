package dev.clearance.decision;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of a policy by what they do, and the permission rows by the act that they name. */
final class RowIndex {

  private final List<Row> sanctions = new ArrayList<>();
  private final List<Row> readings = new ArrayList<>();
  private final List<Row> permissions = new ArrayList<>();
  private final Map<String, List<Row>> byAct = new HashMap<>();
  private final Optional<Attribute> act;

  RowIndex(Policy policy) {
    act = policy.vocabulary().attribute(Vocabulary.ACTION);
    Map<String, List<Row>> named = new TreeMap<>();
    act.ifPresent(a -> a.terms().forEach(term -> named.put(term.code(), new ArrayList<>())));
    for (Row row : policy.rows()) {
      if (row.effect() instanceof Effect.Punish) {
        sanctions.add(row);
      } else if (row.effect() instanceof Effect.Classify || row.effect() instanceof Effect.Define) {
        readings.add(row);
      } else {
        permissions.add(row);
        named.forEach(
            (code, rows) -> {
              if (mayName(row, code)) {
                rows.add(row);
              }
            });
      }
    }
    byAct.putAll(named);
  }

  private static boolean mayName(Row row, String code) {
    for (Condition condition : row.when()) {
      if (condition.attribute().path().equals(Vocabulary.ACTION)
          && condition.test() instanceof Test.AnyOf anyOf
          && !anyOf.covered().contains(code)) {
        return false;
      }
    }
    return true;
  }

  List<Row> sanctions() {
    return sanctions;
  }

  /** The rows that say how a request is to be read: classifications and definitions. */
  List<Row> readings() {
    return readings;
  }

  /** The permission rows that may apply to the act: all of them while it is not known. */
  List<Row> permissions(Facts facts) {
    if (act.isEmpty()) {
      return permissions;
    }
    String code = facts.codeAt(act.get().index());
    if (code == null) {
      return permissions;
    }
    return byAct.getOrDefault(code, permissions);
  }
}
