package dev.clearance.decision;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Truth;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which facts that a request did not give could change its outcome.
 *
 * <p>Each row that is open, because an attribute it asks for is not known, is supposed to apply, by
 * itself; where the outcome would then differ, the attributes that left it open are the answer.
 */
final class OpenQuestions {

  private final List<Reading> readings;
  private final LocalDate asOf;
  private final Outcome outcome;
  private final Set<Attribute> missing = new LinkedHashSet<>();

  private OpenQuestions(List<Reading> readings, LocalDate asOf, Outcome outcome) {
    this.readings = readings;
    this.asOf = asOf;
    this.outcome = outcome;
  }

  /** In the order of the vocabulary. */
  static List<Attribute> of(List<Reading> readings, LocalDate asOf, Outcome outcome) {
    OpenQuestions questions = new OpenQuestions(readings, asOf, outcome);
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).policy().policy().inForce().contains(asOf)) {
        questions.ask(i);
      }
    }
    return questions.missing.stream()
        .sorted(java.util.Comparator.comparingInt(Attribute::index))
        .toList();
  }

  private void ask(int index) {
    Reading reading = readings.get(index);
    Tally others = Tally.EMPTY;
    for (int i = 0; i < readings.size(); i++) {
      others = i == index ? others : others.and(readings.get(i).tally());
    }
    Facts facts = reading.facts();
    askBreaches(reading, others, facts);
    Set<Facts> supposed = new HashSet<>();
    for (Row row : reading.policy().policy().rows()) {
      if (row.effect() instanceof Effect.Punish || !row.inForce().contains(asOf)) {
        continue;
      }
      if (row.truth(facts) != Truth.OPEN) {
        continue;
      }
      Set<Attribute> open = openAttributes(row.when(), facts);
      Optional<Facts> readAnew = suppose(row.effect(), facts);
      if (readAnew.isPresent()) {
        if (missing.containsAll(open)) {
          continue;
        }
        if (differs(others, readAnew.get(), applying(reading, readAnew.get()), reading)) {
          missing.addAll(open);
        }
        supposed.add(readAnew.get());
      } else if (!(row.effect() instanceof Effect.Classify)
          && !(row.effect() instanceof Effect.Define)) {
        askRow(reading, others, facts, row, open);
      }
    }
    askWhetherFree(reading, others, facts);
  }

  /** A duty that applies may yet turn out to be broken. */
  private void askBreaches(Reading reading, Tally others, Facts facts) {
    if (outcome == Outcome.DENY) {
      return;
    }
    for (Row row : reading.counted()) {
      if (row.effect() instanceof Effect.Duty duty && duty.broken(facts) == Truth.OPEN) {
        addOpenBreaches(duty, facts);
      }
    }
  }

  private void addOpenBreaches(Effect.Duty duty, Facts facts) {
    for (List<Condition> breach : duty.breaches()) {
      if (Condition.all(breach, facts) == Truth.OPEN) {
        missing.addAll(openAttributes(breach, facts));
      }
    }
  }

  private void askRow(Reading reading, Tally others, Facts facts, Row row, Set<Attribute> open) {
    List<Row> rows = new ArrayList<>(reading.matches().rows());
    rows.add(row);
    if (differs(others, facts, rows, reading)) {
      missing.addAll(open);
    }
    if (row.effect() instanceof Effect.Duty duty
        && outcome != Outcome.DENY
        && duty.broken(facts) == Truth.OPEN
        && SetAside.sort(rows, List.of(row)).setAside().isEmpty()) {
      missing.addAll(open);
      addOpenBreaches(duty, facts);
    }
  }

  private boolean differs(Tally others, Facts facts, List<Row> rows, Reading reading) {
    List<Row> counted = SetAside.sort(rows, rows).counted();
    Tally tally = Tally.of(counted, facts, reading.matches().free());
    return others.and(tally).outcome() != outcome;
  }

  /** The facts as a classification or definition would make them; empty if it changes nothing. */
  private static Optional<Facts> suppose(Effect effect, Facts facts) {
    List<Assignment> assignments;
    if (effect instanceof Effect.Define define) {
      assignments = define.assignments();
    } else if (effect instanceof Effect.Classify classify) {
      Attribute level = facts.vocabulary().classification().orElseThrow();
      assignments = List.of(new Assignment.AtLeast(level, classify.level()));
    } else {
      return Optional.empty();
    }
    Facts supposed = facts;
    for (Assignment assignment : assignments) {
      Optional<Value> change = assignment.change(supposed);
      if (change.isPresent()) {
        supposed = supposed.with(assignment.attribute(), change.get());
      }
    }
    return supposed.equals(facts) ? Optional.empty() : Optional.of(supposed);
  }

  private List<Row> applying(Reading reading, Facts facts) {
    List<Row> rows = new ArrayList<>();
    for (Row row : reading.policy().policy().rows()) {
      boolean norm =
          !(row.effect() instanceof Effect.Punish
              || row.effect() instanceof Effect.Classify
              || row.effect() instanceof Effect.Define);
      if (norm && row.inForce().contains(asOf) && row.applies(facts)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Where no row speaks, a lower level may leave the act free; the rules are asked. */
  private void askWhetherFree(Reading reading, Tally others, Facts facts) {
    Optional<Attribute> level = facts.vocabulary().classification();
    if (outcome != Outcome.NOT_COVERED || level.isEmpty() || facts.has(level.get())) {
      return;
    }
    Value lowest = new Value.Code(level.get().terms().iterator().next().code());
    Matches matches = reading.policy().rules().match(facts.with(level.get(), lowest), asOf);
    Reading supposed = Reading.of(reading.policy(), matches);
    if (others.and(supposed.tally()).outcome() != outcome) {
      missing.add(level.get());
    }
  }

  private static Set<Attribute> openAttributes(Collection<Condition> conditions, Facts facts) {
    Set<Attribute> open = new LinkedHashSet<>();
    for (Condition condition : conditions) {
      if (!facts.has(condition.attribute())) {
        open.add(condition.attribute());
      }
    }
    return open;
  }
}
