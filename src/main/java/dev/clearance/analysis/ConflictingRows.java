package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two rows conflict when a request exists that both apply to, neither set aside, which one
 * prohibits and the other allows or has approved, or which one allows outright and the other has
 * approved.
 */
final class ConflictingRows {

  private static final int SHOWN = 3;

  /** Looking whether two rows can meet at all takes about as long as going through so many. */
  private static final int WORDS_OF_A_PAIR = 20;

  private final Reviewed reviewed;
  private final Set<String> clauses;

  private final Effort whole = Effort.whole();
  private final Unexamined unexamined = new Unexamined(Check.CONFLICT);

  /** Rows that a row conflicts with, the first of them in words. */
  private static final class Conflicts {
    private final BitSet others = new BitSet();
    private final List<String> shown = new ArrayList<>();
  }

  ConflictingRows(Reviewed reviewed) {
    this.reviewed = reviewed;
    this.clauses =
        reviewed.policy().clauses().stream().map(Clause::code).collect(Collectors.toSet());
  }

  List<Finding> findings() {
    Map<Row, Conflicts> conflicts = new LinkedHashMap<>();
    for (int cell = 0; cell < reviewed.acts(); cell++) {
      Optional<Slice> slice = reviewed.slice(cell, whole);
      if (slice.isEmpty()) {
        reviewed.norms().forEach(unexamined::add);
      } else {
        examine(slice.get(), conflicts);
      }
    }
    List<Finding> findings = new ArrayList<>();
    conflicts.forEach((row, all) -> findings.add(finding(row, all)));
    unexamined.finding().ifPresent(findings::add);
    return findings;
  }

  private void examine(Slice slice, Map<Row, Conflicts> conflicts) {
    List<Row> rows = new ArrayList<>();
    for (Row row : reviewed.norms()) {
      int item = reviewed.applies(slice, row);
      if (item >= 0 && !(row.effect() instanceof Effect.Duty) && !isImpossible(slice.item(item))) {
        rows.add(row);
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      Row later = rows.get(i);
      if (whole.isSpent()) {
        unexamined.add(later);
      }
      for (int j = 0; j < i && !whole.isSpent(); j++) {
        Row earlier = rows.get(j);
        try {
          whole.spend(WORDS_OF_A_PAIR);
          if (differ(later.effect(), earlier.effect()) && overlap(slice, later, earlier)) {
            examine(slice, later, earlier, conflicts);
          }
        } catch (Effort.Exceeded tooMuch) {
          unexamined.add(later);
        }
      }
    }
  }

  private void examine(Slice slice, Row later, Row earlier, Map<Row, Conflicts> conflicts) {
    Conflicts known = conflicts.get(later);
    if (known != null && known.others.get(earlier.index()) || isAcknowledged(later, earlier)) {
      return;
    }
    int first = reviewed.applies(slice, later);
    int second = reviewed.applies(slice, earlier);
    boolean shown = known == null || known.shown.size() < SHOWN;
    boolean meet = !shown && isPlain(slice, first, second);
    Optional<int[]> at = meet ? Optional.empty() : both(slice, first, second);
    if (meet || at.isPresent()) {
      Conflicts all = conflicts.computeIfAbsent(later, any -> new Conflicts());
      all.others.set(earlier.index());
      if (shown) {
        all.shown.add(
            Reviewed.name(earlier)
                + " "
                + say(earlier)
                + ", both for "
                + reviewed.words(at.orElseThrow()));
      }
    }
  }

  /** A duty joins what is allowed or prohibited; it contends with neither. */
  static boolean differ(Effect one, Effect other) {
    return !one.getClass().equals(other.getClass());
  }

  private boolean isAcknowledged(Row one, Row other) {
    return Acknowledgement.silences(one, Check.CONFLICT, other.clause().code(), clauses)
        || Acknowledgement.silences(other, Check.CONFLICT, one.clause().code(), clauses);
  }

  private static boolean isImpossible(Item item) {
    return item.literals().values().stream().anyMatch(BitSet::isEmpty);
  }

  /** Rules out quickly what no request can be under both: both see the facts as finally read. */
  private boolean overlap(Slice slice, Row later, Row earlier) {
    Item one = slice.item(reviewed.applies(slice, later));
    Item other = slice.item(reviewed.applies(slice, earlier));
    for (Map.Entry<Integer, BitSet> literal : one.literals().entrySet()) {
      BitSet allowed = other.literals().get(literal.getKey());
      if (allowed != null && !allowed.intersects(literal.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Whether two items hold together as soon as their literals overlap, and nothing interferes. */
  private static boolean isPlain(Slice slice, int one, int other) {
    long[] both = Reviewed.bits(slice, one, other);
    long[] setAside = slice.overridden(both, 0);
    return slice.item(one).clauses().isEmpty()
        && slice.item(other).clauses().isEmpty()
        && isGiven(slice, slice.item(one))
        && isGiven(slice, slice.item(other))
        && !slice.readsAnew()
        && (setAside == null || !Bits.meets(both, 0, setAside))
        && Arrays.equals(PresenceQuestion.withOverriders(slice, both), both);
  }

  /** A member of a set that is not given is no member: the literals hang together. */
  private static boolean isGiven(Slice slice, Item item) {
    return item.literals().keySet().stream()
        .noneMatch(axis -> slice.space().axis(axis).kind() == Axis.Kind.MEMBER);
  }

  private Optional<int[]> both(Slice slice, int first, int second) {
    return reviewed.find(
        slice,
        new BothQuestion(slice, first, second),
        label -> label == 1,
        whole.search(),
        first,
        second);
  }

  private Finding finding(Row row, Conflicts conflicts) {
    int rest = conflicts.others.cardinality() - conflicts.shown.size();
    return new Finding(
        Check.CONFLICT,
        row.place(),
        "this row ("
            + row.clause().code()
            + ") "
            + say(row)
            + " what "
            + String.join("; ", conflicts.shown)
            + (rest > 0 ? "; and " + rest + " more rows do likewise" : ""),
        "name the clause that yields in 优先于 of the one that prevails, or write 冲突 in 确认");
  }

  private static String say(Row row) {
    if (row.effect() instanceof Effect.Prohibit) {
      return "prohibits (禁止)";
    }
    return row.effect() instanceof Effect.Allow ? "allows (允许)" : "has approved (须审批)";
  }
}
