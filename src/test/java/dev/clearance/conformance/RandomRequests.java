package dev.clearance.conformance;

import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Requests that come near the rows of a policy: most satisfy one row, or all but one of its
 * conditions, and carry a few more facts.
 */
public final class RandomRequests {

  private final Policy policy;
  private final Random random;
  private final Map<Attribute, List<BigDecimal>> bounds = new LinkedHashMap<>();
  private final List<Attribute> used;

  public RandomRequests(Policy policy, Random random) {
    this.policy = policy;
    this.random = random;
    Set<Attribute> attributes = new LinkedHashSet<>();
    for (Row row : policy.rows()) {
      for (Condition condition : allConditions(row)) {
        attributes.add(condition.attribute());
        if (condition.test() instanceof Test.Between between) {
          List<BigDecimal> list =
              bounds.computeIfAbsent(condition.attribute(), any -> new ArrayList<>());
          between.low().ifPresent(list::add);
          between.high().ifPresent(list::add);
        }
      }
    }
    this.used = List.copyOf(attributes);
  }

  private static List<Condition> allConditions(Row row) {
    List<Condition> conditions = new ArrayList<>(row.when());
    if (row.effect() instanceof Effect.Duty duty) {
      duty.breaches().forEach(conditions::addAll);
    }
    return conditions;
  }

  public Facts next() {
    Map<Attribute, Value> facts = new LinkedHashMap<>();
    int extras = random.nextInt(5);
    for (int i = 0; i < extras; i++) {
      Attribute attribute =
          random.nextInt(4) == 0 ? pick(policy.vocabulary().attributes()) : pick(used);
      facts.put(attribute, any(attribute));
    }
    if (random.nextInt(10) > 0) {
      Row row = pick(policy.rows());
      for (Condition condition : row.when()) {
        if (random.nextInt(12) > 0) {
          facts.put(condition.attribute(), satisfying(condition));
        }
      }
      if (row.effect() instanceof Effect.Duty duty
          && !duty.breaches().isEmpty()
          && random.nextBoolean()) {
        for (Condition condition : pick(duty.breaches())) {
          facts.put(condition.attribute(), satisfying(condition));
        }
      }
    }
    if (random.nextInt(3) == 0) {
      policy.vocabulary().approvals().ifPresent(a -> facts.put(a, any(a)));
    }
    return Facts.of(policy.vocabulary(), facts);
  }

  private Value satisfying(Condition condition) {
    for (int i = 0; i < 60; i++) {
      Value value = likely(condition);
      if (condition.test().holds(value)) {
        return value;
      }
    }
    return any(condition.attribute());
  }

  private Value likely(Condition condition) {
    Test test = condition.test();
    if (test instanceof Test.AnyOf anyOf && random.nextInt(8) > 0) {
      String code = pick(List.copyOf(new java.util.TreeSet<>(anyOf.covered())));
      return condition.attribute().type() == dev.clearance.vocabulary.AttributeType.TEXT
          ? new Value.Text(code)
          : new Value.Code(code);
    }
    if (test instanceof Test.Members members) {
      Set<String> codes = new LinkedHashSet<>();
      for (Set<String> member : members.covered()) {
        if (random.nextInt(3) > 0) {
          codes.add(pick(List.copyOf(new java.util.TreeSet<>(member))));
        }
      }
      return Value.Codes.of(codes);
    }
    return any(condition.attribute());
  }

  private Value any(Attribute attribute) {
    return switch (attribute.type()) {
      case TERM, LEVEL -> new Value.Code(pick(codes(attribute)));
      case SET -> {
        Set<String> codes = new LinkedHashSet<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          codes.add(pick(codes(attribute)));
        }
        yield Value.Codes.of(codes);
      }
      case NUMBER -> {
        List<BigDecimal> near = bounds.getOrDefault(attribute, List.of(BigDecimal.TEN));
        yield new Value.Amount(
            pick(near).add(BigDecimal.valueOf(random.nextInt(5) - 2L)).max(BigDecimal.ZERO));
      }
      case BOOLEAN -> new Value.Flag(random.nextBoolean());
      case DATE -> new Value.Day(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365)));
      case TEXT -> new Value.Text("x" + random.nextInt(3));
    };
  }

  private List<String> codes(Attribute attribute) {
    if (attribute.source() == TermSource.CLAUSES) {
      return policy.clauses().stream().map(Clause::id).toList();
    }
    return attribute.terms().stream().map(term -> term.code()).toList();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
