package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
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

  private final Reviewed reviewed;
  private final Set<String> clauses;

  private record Conflict(Slice slice, Row other) {}

  ConflictingRows(Reviewed reviewed) {
    this.reviewed = reviewed;
    this.clauses =
        reviewed.policy().clauses().stream().map(Clause::code).collect(Collectors.toSet());
  }

  List<Finding> findings() {
    Map<Row, List<Conflict>> conflicts = new LinkedHashMap<>();
    Set<Long> found = new HashSet<>();
    for (Slice slice : reviewed.slices()) {
      List<Row> rows = new ArrayList<>();
      for (Row row : reviewed.norms()) {
        if (reviewed.applies(slice, row) >= 0 && !(row.effect() instanceof Effect.Duty)) {
          rows.add(row);
        }
      }
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < i; j++) {
          Row later = rows.get(i);
          Row earlier = rows.get(j);
          long pair = (long) later.index() << 32 | earlier.index();
          if (differ(later.effect(), earlier.effect())
              && !found.contains(pair)
              && !isAcknowledged(later, earlier)
              && meet(slice, later, earlier)) {
            found.add(pair);
            conflicts
                .computeIfAbsent(later, any -> new ArrayList<>())
                .add(new Conflict(slice, earlier));
          }
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    conflicts.forEach((row, all) -> findings.add(finding(row, all)));
    return findings;
  }

  /** A duty joins what is allowed or prohibited; it contends with neither. */
  static boolean differ(Effect one, Effect other) {
    return !one.getClass().equals(other.getClass());
  }

  private boolean isAcknowledged(Row one, Row other) {
    return Acknowledgement.silences(one, Check.CONFLICT, other.clause().code(), clauses)
        || Acknowledgement.silences(other, Check.CONFLICT, one.clause().code(), clauses);
  }

  private boolean meet(Slice slice, Row one, Row other) {
    int first = reviewed.applies(slice, one);
    int second = reviewed.applies(slice, other);
    return !isImpossible(slice.item(first))
        && !isImpossible(slice.item(second))
        && overlap(slice.item(first), slice.item(second))
        && (isPlain(slice, first, second) || both(slice, one, other).isPresent());
  }

  private static boolean isImpossible(Item item) {
    return item.literals().values().stream().anyMatch(BitSet::isEmpty);
  }

  /** Rules out quickly what no request can be under both: both see the facts as finally read. */
  private static boolean overlap(Item one, Item other) {
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

  private Optional<int[]> both(Slice slice, Row one, Row other) {
    int first = reviewed.applies(slice, one);
    int second = reviewed.applies(slice, other);
    return reviewed.find(
        slice, new BothQuestion(slice, first, second), label -> label == 1, first, second);
  }

  private Finding finding(Row row, List<Conflict> conflicts) {
    List<String> shown = new ArrayList<>();
    for (Conflict conflict : Reviewed.first(conflicts, SHOWN)) {
      shown.add(
          Reviewed.name(conflict.other())
              + " "
              + say(conflict.other())
              + ", both for "
              + reviewed.words(both(conflict.slice(), row, conflict.other()).orElseThrow()));
    }
    int rest = conflicts.size() - shown.size();
    return new Finding(
        Check.CONFLICT,
        row.place(),
        "this row ("
            + row.clause().code()
            + ") "
            + say(row)
            + " what "
            + String.join("; ", shown)
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
