package dev.clearance.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.conformance.RandomRequests;
import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an answer names as missing, held against trying every value of every fact that was not
 * given.
 */
class MissingFactsTest {

  private static final int REQUESTS_PER_POLICY = Integer.getInteger("requests", 10);
  private static final int TRIES = 60;

  static Stream<String> policies() {
    return ShippedPolicies.release().files().stream().map(file -> file.rules().policy().id());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aFactIsMissingExactlyWhenItCouldChangeTheOutcome(String id) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("missing facts of " + id + " with -Dseed=" + seed);
    Random random = new Random(seed);
    PolicyRules rules = ShippedPolicies.release().file(id).orElseThrow().rules();
    RandomRequests requests = new RandomRequests(rules.policy(), random);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < REQUESTS_PER_POLICY; i++) {
      Facts facts = requests.next();
      if (i % 2 == 0 && !facts.known().isEmpty()) {
        // Fewer facts leave more open.
        facts = facts.without(facts.known().get(random.nextInt(facts.known().size())));
      }
      check(rules, facts, random, wrong);
    }
    assertThat(wrong).as("with -Dseed=" + seed).isEmpty();
  }

  private static void check(PolicyRules rules, Facts facts, Random random, List<String> wrong) {
    Decision decision =
        ShippedPolicies.release()
            .point()
            .decide(
                new DecisionRequest(List.of(rules.policy().id()), ShippedPolicies.TODAY, facts));
    for (Attribute attribute : rules.policy().vocabulary().attributes()) {
      if (facts.has(attribute) || attribute.source() == TermSource.APPROVER_LEVELS) {
        continue;
      }
      boolean missing = decision.missing().contains(attribute);
      boolean alone = changesAlone(rules, facts, attribute, decision.outcome());
      if (alone && !missing) {
        wrong.add(attribute + " is not named for " + facts);
      }
      if (missing && !alone && !changesWithOthers(rules, facts, attribute, random)) {
        wrong.add(attribute + " is named for nothing for " + facts);
      }
    }
  }

  private static boolean changesAlone(
      PolicyRules rules, Facts facts, Attribute attribute, Outcome outcome) {
    for (Value value : values(rules, attribute)) {
      if (outcome(rules, facts.with(attribute, value)) != outcome) {
        return true;
      }
    }
    return false;
  }

  /** Completes each row, and each breach, that asks for the attribute; then takes it away again. */
  private static boolean changesWithOthers(
      PolicyRules rules, Facts facts, Attribute attribute, Random random) {
    for (Row row : rules.policy().rows()) {
      for (List<Condition> conditions : waysToApply(row)) {
        if (conditions.stream().noneMatch(c -> c.attribute().equals(attribute))) {
          continue;
        }
        for (int i = 0; i < TRIES; i++) {
          Facts completed = complete(rules, facts, conditions, random);
          if (outcome(rules, completed) != outcome(rules, completed.without(attribute))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<List<Condition>> waysToApply(Row row) {
    List<List<Condition>> ways = new ArrayList<>();
    ways.add(row.when());
    if (row.effect() instanceof Effect.Duty duty) {
      for (List<Condition> breach : duty.breaches()) {
        List<Condition> both = new ArrayList<>(row.when());
        both.addAll(breach);
        ways.add(both);
      }
    }
    return ways;
  }

  private static Facts complete(
      PolicyRules rules, Facts facts, List<Condition> conditions, Random random) {
    Facts completed = facts;
    Facts read = rules.rules().match(facts, ShippedPolicies.TODAY).facts();
    for (Condition open : conditions) {
      if (read.has(open.attribute())) {
        continue;
      }
      List<Value> fitting =
          values(rules, open.attribute()).stream()
              .filter(
                  value ->
                      conditions.stream()
                          .filter(c -> c.attribute().equals(open.attribute()))
                          .allMatch(c -> c.test().holds(value)))
              .toList();
      if (!fitting.isEmpty()) {
        completed = completed.with(open.attribute(), fitting.get(random.nextInt(fitting.size())));
      }
    }
    return completed;
  }

  private static Outcome outcome(PolicyRules rules, Facts facts) {
    Attribute approvals = facts.vocabulary().approvals().orElseThrow();
    Facts known = facts.has(approvals) ? facts : facts.with(approvals, Value.Codes.of(Set.of()));
    Matches matches = rules.rules().match(known, ShippedPolicies.TODAY);
    return Combining.outcome(List.of(Reading.of(rules, matches)));
  }

  private static List<Value> values(PolicyRules rules, Attribute attribute) {
    List<Value> values = new ArrayList<>();
    switch (attribute.type()) {
      case TERM, LEVEL ->
          attribute.terms().stream().map(Term::code).map(Value.Code::new).forEach(values::add);
      case BOOLEAN -> {
        values.add(new Value.Flag(true));
        values.add(new Value.Flag(false));
      }
      case SET -> values.addAll(sets(rules, attribute));
      case NUMBER -> bounds(rules, attribute).forEach(bound -> addAround(bound, values));
      case DATE, TEXT -> {}
    }
    return values;
  }

  private static Set<Value> sets(PolicyRules rules, Attribute attribute) {
    Set<Value> sets = new LinkedHashSet<>();
    List<String> all = attribute.terms().stream().map(Term::code).toList();
    sets.add(Value.Codes.of(Set.of()));
    sets.add(Value.Codes.of(all));
    for (String code : all) {
      Set<String> others = new TreeSet<>(all);
      others.remove(code);
      sets.add(Value.Codes.of(Set.of(code)));
      sets.add(Value.Codes.of(others));
    }
    tests(rules, attribute)
        .forEach(
            test -> {
              if (test instanceof Test.Members members) {
                sets.add(Value.Codes.of(members.listed()));
              }
            });
    return sets;
  }

  private static Set<BigDecimal> bounds(PolicyRules rules, Attribute attribute) {
    Set<BigDecimal> bounds = new TreeSet<>();
    tests(rules, attribute)
        .forEach(
            test -> {
              if (test instanceof Test.Between between) {
                between.low().ifPresent(bounds::add);
                between.high().ifPresent(bounds::add);
              }
            });
    return bounds;
  }

  private static void addAround(BigDecimal bound, List<Value> values) {
    for (String step : List.of("-1", "-0.5", "0", "0.5", "1")) {
      values.add(new Value.Amount(bound.add(new BigDecimal(step))));
    }
  }

  private static Stream<Test> tests(PolicyRules rules, Attribute attribute) {
    return rules.policy().rows().stream()
        .flatMap(row -> waysToApply(row).stream())
        .flatMap(List::stream)
        .filter(condition -> condition.attribute().equals(attribute))
        .map(Condition::test);
  }
}
