package dev.clearance.decision;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Standing;
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

  /** By reading; null until it is asked for, and for a policy that is not in force. */
  private final RowGrid.@Nullable Sight[] sights;

  /** By reading; null until something is supposed. */
  private final @Nullable Supposition[] suppositions;

  /** Whether some row that reads a request, or sets others aside, applies or may come to apply. */
  private boolean rowsMayTakeAway;

  private OpenQuestions(Facts request, List<Reading> readings, LocalDate asOf, Outcome outcome) {
    this.request = request;
    this.readings = readings;
    this.asOf = asOf;
    this.outcome = outcome;
    this.sights = new RowGrid.Sight[readings.size()];
    this.suppositions = new Supposition[readings.size()];
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
      if (questions.isInForce(readings.get(i))) {
        questions.collect(i, waiting);
      }
    }
    if (questions.rowsOnlyAdd()) {
      if (waiting.isEmpty()) {
        return List.of();
      }
      questions.addOneByOne(waiting);
      questions.addTogether(waiting);
    } else {
      questions.askOneByOne(waiting);
      questions.askTogether(waiting);
    }
    if (questions.missing.isEmpty()) {
      return List.of();
    }
    List<Attribute> missing = new ArrayList<>(questions.missing);
    missing.sort(Comparator.comparingInt(Attribute::index));
    return missing;
  }

  /**
   * Conditions of one policy that wait for facts; where all of them hold, the outcome may differ.
   *
   * @param open the attributes that are not known, each once
   * @param standing what is then said of the act
   */
  private record Waiting(
      int reading, List<Condition> conditions, List<Attribute> open, Standing standing) {

    boolean isFor(Attribute attribute) {
      return open.size() == 1 && open.get(0).equals(attribute);
    }
  }

  private void collect(int reading, List<Waiting> waiting) {
    Reading of = readings.get(reading);
    int before = waiting.size();
    for (Row row : of.policy().index().readings()) {
      if (row.truth(of.facts()) == Truth.OPEN && row.inForce().contains(asOf)) {
        List<Attribute> unknown = unknown(row.when(), of.facts());
        waiting.add(new Waiting(reading, row.when(), unknown, Standing.IS_SILENT));
      }
    }
    rowsMayTakeAway |= waiting.size() > before || of.facts() != request || anyReadsOrSetsAside(of);
    RowGrid grid = of.policy().grid();
    if (outcome == Outcome.DENY && !grid.setsAside()) {
      return;
    }
    long[] open = sight(reading).open(outcome);
    for (int w = 0; w < open.length; w++) {
      for (long rest = open[w]; rest != 0; rest &= rest - 1) {
        RowGrid.Line line = grid.line((w << 6) + Long.numberOfTrailingZeros(rest));
        rowsMayTakeAway |= !line.row().overrides().isEmpty();
        List<Attribute> unknown = unknown(line.conditions(), of.facts());
        if (!unknown.isEmpty() && (line.breach() || couldMatter(line.row(), of))) {
          Standing standing = line.breach() ? Standing.FORBIDS : line.row().standing(of.facts());
          waiting.add(new Waiting(reading, line.conditions(), unknown, standing));
        }
      }
    }
  }

  private static boolean anyReadsOrSetsAside(Reading reading) {
    for (Row row : reading.matches().rows()) {
      if (!row.overrides().isEmpty()
          || row.effect() instanceof Effect.Classify
          || row.effect() instanceof Effect.Define) {
        return true;
      }
    }
    return false;
  }

  private boolean isInForce(Reading reading) {
    return reading.policy().policy().inForce().contains(asOf);
  }

  /**
   * @param reading of a policy that is in force
   */
  private RowGrid.Sight sight(int reading) {
    RowGrid.Sight sight = sights[reading];
    if (sight == null) {
      Reading of = readings.get(reading);
      sight = of.policy().grid().see(of.facts(), asOf);
      sights[reading] = sight;
    }
    return sight;
  }

  /** The attributes that conditions ask for and nobody knows, each once. */
  private static List<Attribute> unknown(List<Condition> conditions, Facts facts) {
    List<Attribute> unknown = List.of();
    for (Condition condition : conditions) {
      Attribute attribute = condition.attribute();
      if (!facts.has(attribute) && !unknown.contains(attribute)) {
        unknown = unknown.isEmpty() ? new ArrayList<>(2) : unknown;
        unknown.add(attribute);
      }
    }
    return unknown;
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

  /**
   * Whether more facts can only add rows to those that apply: nothing is read otherwise, nothing is
   * set aside, and whether the act is free either is known or has no say. Then the outcome with
   * more facts follows from the rows that wait for them, and nothing need be supposed.
   */
  private boolean rowsOnlyAdd() {
    if (rowsMayTakeAway) {
      return false;
    }
    if (said().permits() || outcome == Outcome.DENY || outcome == Outcome.APPROVAL_REQUIRED) {
      return true;
    }
    for (Reading reading : readings) {
      for (Attribute attribute : reading.policy().freeing()) {
        if (!request.has(attribute)) {
          return false;
        }
      }
    }
    return true;
  }

  /** What is said without further facts. */
  private Tally said() {
    Tally tally = Tally.EMPTY;
    for (Reading reading : readings) {
      tally = tally.and(reading.tally());
    }
    return tally;
  }

  private void addOneByOne(List<Waiting> waiting) {
    Tally said = said();
    for (Waiting one : waiting) {
      if (one.open().size() == 1
          && mayBeMissing(one.open().get(0))
          && said.with(one.standing()).outcome() != outcome
          && canHold(one)) {
        missing.add(one.open().get(0));
      }
    }
  }

  private boolean canHold(Waiting one) {
    for (Value value : values(one.open().get(0))) {
      if (passes(value, one.open().get(0), one.conditions())) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBeMissing(Attribute attribute) {
    return attribute.source() != TermSource.APPROVER_LEVELS && !missing.contains(attribute);
  }

  private void addTogether(List<Waiting> waiting) {
    Tally said = said();
    for (Waiting one : waiting) {
      if (one.open().size() > 1 && !missing.containsAll(one.open())) {
        addTogether(one, said, waiting);
      }
    }
  }

  /** As {@link #askTogether(Waiting)}. */
  private void addTogether(Waiting together, Tally said, List<Waiting> waiting) {
    Optional<Facts> holding = holding(together);
    if (holding.isEmpty()) {
      return;
    }
    Outcome supposed = outcomeWith(holding.get(), said, waiting);
    if (supposed == outcome) {
      return;
    }
    for (Attribute attribute : together.open()) {
      if (mayBeMissing(attribute)
          && outcomeWith(holding.get().without(attribute), said, waiting) != supposed) {
        missing.add(attribute);
      }
    }
  }

  private static Outcome outcomeWith(Facts facts, Tally said, List<Waiting> waiting) {
    Tally tally = said;
    for (Waiting one : waiting) {
      if (Condition.allHold(one.conditions(), facts)) {
        tally = tally.with(one.standing());
      }
    }
    return tally.outcome();
  }

  /** The request and all that the conditions wait for, such that they hold. */
  private Optional<Facts> holding(Waiting waiting) {
    Probes probes = readings.get(waiting.reading()).policy().probes();
    Facts together = request;
    for (Attribute attribute : waiting.open()) {
      Optional<Value> value = probes.passing(attribute, waiting.conditions());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      together = together.with(attribute, value.get());
    }
    return Optional.of(together);
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
      Reading reading = readings.get(i);
      boolean unneeded = !isInForce(reading) || alwaysAnew && mayDerive(reading);
      others[i] = unneeded ? NOTHING : sight(i).applyingBut(attribute);
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
      if (!isInForce(reading)) {
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
    Supposition known = suppositions[reading];
    if (known == null) {
      known = new Supposition(readings.get(reading).policy(), request, asOf, sight(reading));
      suppositions[reading] = known;
    }
    return known.tally(facts);
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
    Optional<Facts> together = holding(waiting);
    if (together.isEmpty()) {
      return;
    }
    Outcome supposed = outcomeOf(together.get());
    if (supposed == outcome) {
      return;
    }
    for (Attribute attribute : waiting.open()) {
      if (mayBeMissing(attribute) && outcomeOf(together.get().without(attribute)) != supposed) {
        missing.add(attribute);
      }
    }
  }

  private Outcome outcomeOf(Facts facts) {
    Tally tally = Tally.EMPTY;
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      tally = tally.and(isInForce(reading) ? supposed(i, facts) : reading.tally());
    }
    return tally.outcome();
  }
}
