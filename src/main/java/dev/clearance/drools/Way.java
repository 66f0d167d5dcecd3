package dev.clearance.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.drools.base.common.NetworkNode;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.LeftInputAdapterNode;
import org.drools.core.reteoo.LeftTupleSink;
import org.drools.core.reteoo.ObjectSource;
import org.drools.core.reteoo.RuleTerminalNode;
import org.drools.model.functions.IntrospectableLambda;
import org.drools.model.functions.Predicate1;
import org.drools.modelcompiler.constraints.LambdaConstraint;

/**
 * What lies behind a node of Drools' network of conditions, in as few objects as hold it. With many
 * policies loaded hardly any of them is in the processor's caches when a situation passes, and each
 * has to be fetched: Drools has some ten for each condition.
 *
 * @param gates all of these must hold to get any further
 * @param rules whose conditions then hold
 * @param forks by the code of an attribute; at each a situation has one way at most
 * @param others ways on that have gates of their own
 */
record Way(Predicate1<Situation>[] gates, Immediate[] rules, Fork[] forks, Way[] others) {

  static final Way NOWHERE = new Way(array(List.of()), new Immediate[0], new Fork[0], new Way[0]);

  record Fork(int attribute, Map<String, Way> ways) {}

  /**
   * @param immediate the immediate rules of the base, by their full name
   * @return empty when something follows the node that is no condition on one situation and no
   *     immediate rule
   */
  static Optional<Way> behind(ObjectSource node, Map<String, Immediate> immediate) {
    return isPassable(node, immediate)
        ? Optional.of(read(List.of(), node, immediate))
        : Optional.empty();
  }

  private static boolean isPassable(ObjectSource node, Map<String, Immediate> immediate) {
    for (NetworkNode next : node.getObjectSinkPropagator().getSinks()) {
      boolean passable =
          next instanceof AlphaNode condition
              ? predicate(condition).isPresent() && isPassable(condition, immediate)
              : next instanceof LeftInputAdapterNode end && endsIn(end, immediate);
      if (!passable) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsIn(LeftInputAdapterNode end, Map<String, Immediate> immediate) {
    for (LeftTupleSink rule : end.getSinkPropagator().getSinks()) {
      if (!(rule instanceof RuleTerminalNode terminal) || !immediate.containsKey(name(terminal))) {
        return false;
      }
    }
    return true;
  }

  private static String name(RuleTerminalNode terminal) {
    return terminal.getRule().getFullyQualifiedName();
  }

  /** What a condition asks of a situation; empty when it asks for more than that. */
  @SuppressWarnings("unchecked")
  private static Optional<Predicate1<Situation>> predicate(AlphaNode condition) {
    if (!(condition.getConstraint() instanceof LambdaConstraint lambda)
        || lambda.getEvaluator().getConstraint().getVariables().length != 1) {
      return Optional.empty();
    }
    Predicate1<Situation> predicate = lambda.getEvaluator().getConstraint().getPredicate1();
    return Optional.of(
        predicate instanceof IntrospectableLambda wrapped
            ? (Predicate1<Situation>) wrapped.getLambda()
            : predicate);
  }

  /**
   * @param gates on the way to the node, since the last fork
   */
  private static Way read(
      List<Predicate1<Situation>> gates, ObjectSource node, Map<String, Immediate> immediate) {
    List<Immediate> rules = new ArrayList<>();
    List<AlphaNode> conditions = new ArrayList<>();
    for (NetworkNode next : node.getObjectSinkPropagator().getSinks()) {
      if (next instanceof AlphaNode condition) {
        conditions.add(condition);
      } else if (next instanceof LeftInputAdapterNode end) {
        for (LeftTupleSink rule : end.getSinkPropagator().getSinks()) {
          rules.add(immediate.get(name((RuleTerminalNode) rule)));
        }
      }
    }
    if (rules.isEmpty() && conditions.size() == 1) {
      List<Predicate1<Situation>> longer = new ArrayList<>(gates);
      longer.add(predicate(conditions.get(0)).orElseThrow());
      return read(longer, conditions.get(0), immediate);
    }
    Map<Integer, Map<String, Way>> forks = new TreeMap<>();
    List<Way> others = new ArrayList<>();
    for (AlphaNode condition : conditions) {
      Predicate1<Situation> predicate = predicate(condition).orElseThrow();
      if (!(predicate instanceof IsCode<Situation> is)
          || forks.computeIfAbsent(is.attribute(), any -> new HashMap<>()).containsKey(is.code())) {
        others.add(read(List.of(predicate), condition, immediate));
      } else {
        forks.get(is.attribute()).put(is.code(), read(List.of(), condition, immediate));
      }
    }
    return new Way(
        array(gates), rules.toArray(new Immediate[0]), forks(forks), others.toArray(new Way[0]));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
  private static Predicate1<Situation>[] array(List<Predicate1<Situation>> gates) {
    return gates.toArray(new Predicate1[0]);
  }

  private static Fork[] forks(Map<Integer, Map<String, Way>> forks) {
    List<Fork> all = new ArrayList<>();
    // A copy of a map is one array: a look-up fetches one piece of memory instead of four.
    forks.forEach((attribute, ways) -> all.add(new Fork(attribute, Map.copyOf(ways))));
    return all.toArray(new Fork[0]);
  }

  void pass(Situation situation) {
    for (Predicate1<Situation> gate : gates) {
      if (!holds(gate, situation)) {
        return;
      }
    }
    for (Immediate rule : rules) {
      rule.run(situation);
    }
    for (Fork fork : forks) {
      String code = situation.facts.codeAt(fork.attribute);
      Way way = code == null ? null : fork.ways.get(code);
      if (way != null) {
        way.pass(situation);
      }
    }
    for (Way other : others) {
      other.pass(situation);
    }
  }

  private static boolean holds(Predicate1<Situation> gate, Situation situation) {
    try {
      return gate.test(situation);
    } catch (Exception failed) {
      throw new IllegalStateException("a condition of the rules failed", failed);
    }
  }
}
