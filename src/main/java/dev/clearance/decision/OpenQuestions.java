package dev.clearance.decision;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Truth;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which facts that a request did not give could change its outcome.
 *
 * <p>A fact is supposed to be given, with each value that the rows tell apart; where the outcome
 * would then differ, it is missing. Where a row or a breach waits for several facts, they are
 * supposed together, and each without which the outcome would not differ is missing.
 *
 * <p>Approvals are never missing: those that are not given are not held, and the answer lists what
 * is asked for.
 */
final class OpenQuestions {

  private final Facts request;
  private final List<Reading> readings;
  private final LocalDate asOf;
  private final Outcome outcome;
  private final Set<Attribute> missing = new LinkedHashSet<>();

  private OpenQuestions(Facts request, List<Reading> readings, LocalDate asOf, Outcome outcome) {
    this.request = request;
    this.readings = readings;
    this.asOf = asOf;
    this.outcome = outcome;
  }

  /**
   * In the order of the vocabulary.
   *
   * @param request as it was given, before anything was derived
   */
  static List<Attribute> of(
      Facts request, List<Reading> readings, LocalDate asOf, Outcome outcome) {
    OpenQuestions questions = new OpenQuestions(request, readings, asOf, outcome);
    questions.askOneByOne();
    questions.askTogether();
    return questions.missing.stream().sorted(Comparator.comparingInt(Attribute::index)).toList();
  }

  private void askOneByOne() {
    Set<Attribute> attributes = new LinkedHashSet<>();
    for (Reading reading : readings) {
      if (isInForce(reading)) {
        attributes.addAll(reading.policy().probes().attributes());
      }
    }
    for (Attribute attribute : attributes) {
      if (!request.has(attribute) && couldBeChanged(attribute)) {
        missing.add(attribute);
      }
    }
  }

  private boolean couldBeChanged(Attribute attribute) {
    boolean heeded = false;
    Set<Value> values = new LinkedHashSet<>();
    for (Reading reading : readings) {
      Optional<Probes.Probe> probe = reading.policy().probes().of(attribute);
      if (isInForce(reading) && probe.isPresent()) {
        heeded = heeded || isHeeded(reading, attribute, probe.get());
        values.addAll(probe.get().values());
      }
    }
    if (!heeded) {
      return false;
    }
    for (Value value : values) {
      if (outcomeWith(attribute, value) != outcome) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value of the attribute alone could make any row apply, or break a duty. */
  private boolean isHeeded(Reading reading, Attribute attribute, Probes.Probe probe) {
    if (isDerived(reading, attribute) || attribute.path().equals(Vocabulary.CLASSIFICATION)) {
      return true;
    }
    for (Row row : probe.normRows()) {
      if (waitsOnlyFor(row, attribute, reading)) {
        return true;
      }
    }
    for (Row row : probe.readingRows()) {
      if (mayWaitFor(row, attribute, reading)) {
        return true;
      }
    }
    for (Row row : probe.breachRows()) {
      if (reading.counted().contains(row) || waitsOnlyFor(row, attribute, reading)) {
        return true;
      }
    }
    return false;
  }

  private boolean waitsOnlyFor(Row row, Attribute attribute, Reading reading) {
    if (!row.inForce().contains(asOf)) {
      return false;
    }
    for (Condition condition : row.when()) {
      if (!condition.attribute().equals(attribute) && !condition.holds(reading.facts())) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #waitsOnlyFor}, but what may be derived may still come to hold. */
  private boolean mayWaitFor(Row row, Attribute attribute, Reading reading) {
    if (!row.inForce().contains(asOf)) {
      return false;
    }
    Probes probes = reading.policy().probes();
    for (Condition condition : row.when()) {
      if (!condition.attribute().equals(attribute)
          && !condition.holds(reading.facts())
          && !probes.isDerivable(condition.attribute())) {
        return false;
      }
    }
    return true;
  }

  private Outcome outcomeWith(Attribute attribute, Value value) {
    Tally tally = Tally.EMPTY;
    for (Reading reading : readings) {
      tally = tally.and(tallyWith(reading, attribute, value));
    }
    boolean mayBeFree =
        tally.outcome() == Outcome.NOT_COVERED
            && attribute.path().equals(Vocabulary.CLASSIFICATION);
    return mayBeFree ? outcomeWith(Map.of(attribute, value)) : tally.outcome();
  }

  private Tally tallyWith(Reading reading, Attribute attribute, Value value) {
    Optional<Probes.Probe> probe = reading.policy().probes().of(attribute);
    if (probe.isEmpty() || !isInForce(reading)) {
      return reading.tally();
    }
    if (changesTheReading(reading, attribute, value, probe.get())) {
      return readAnew(reading, request.with(attribute, value));
    }
    List<Row> rows = new ArrayList<>(reading.matches().rows());
    for (Row row : probe.get().normRows()) {
      if (waitsOnlyFor(row, attribute, reading) && holds(row, attribute, value)) {
        rows.add(row);
      }
    }
    Facts facts = reading.facts().with(attribute, value);
    List<Row> counted = SetAside.sort(rows, rows).counted();
    return Tally.of(counted, facts, reading.matches().free());
  }

  /** Whether facts are derived, so that the rules must be asked. */
  private boolean changesTheReading(
      Reading reading, Attribute attribute, Value value, Probes.Probe probe) {
    if (isDerived(reading, attribute)) {
      return true;
    }
    for (Row row : probe.readingRows()) {
      if (mayWaitFor(row, attribute, reading) && holds(row, attribute, value)) {
        return true;
      }
    }
    return false;
  }

  private boolean isDerived(Reading reading, Attribute attribute) {
    return reading.facts().has(attribute) && !request.has(attribute);
  }

  private static boolean holds(Row row, Attribute attribute, Value value) {
    for (Condition condition : row.when()) {
      if (condition.attribute().equals(attribute) && !condition.test().holds(value)) {
        return false;
      }
    }
    return true;
  }

  private Tally readAnew(Reading reading, Facts supposed) {
    Matches matches = reading.policy().rules().match(supposed, asOf);
    return Reading.of(reading.policy(), matches).tally();
  }

  private void askTogether() {
    for (Reading reading : readings) {
      if (!isInForce(reading)) {
        continue;
      }
      for (Row row : reading.policy().policy().rows()) {
        if (row.effect() instanceof Effect.Punish || !row.inForce().contains(asOf)) {
          continue;
        }
        Truth truth = row.truth(reading.facts());
        if (truth == Truth.OPEN) {
          askTogether(reading, row, row.when());
        }
        if (truth != Truth.FALSE && row.effect() instanceof Effect.Duty duty) {
          askBreaches(reading, row, duty);
        }
      }
    }
  }

  private void askBreaches(Reading reading, Row row, Effect.Duty duty) {
    for (List<Condition> breach : duty.breaches()) {
      if (outcome != Outcome.DENY && Condition.all(breach, reading.facts()) != Truth.FALSE) {
        List<Condition> all = new ArrayList<>(row.when());
        all.addAll(breach);
        askTogether(reading, row, all);
      }
    }
  }

  /** Supposes all that the conditions wait for, such that they hold. */
  private void askTogether(Reading reading, Row row, List<Condition> conditions) {
    Set<Attribute> open = new LinkedHashSet<>();
    for (Condition condition : conditions) {
      if (!reading.facts().has(condition.attribute())) {
        open.add(condition.attribute());
      }
    }
    if (open.size() < 2 || missing.containsAll(open)) {
      return;
    }
    Map<Attribute, Value> supposed = new LinkedHashMap<>();
    for (Attribute attribute : open) {
      Optional<Value> value = reading.policy().probes().passing(attribute, conditions);
      if (value.isEmpty()) {
        return;
      }
      supposed.put(attribute, value.get());
    }
    if (!couldMatter(reading, row, supposed)) {
      return;
    }
    Outcome together = outcomeWith(supposed);
    if (together == outcome) {
      return;
    }
    for (Attribute attribute : open) {
      if (!missing.contains(attribute)) {
        Map<Attribute, Value> others = new LinkedHashMap<>(supposed);
        others.remove(attribute);
        if (outcomeWith(others) != together) {
          missing.add(attribute);
        }
      }
    }
  }

  /** A first look without the rules: a norm must make a difference once it joins the others. */
  private boolean couldMatter(Reading reading, Row row, Map<Attribute, Value> supposed) {
    if (row.effect() instanceof Effect.Classify || row.effect() instanceof Effect.Define) {
      return true;
    }
    List<Row> rows = new ArrayList<>(reading.matches().rows());
    if (!rows.contains(row)) {
      rows.add(row);
    }
    Facts facts = reading.facts();
    for (Map.Entry<Attribute, Value> one : supposed.entrySet()) {
      facts = facts.with(one.getKey(), one.getValue());
    }
    List<Row> counted = SetAside.sort(rows, rows).counted();
    Tally tally = Tally.of(counted, facts, reading.matches().free());
    for (Reading other : readings) {
      tally = other == reading ? tally : tally.and(other.tally());
    }
    return tally.outcome() != outcome;
  }

  private Outcome outcomeWith(Map<Attribute, Value> supposed) {
    Facts facts = request;
    for (Map.Entry<Attribute, Value> one : supposed.entrySet()) {
      facts = facts.with(one.getKey(), one.getValue());
    }
    Tally tally = Tally.EMPTY;
    for (Reading reading : readings) {
      tally = tally.and(isInForce(reading) ? readAnew(reading, facts) : reading.tally());
    }
    return tally.outcome();
  }

  private boolean isInForce(Reading reading) {
    return reading.policy().policy().inForce().contains(asOf);
  }
}
