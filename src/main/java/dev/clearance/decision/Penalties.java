package dev.clearance.decision;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Truth;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What follows once an act is done: the sanctions that are certain and those that depend on facts
 * not yet established. Sanctions that say the same are one, with all their clauses.
 *
 * @param rows the certain rows, for citation
 */
record Penalties(
    List<Penalty> certain, List<Penalty> possible, List<Row> rows, List<SetAside> setAside) {

  static final Penalties NONE = new Penalties(List.of(), List.of(), List.of(), List.of());

  private record Key(Sanction sanction, Optional<BigDecimal> amount, List<Attribute> dependsOn) {}

  static Penalties of(List<Reading> readings, LocalDate asOf) {
    Map<Key, Set<String>> certain = new LinkedHashMap<>();
    Map<Key, Set<String>> possible = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>();
    for (Reading reading : readings) {
      if (reading.policy().index().sanctions().isEmpty()
          || !reading.policy().policy().inForce().contains(asOf)) {
        continue;
      }
      Set<String> broken = Reading.clauseIds(reading.broken());
      Facts facts = reading.facts();
      List<Row> applying = reading.policy().rules().sanctions(facts, broken, asOf);
      Facts known = withBroken(facts, broken);
      List<Row> open = open(reading, known, asOf);
      List<Row> overriding = new ArrayList<>(reading.matches().rows());
      overriding.addAll(applying);
      SetAside.Sorted sorted = SetAside.sort(overriding, applying);
      setAside.addAll(sorted.setAside());
      rows.addAll(sorted.counted());
      for (Row row : sorted.counted()) {
        Sanction sanction = sanction(row);
        Optional<BigDecimal> amount = sanction.formula().flatMap(f -> f.amount(known));
        add(certain, new Key(sanction, amount, List.of()), row);
      }
      for (Row row : SetAside.sort(overriding, open).counted()) {
        add(possible, new Key(sanction(row), Optional.empty(), openAttributes(row, known)), row);
      }
    }
    return new Penalties(penalties(certain), penalties(possible), rows, setAside);
  }

  /** Sanction rows that could still apply; a reward is never a possible penalty. */
  private static List<Row> open(Reading reading, Facts known, LocalDate asOf) {
    List<Row> open = new ArrayList<>();
    for (Row row : reading.policy().index().sanctions()) {
      if (row.inForce().contains(asOf)
          && !sanction(row).type().reward()
          && row.truth(known) == Truth.OPEN) {
        open.add(row);
      }
    }
    return open;
  }

  /** The facts once the act is done: the clauses it breaks join those that were named. */
  private static Facts withBroken(Facts facts, Set<String> broken) {
    Optional<Attribute> attribute = facts.vocabulary().violations();
    if (attribute.isEmpty()) {
      return facts;
    }
    Set<String> all = new TreeSet<>(broken);
    if (facts.get(attribute.get()).orElse(null) instanceof Value.Codes given) {
      all.addAll(given.codes());
    }
    return facts.with(attribute.get(), Value.Codes.of(all));
  }

  private static Sanction sanction(Row row) {
    if (row.effect() instanceof Effect.Punish punish) {
      return punish.sanction();
    }
    throw new IllegalStateException(row.place() + " is no sanction row");
  }

  private static List<Attribute> openAttributes(Row row, Facts facts) {
    Set<Attribute> open = new LinkedHashSet<>();
    for (Condition condition : row.when()) {
      if (!facts.has(condition.attribute())) {
        open.add(condition.attribute());
      }
    }
    return List.copyOf(open);
  }

  private static void add(Map<Key, Set<String>> penalties, Key key, Row row) {
    penalties.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(row.clause().id());
  }

  private static List<Penalty> penalties(Map<Key, Set<String>> clauses) {
    List<Penalty> penalties = new ArrayList<>();
    clauses.forEach(
        (key, ids) ->
            penalties.add(
                new Penalty(key.sanction(), key.amount(), key.dependsOn(), List.copyOf(ids))));
    return penalties;
  }

  /** What the certain amounts and the possible sanctions still wait for. */
  List<Attribute> missing(List<Reading> readings) {
    Set<Attribute> missing = new LinkedHashSet<>();
    for (Penalty penalty : certain) {
      if (penalty.amount().isEmpty()) {
        penalty.sanction().formula().ifPresent(f -> missing.addAll(f.attributes()));
      }
    }
    possible.forEach(penalty -> missing.addAll(penalty.dependsOn()));
    missing.removeIf(
        attribute -> readings.stream().allMatch(reading -> reading.facts().has(attribute)));
    return List.copyOf(missing);
  }
}
