package dev.clearance.bench;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The floor: rows by policy and act in a hash map, then one after the other. It finds rows and does
 * nothing else: it derives nothing, combines nothing, explains nothing.
 */
final class HashScan {

  private final Map<String, Map<String, Row[]>> byPolicyAndAct = new HashMap<>();
  private final int action;

  HashScan(List<Policy> policies) {
    Vocabulary vocabulary = policies.get(0).vocabulary();
    action = vocabulary.attribute(Vocabulary.ACTION).orElseThrow().index();
    for (Policy policy : policies) {
      Map<String, Row[]> byAct = new HashMap<>();
      for (Term term : vocabulary.attributes().get(action).terms()) {
        byAct.put(term.code(), rows(policy, term.code()));
      }
      byAct.put("", rows(policy, ""));
      byPolicyAndAct.put(policy.id(), byAct);
    }
  }

  private static Row[] rows(Policy policy, String act) {
    List<Row> rows = new ArrayList<>();
    for (Row row : policy.rows()) {
      Effect effect = row.effect();
      boolean permission =
          !(effect instanceof Effect.Punish
              || effect instanceof Effect.Classify
              || effect instanceof Effect.Define);
      boolean mayApply = true;
      for (Condition condition : row.when()) {
        if (condition.attribute().path().equals(Vocabulary.ACTION)
            && condition.test() instanceof Test.AnyOf anyOf) {
          mayApply &= anyOf.covered().contains(act);
        }
      }
      if (permission && mayApply) {
        rows.add(row);
      }
    }
    return rows.toArray(new Row[0]);
  }

  List<Row> rows(DecisionRequest request) {
    String act = request.facts().codeAt(action);
    List<Row> found = new ArrayList<>();
    for (Row row :
        byPolicyAndAct.get(request.policies().get(0)).get(act == null ? "" : act)) {
      if (row.applies(request.facts()) && row.inForce().contains(request.asOf())) {
        found.add(row);
      }
    }
    return found;
  }
}
