package dev.clearance.decision;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one policy can see of a request. Its rows mention finitely many values, so they tell
 * requests apart only by classes of values: terms by the tests that they pass, numbers and days by
 * the bounds between which they lie, sets by the members that are asked for. An attribute that no
 * row mentions is not seen at all.
 *
 * <p>INVARIANT: two requests that look the same to each policy that answers have the same verdict.
 * So what the answer itself shows (a derived fact names what was given), what a formula computes
 * with, and what the rules that hold across policies look at is seen as it is.
 */
final class Projection {

  private static final Aspect EXACT = value -> value;

  /** The class of all values that no row mentions. */
  private enum Other {
    CODE,
    TEXT
  }

  /** What is seen of the values of one attribute; what it gives can be compared by equality. */
  private interface Aspect {
    Object of(Value value);
  }

  /** Indexes of the attributes that are seen, and what is seen of each. */
  private final int[] indexes;

  private final Aspect[] aspects;
  private final Optional<Bounds<LocalDate>> days;

  private Projection(Map<Attribute, Aspect> seen, Optional<Bounds<LocalDate>> days) {
    this.indexes = new int[seen.size()];
    this.aspects = new Aspect[seen.size()];
    int i = 0;
    for (Map.Entry<Attribute, Aspect> entry : seen.entrySet()) {
      indexes[i] = entry.getKey().index();
      aspects[i++] = entry.getValue();
    }
    this.days = days;
  }

  /**
   * @param alsoRead attributes at which the rules look besides the rows; empty when nobody knows:
   *     then everything is seen as it is
   */
  static Projection of(Policy policy, Optional<Set<String>> alsoRead) {
    if (alsoRead.isEmpty()) {
      Map<Attribute, Aspect> all = new LinkedHashMap<>();
      policy.vocabulary().attributes().forEach(attribute -> all.put(attribute, EXACT));
      return new Projection(all, Optional.empty());
    }
    Map<Attribute, Set<Test>> tests = new LinkedHashMap<>();
    Set<Attribute> exact = new LinkedHashSet<>();
    Set<LocalDate> days = new HashSet<>();
    addBounds(policy.inForce(), days);
    for (Row row : policy.rows()) {
      addBounds(row.inForce(), days);
      row.when().forEach(condition -> add(condition, tests));
      Effect effect = row.effect();
      if (effect instanceof Effect.Duty duty) {
        duty.breaches().forEach(breach -> breach.forEach(condition -> add(condition, tests)));
      } else if (effect instanceof Effect.Define define) {
        define.assignments().stream().map(Assignment::attribute).forEach(exact::add);
      } else if (effect instanceof Effect.Punish punish) {
        Sanction sanction = punish.sanction();
        sanction.formula().ifPresent(formula -> exact.addAll(formula.attributes()));
      }
    }
    Vocabulary vocabulary = policy.vocabulary();
    vocabulary.classification().ifPresent(exact::add);
    alsoRead.get().forEach(path -> vocabulary.attribute(path).ifPresent(exact::add));
    vocabulary.approvals().ifPresent(a -> tests.computeIfAbsent(a, any -> new LinkedHashSet<>()));
    Map<Attribute, Aspect> seen = new LinkedHashMap<>();
    for (Attribute attribute : vocabulary.attributes()) {
      if (exact.contains(attribute)) {
        seen.put(attribute, EXACT);
      } else if (tests.containsKey(attribute)) {
        seen.put(attribute, aspect(attribute, tests.get(attribute), vocabulary));
      }
    }
    return new Projection(seen, Optional.of(new Bounds<>(days)));
  }

  private static void add(Condition condition, Map<Attribute, Set<Test>> tests) {
    tests
        .computeIfAbsent(condition.attribute(), any -> new LinkedHashSet<>())
        .add(condition.test());
  }

  private static void addBounds(InForce period, Set<LocalDate> days) {
    period.from().ifPresent(days::add);
    period.to().ifPresent(days::add);
  }

  private static Aspect aspect(Attribute attribute, Set<Test> tests, Vocabulary vocabulary) {
    return switch (attribute.type()) {
      case TERM, LEVEL, TEXT -> Names.of(attribute, tests);
      case SET -> {
        Set<Set<String>> groups = new LinkedHashSet<>();
        if (vocabulary.approvals().equals(Optional.of(attribute))) {
          // Which approvals are held counts even where no row tests them.
          for (ApproverLevel level : vocabulary.approverLevels().all()) {
            groups.add(Set.of(level.code()));
          }
        }
        yield Members.of(groups, tests);
      }
      case NUMBER -> numbers(tests);
      case DATE -> days(tests);
      case BOOLEAN -> EXACT;
    };
  }

  /** What a number of policies see of a request; equal when all of them see the same. */
  static Likeness likeness(List<PolicyRules> policies, Facts facts, LocalDate asOf) {
    int size = 0;
    for (PolicyRules policy : policies) {
      size += policy.projection().size();
    }
    @Nullable Object[] parts = new Object[size];
    int at = 0;
    for (PolicyRules policy : policies) {
      at = policy.projection().see(facts, asOf, parts, at);
    }
    return new Likeness(parts);
  }

  private int size() {
    return 2 + indexes.length;
  }

  /** Writes what this policy sees into the parts of a likeness, and says where it ends. */
  private int see(Facts facts, LocalDate asOf, @Nullable Object[] parts, int from) {
    parts[from] = this;
    parts[from + 1] = days.isPresent() ? days.get().position(asOf) : asOf;
    for (int i = 0; i < indexes.length; i++) {
      Value value = facts.at(indexes[i]);
      parts[from + 2 + i] = value == null ? null : aspects[i].of(value);
    }
    return from + size();
  }

  /** Terms, levels and texts by the tests that they pass. */
  private record Names(Map<String, Integer> classes) implements Aspect {

    static Names of(Attribute attribute, Set<Test> tests) {
      Set<String> names = new TreeSet<>();
      attribute.terms().stream().map(Term::code).forEach(names::add);
      for (Test test : tests) {
        if (test instanceof Test.AnyOf anyOf) {
          names.addAll(anyOf.covered());
        } else if (test instanceof Test.NoneOf noneOf) {
          names.addAll(noneOf.covered());
        }
      }
      Map<BitSet, Integer> bySignature = new HashMap<>();
      Map<String, Integer> classes = new HashMap<>();
      for (String name : names) {
        Value value = new Value.Code(name);
        BitSet signature = new BitSet();
        int i = 0;
        for (Test test : tests) {
          signature.set(i++, test.holds(value));
        }
        classes.put(name, bySignature.computeIfAbsent(signature, any -> bySignature.size()));
      }
      return new Names(classes);
    }

    @Override
    public Object of(Value value) {
      if (value instanceof Value.Code code) {
        Integer known = classes.get(code.code());
        return known == null ? Other.CODE : known;
      }
      if (value instanceof Value.Text text) {
        return classes.containsKey(text.text()) ? text : Other.TEXT;
      }
      return value;
    }
  }

  /**
   * Sets by the members that are asked for: for each listed member, whether the set holds one of
   * the codes that count as it. Of a union this says what it says of its parts.
   */
  private record Members(Map<String, BitSet> groups) implements Aspect {

    private static final BitSet NONE = new BitSet();

    static Members of(Set<Set<String>> groups, Set<Test> tests) {
      for (Test test : tests) {
        if (test instanceof Test.Members members) {
          groups.addAll(members.covered());
        }
      }
      Map<String, BitSet> byCode = new HashMap<>();
      int i = 0;
      for (Set<String> group : groups) {
        for (String code : group) {
          byCode.computeIfAbsent(code, any -> new BitSet()).set(i);
        }
        i++;
      }
      return new Members(byCode);
    }

    @Override
    public Object of(Value value) {
      if (!(value instanceof Value.Codes codes)) {
        return value;
      }
      if (codes.codes().isEmpty()) {
        return NONE;
      }
      BitSet present = new BitSet();
      for (String code : codes.codes()) {
        present.or(groups.getOrDefault(code, NONE));
      }
      return present;
    }
  }

  private static Aspect numbers(Set<Test> tests) {
    Set<BigDecimal> numbers = new HashSet<>();
    for (Test test : tests) {
      if (test instanceof Test.Between between) {
        between.low().ifPresent(numbers::add);
        between.high().ifPresent(numbers::add);
      }
    }
    Bounds<BigDecimal> bounds = new Bounds<>(numbers);
    return value -> value instanceof Value.Amount amount ? bounds.position(amount.number()) : value;
  }

  private static Aspect days(Set<Test> tests) {
    Set<LocalDate> days = new HashSet<>();
    for (Test test : tests) {
      if (test instanceof Test.Within within) {
        within.first().ifPresent(days::add);
        within.last().ifPresent(days::add);
      }
    }
    Bounds<LocalDate> bounds = new Bounds<>(days);
    return value -> value instanceof Value.Day day ? bounds.position(day.date()) : value;
  }

  /** Bounds on a line. Every bound and every stretch between two of them is a class by itself. */
  private static final class Bounds<T> {

    private final Object[] sorted;

    Bounds(Set<T> bounds) {
      sorted = new TreeSet<>(bounds).toArray();
    }

    Integer position(T value) {
      int found = Arrays.binarySearch(sorted, value);
      return found >= 0 ? 2 * found + 1 : 2 * -(found + 1);
    }
  }
}
