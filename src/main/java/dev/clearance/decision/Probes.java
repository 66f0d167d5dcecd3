package dev.clearance.decision;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * For each attribute that the rows of a policy ask for: those rows, and values enough to tell apart
 * whatever the rows tell apart. Sanction rows have no say in an outcome and are left out.
 */
final class Probes {

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** What a policy knows of one attribute. */
  private record Probe(
      List<Row> readingRows, List<Value> values, boolean derivable, boolean freeing) {

    static final Probe NONE = new Probe(List.of(), List.of(), false, false);

    boolean reads() {
      return derivable || freeing || !readingRows.isEmpty();
    }
  }

  /** By the index of the attribute. */
  private final Probe[] probes;

  private final List<Attribute> readAttributes = new ArrayList<>();

  private Probes(Vocabulary vocabulary, Map<Attribute, Probe> known) {
    probes = new Probe[vocabulary.attributes().size()];
    for (Attribute attribute : vocabulary.attributes()) {
      Probe probe = known.getOrDefault(attribute, Probe.NONE);
      probes[attribute.index()] = probe;
      if (probe.reads()) {
        readAttributes.add(attribute);
      }
    }
  }

  /**
   * @param freeing attributes at which the rules look that leave acts free
   */
  static Probes of(Policy policy, Collection<Attribute> freeing) {
    Map<Attribute, Mentions> mentions = new LinkedHashMap<>();
    Set<Attribute> derivable = new HashSet<>();
    for (Row row : policy.rows()) {
      Effect effect = row.effect();
      if (effect instanceof Effect.Punish) {
        continue;
      }
      boolean reads = effect instanceof Effect.Classify || effect instanceof Effect.Define;
      for (Condition condition : row.when()) {
        Mentions mention = mention(mentions, condition);
        if (reads) {
          mention.readingRows.add(row);
        }
      }
      if (effect instanceof Effect.Duty duty) {
        duty.breaches().forEach(breach -> breach.forEach(c -> mention(mentions, c)));
      }
      if (effect instanceof Effect.Define define) {
        define.assignments().stream().map(Assignment::attribute).forEach(derivable::add);
      }
    }
    // The level of information has a say of its own: a floor may raise it.
    policy.vocabulary().classification().ifPresent(derivable::add);
    derivable.forEach(a -> mentions.computeIfAbsent(a, any -> new Mentions()));
    freeing.forEach(a -> mentions.computeIfAbsent(a, any -> new Mentions()));
    Map<Attribute, Probe> probes = new LinkedHashMap<>();
    mentions.forEach(
        (a, mention) -> {
          boolean derived = derivable.contains(a);
          probes.put(a, mention.probe(a, derived, freeing.contains(a)));
        });
    return new Probes(policy.vocabulary(), probes);
  }

  private static Mentions mention(Map<Attribute, Mentions> mentions, Condition condition) {
    Mentions mention = mentions.computeIfAbsent(condition.attribute(), any -> new Mentions());
    mention.tests.put(condition.test().key(), condition.test());
    return mention;
  }

  /** The attributes by which a request may be read otherwise. */
  List<Attribute> readAttributes() {
    return readAttributes;
  }

  /** Classifications and definitions that ask for the attribute. */
  List<Row> readingRows(Attribute attribute) {
    return of(attribute).readingRows();
  }

  /** Values enough to tell apart whatever the rows tell apart. */
  List<Value> values(Attribute attribute) {
    return of(attribute).values();
  }

  private Probe of(Attribute attribute) {
    return probes[attribute.index()];
  }

  /** Whether a row may give or change the attribute. */
  boolean isDerivable(Attribute attribute) {
    return of(attribute).derivable();
  }

  /** Whether an act may be free by this attribute. */
  boolean isFreeing(Attribute attribute) {
    return of(attribute).freeing();
  }

  /** A value that passes all tests that the conditions put to the attribute, if there is one. */
  Optional<Value> passing(Attribute attribute, List<Condition> conditions) {
    for (Value value : values(attribute)) {
      boolean passes = true;
      for (Condition condition : conditions) {
        passes &= !condition.attribute().equals(attribute) || condition.test().holds(value);
      }
      if (passes) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static final class Mentions {

    private final Map<String, Test> tests = new LinkedHashMap<>();
    private final Set<Row> readingRows = new LinkedHashSet<>();

    Probe probe(Attribute attribute, boolean derivable, boolean freeing) {
      // Of a floor and of what frees an act every value counts, not only what tests make of it.
      boolean each = freeing || derivable && attribute.type() == AttributeType.LEVEL;
      Set<BitSet> signatures = new HashSet<>();
      List<Value> values = new ArrayList<>();
      for (Value value : candidates(attribute)) {
        BitSet signature = new BitSet();
        int i = 0;
        for (Test test : tests.values()) {
          signature.set(i++, test.holds(value));
        }
        if (signatures.add(signature) || each) {
          values.add(value);
        }
      }
      return new Probe(List.copyOf(readingRows), List.copyOf(values), derivable, freeing);
    }

    private Set<Value> candidates(Attribute attribute) {
      return switch (attribute.type()) {
        case TERM, LEVEL -> terms(attribute);
        case SET -> sets(attribute);
        case NUMBER -> numbers();
        case BOOLEAN -> Set.of(new Value.Flag(true), new Value.Flag(false));
        case DATE -> days();
        case TEXT -> texts();
      };
    }

    private static Set<Value> terms(Attribute attribute) {
      Set<Value> values = new LinkedHashSet<>();
      attribute.terms().forEach(term -> values.add(new Value.Code(term.code())));
      return values;
    }

    private Set<Value> sets(Attribute attribute) {
      Set<String> all = new TreeSet<>();
      if (attribute.source() != TermSource.CLAUSES) {
        attribute.terms().stream().map(Term::code).forEach(all::add);
      }
      Set<Value> values = new LinkedHashSet<>();
      values.add(Value.Codes.of(Set.of()));
      for (Test test : tests.values()) {
        if (test instanceof Test.Members members) {
          Set<String> together = new TreeSet<>();
          members.covered().forEach(together::addAll);
          all.addAll(together);
          values.add(Value.Codes.of(together));
          for (Set<String> member : members.covered()) {
            values.add(Value.Codes.of(without(together, member)));
          }
        }
      }
      for (String code : all) {
        values.add(Value.Codes.of(Set.of(code)));
        values.add(Value.Codes.of(without(all, Set.of(code))));
      }
      values.add(Value.Codes.of(all));
      return values;
    }

    private static Set<String> without(Set<String> codes, Set<String> member) {
      Set<String> rest = new TreeSet<>(codes);
      rest.removeAll(member);
      return rest;
    }

    /** Each bound, what lies beside it, and one number beyond them all. */
    private Set<Value> numbers() {
      TreeSet<BigDecimal> bounds = new TreeSet<>();
      for (Test test : tests.values()) {
        if (test instanceof Test.Between between) {
          between.low().ifPresent(bounds::add);
          between.high().ifPresent(bounds::add);
        }
      }
      Set<Value> values = new LinkedHashSet<>();
      for (BigDecimal bound : bounds) {
        BigDecimal next = bounds.higher(bound);
        values.add(new Value.Amount(bound));
        values.add(
            new Value.Amount(
                next == null ? bound.add(BigDecimal.ONE) : bound.add(next).multiply(HALF)));
      }
      if (!bounds.isEmpty()) {
        values.add(new Value.Amount(bounds.first().subtract(BigDecimal.ONE)));
      }
      return values;
    }

    private Set<Value> days() {
      Set<Value> values = new LinkedHashSet<>();
      for (Test test : tests.values()) {
        if (test instanceof Test.Within within) {
          within.first().ifPresent(day -> addAround(day, values));
          within.last().ifPresent(day -> addAround(day, values));
        }
      }
      return values;
    }

    private static void addAround(LocalDate day, Set<Value> values) {
      for (int i = -1; i <= 1; i++) {
        values.add(new Value.Day(day.plusDays(i)));
      }
    }

    private Set<Value> texts() {
      Set<String> named = new LinkedHashSet<>();
      for (Test test : tests.values()) {
        if (test instanceof Test.AnyOf anyOf) {
          named.addAll(anyOf.listed());
        } else if (test instanceof Test.NoneOf noneOf) {
          named.addAll(noneOf.listed());
        }
      }
      Set<Value> values = new LinkedHashSet<>();
      named.forEach(text -> values.add(new Value.Text(text)));
      values.add(new Value.Text(String.join(" ", named) + " "));
      return values;
    }
  }
}
