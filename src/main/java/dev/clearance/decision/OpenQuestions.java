package dev.clearance.decision;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Truth;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which facts that a request did not give could change its outcome.
 *
 * <p>A fact is supposed to be given, with each value that the rows tell apart; where the outcome
 * would then differ, it is missing. Where a row or a breach waits for several facts, they are
 * supposed together, and each without which the outcome would not differ is missing.
 *
 * <p>Only rows that could make a difference are asked: to an act that is denied another prohibition
 * adds nothing.
 *
 * <p>Approvals are never missing: those that are not given are not held, and the answer lists what
 * is asked for.
 */
final class OpenQuestions {

  private static final long[] NOTHING = {};

  private final Facts request;
  private final List<Reading> readings;
  private final LocalDate asOf;
  private final Outcome outcome;
  private final Set<Attribute> missing = new HashSet<>();

  /** By reading; null for a policy that is not in force. */
  private final RowGrid.@Nullable Sight[] sights;

  private OpenQuestions(Facts request, List<Reading> readings, LocalDate asOf, Outcome outcome) {
    this.request = request;
    this.readings = readings;
    this.asOf = asOf;
    this.outcome = outcome;
    this.sights = new RowGrid.Sight[readings.size()];
  }

  /**
   * In the order of the vocabulary.
   *
   * @param request as it was given, before anything was derived
   */
  static List<Attribute> of(
      Facts request, List<Reading> readings, LocalDate asOf, Outcome outcome) {
    OpenQuestions questions = new OpenQuestions(request, readings, asOf, outcome);
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).policy().policy().inForce().contains(asOf)) {
        questions.collect(i, waiting);
      }
    }
    questions.askOneByOne(waiting);
    questions.askTogether(waiting);
    List<Attribute> missing = new ArrayList<>(questions.missing);
    missing.sort(Comparator.comparingInt(Attribute::index));
    return missing;
  }

  /**
   * Conditions of one policy that wait for facts; where all of them hold, the outcome may differ.
   *
   * @param open the attributes that are not known, each once
   */
  private record Waiting(int reading, List<Condition> conditions, List<Attribute> open) {

    boolean isFor(Attribute attribute) {
      return open.size() == 1 && open.get(0).equals(attribute);
    }
  }

  private void collect(int reading, List<Waiting> waiting) {
    Reading of = readings.get(reading);
    for (Row row : of.policy().index().readings()) {
      if (row.inForce().contains(asOf)) {
        collect(reading, row.when(), waiting);
      }
    }
    RowGrid grid = of.policy().grid();
    RowGrid.Sight sight = grid.see(of.facts(), asOf);
    sights[reading] = sight;
    long[] open = grid.thatMatter(sight.open(), outcome);
    for (int w = 0; w < open.length; w++) {
      for (long rest = open[w]; rest != 0; rest &= rest - 1) {
        RowGrid.Line line = grid.line((w << 6) + Long.numberOfTrailingZeros(rest));
        if (line.breach() || couldMatter(line.row(), of)) {
          collect(reading, line.conditions(), waiting);
        }
      }
    }
  }

  private void collect(int reading, List<Condition> conditions, List<Waiting> waiting) {
    Facts facts = readings.get(reading).facts();
    List<Attribute> open = new ArrayList<>(2);
    for (Condition condition : conditions) {
      Truth truth = condition.truth(facts);
      if (truth == Truth.FALSE) {
        return;
      }
      if (truth == Truth.OPEN && !open.contains(condition.attribute())) {
        open.add(condition.attribute());
      }
    }
    if (!open.isEmpty()) {
      waiting.add(new Waiting(reading, conditions, open));
    }
  }

  /** Whether the outcome could differ if this row applied as well. */
  private boolean couldMatter(Row row, Reading reading) {
    if (outcome != Outcome.NOT_COVERED && setsAsideWhatCounts(row, reading)) {
      return true;
    }
    Effect effect = row.effect();
    boolean mayForbid =
        effect instanceof Effect.Prohibit
            || effect instanceof Effect.Duty duty && duty.broken(reading.facts()) != Truth.FALSE;
    return switch (outcome) {
      case DENY -> false;
      case APPROVAL_REQUIRED -> mayForbid;
      case PERMIT -> mayForbid || effect instanceof Effect.Approve;
      case NOT_COVERED -> true;
    };
  }

  private static boolean setsAsideWhatCounts(Row row, Reading reading) {
    for (String code : row.overrides()) {
      for (Row counted : reading.counted()) {
        if (counted.clause().code().equals(code)) {
          return true;
        }
      }
    }
    return false;
  }

  private void askOneByOne(List<Waiting> waiting) {
    Set<Attribute> asked = new HashSet<>();
    for (Waiting one : waiting) {
      if (one.open().size() == 1) {
        ask(one.open().get(0), waiting, asked);
      }
    }
    for (Reading reading : readings) {
      for (Attribute attribute : reading.policy().probes().readAttributes()) {
        if (!asked.contains(attribute) && mayChangeTheReading(attribute)) {
          ask(attribute, waiting, asked);
        }
      }
    }
  }

  private void ask(Attribute attribute, List<Waiting> waiting, Set<Attribute> asked) {
    if (asked.add(attribute)
        && !request.has(attribute)
        && attribute.source() != TermSource.APPROVER_LEVELS
        && couldBeChanged(attribute, waiting)) {
      missing.add(attribute);
    }
  }

  private boolean couldBeChanged(Attribute attribute, List<Waiting> waiting) {
    boolean alwaysAnew = isReadAnewWhatever(attribute);
    long[][] others = new long[readings.size()][];
    for (int i = 0; i < others.length; i++) {
      RowGrid.Sight sight = sights[i];
      boolean unneeded = sight == null || alwaysAnew && mayDerive(readings.get(i));
      others[i] = unneeded ? NOTHING : sight.applyingBut(attribute);
    }
    for (Value value : values(attribute)) {
      boolean anew = alwaysAnew || isReadAnew(attribute, value);
      if ((anew || isWaitedFor(attribute, value, waiting))
          && outcomeWith(attribute, value, anew, others) != outcome) {
        return true;
      }
    }
    return false;
  }

  private Collection<Value> values(Attribute attribute) {
    if (readings.size() == 1) {
      return readings.get(0).policy().probes().values(attribute);
    }
    Set<Value> values = new LinkedHashSet<>();
    for (Reading reading : readings) {
      values.addAll(reading.policy().probes().values(attribute));
    }
    return values;
  }

  /** Whether facts were derived that name the attribute, or it may make the act free. */
  private boolean isReadAnewWhatever(Attribute attribute) {
    for (Reading reading : readings) {
      if (reading.facts().has(attribute) || reading.policy().probes().isFreeing(attribute)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether facts may be derived otherwise once the attribute has the value. As long as no row that
   * reads a request and asks for the attribute takes the value, all is read as it was.
   */
  private boolean isReadAnew(Attribute attribute, Value value) {
    for (Reading reading : readings) {
      for (Row row : reading.policy().probes().readingRows(attribute)) {
        if (row.inForce().contains(asOf) && passes(value, attribute, row.when())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isWaitedFor(Attribute attribute, Value value, List<Waiting> waiting) {
    for (Waiting one : waiting) {
      if (one.isFor(attribute) && passes(value, attribute, one.conditions())) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(Value value, Attribute attribute, List<Condition> conditions) {
    for (Condition condition : conditions) {
      if (condition.attribute().equals(attribute) && !condition.test().holds(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether facts may be derived otherwise once the attribute is given: then all rows must be
   * looked at anew.
   */
  private boolean mayChangeTheReading(Attribute attribute) {
    if (request.has(attribute)) {
      return false;
    }
    if (isReadAnewWhatever(attribute)) {
      return true;
    }
    for (Reading reading : readings) {
      if (anyReadingRowWaitsFor(attribute, reading)) {
        return true;
      }
    }
    return false;
  }

  /** What may itself be derived may still come to hold. */
  private boolean anyReadingRowWaitsFor(Attribute attribute, Reading reading) {
    Probes probes = reading.policy().probes();
    for (Row row : probes.readingRows(attribute)) {
      boolean waits = row.inForce().contains(asOf);
      for (Condition condition : row.when()) {
        waits =
            waits
                && (condition.attribute().equals(attribute)
                    || probes.isDerivable(condition.attribute())
                    || condition.holds(reading.facts()));
      }
      if (waits) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param others where nothing is read anew: the lines that apply but for the attribute
   */
  private Outcome outcomeWith(Attribute attribute, Value value, boolean readAnew, long[][] others) {
    Tally tally = Tally.EMPTY;
    Facts supposed = readAnew ? request.with(attribute, value) : request;
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      if (sights[i] == null) {
        tally = tally.and(reading.tally());
      } else if (readAnew && mayDerive(reading)) {
        tally = tally.and(supposed(i, supposed));
      } else {
        RowGrid grid = reading.policy().grid();
        long[] applying = grid.with(attribute, value, others[i]);
        Matches matches = reading.matches();
        boolean free = readAnew ? reading.policy().isFree(supposed, asOf) : matches.free();
        tally = tally.and(grid.tally(applying, matches.rows(), matches.facts(), free));
      }
    }
    return tally.outcome();
  }

  private static boolean mayDerive(Reading reading) {
    return !reading.policy().index().readings().isEmpty();
  }

  private Tally supposed(int reading, Facts facts) {
    return new Supposition(readings.get(reading).policy(), asOf, sights[reading]).tally(facts);
  }

  private void askTogether(List<Waiting> waiting) {
    for (Waiting one : waiting) {
      if (one.open().size() > 1 && !missing.containsAll(one.open())) {
        askTogether(one);
      }
    }
  }

  /** Supposes all that the conditions wait for, such that they hold. */
  private void askTogether(Waiting waiting) {
    Probes probes = readings.get(waiting.reading()).policy().probes();
    Facts together = request;
    for (Attribute attribute : waiting.open()) {
      Optional<Value> value = probes.passing(attribute, waiting.conditions());
      if (value.isEmpty()) {
        return;
      }
      together = together.with(attribute, value.get());
    }
    Outcome supposed = outcomeOf(together);
    if (supposed == outcome) {
      return;
    }
    for (Attribute attribute : waiting.open()) {
      if (!missing.contains(attribute)
          && attribute.source() != TermSource.APPROVER_LEVELS
          && outcomeOf(together.without(attribute)) != supposed) {
        missing.add(attribute);
      }
    }
  }

  private Outcome outcomeOf(Facts facts) {
    Tally tally = Tally.EMPTY;
    for (int i = 0; i < readings.size(); i++) {
      tally = tally.and(sights[i] == null ? readings.get(i).tally() : supposed(i, facts));
    }
    return tally.outcome();
  }
}
