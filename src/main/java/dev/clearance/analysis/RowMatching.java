package dev.clearance.analysis;

import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which row of one version is which of the other.
 *
 * @param changes rows added, removed or changed, in the order of the new version
 * @param same new rows with the old one that means the same
 */
record RowMatching(List<RowChange> changes, Map<Row, Row> same) {

  private record Side(Row row, RowContent content) {}

  static RowMatching of(Policy before, Policy after) {
    Deque<Side> olds = new ArrayDeque<>();
    before.rows().forEach(r -> olds.add(new Side(r, RowContent.of(r, before.vocabulary()))));
    List<Side> news = new ArrayList<>();
    after.rows().forEach(r -> news.add(new Side(r, RowContent.of(r, after.vocabulary()))));
    Map<Row, Side> partners = new IdentityHashMap<>();
    Map<Row, Row> same = new IdentityHashMap<>();
    List<Side> oldLeft = new ArrayList<>(olds);
    List<Side> newLeft = new ArrayList<>(news);
    pair(oldLeft, newLeft, partners, side -> side.content());
    pair(
        oldLeft,
        newLeft,
        partners,
        side -> List.of(side.content().clause(), side.content().meaning()));
    partners.forEach((row, old) -> same.put(row, old.row()));
    pair(
        oldLeft,
        newLeft,
        partners,
        side -> List.of(side.content().clause(), side.row().effect().getClass()));
    pair(
        oldLeft,
        newLeft,
        partners,
        side -> List.of(side.content().clause(), Judgement.isNorm(side.row())));
    Map<Integer, List<RowChange>> changes = new TreeMap<>();
    for (Side side : news) {
      Side old = partners.get(side.row());
      List<String> parts = old == null ? List.of() : old.content().differing(side.content());
      if (old == null || !parts.isEmpty()) {
        RowChange.Kind kind = old == null ? RowChange.Kind.ADDED : RowChange.Kind.CHANGED;
        Optional<Row> was = Optional.ofNullable(old).map(Side::row);
        add(
            changes,
            side.row().index(),
            new RowChange(kind, side.content().clause(), was, Optional.of(side.row()), parts));
      }
    }
    for (Side side : oldLeft) {
      add(
          changes,
          side.row().index(),
          new RowChange(
              RowChange.Kind.REMOVED,
              side.content().clause(),
              Optional.of(side.row()),
              Optional.empty(),
              List.of()));
    }
    return new RowMatching(
        changes.values().stream().flatMap(List::stream).toList(), inOrder(after, same));
  }

  private static void add(Map<Integer, List<RowChange>> changes, int index, RowChange change) {
    changes.computeIfAbsent(index, any -> new ArrayList<>()).add(change);
  }

  private interface Key {
    Object of(Side side);
  }

  /** Pairs rows of equal key, first with first. */
  private static void pair(List<Side> olds, List<Side> news, Map<Row, Side> partners, Key key) {
    Map<Object, Deque<Side>> waiting = new HashMap<>();
    for (Side old : olds) {
      waiting.computeIfAbsent(key.of(old), any -> new ArrayDeque<>()).add(old);
    }
    List<Side> left = new ArrayList<>();
    Map<Row, Boolean> taken = new IdentityHashMap<>();
    for (Side side : news) {
      Deque<Side> candidates = waiting.get(key.of(side));
      if (candidates == null || candidates.isEmpty()) {
        left.add(side);
      } else {
        Side old = candidates.poll();
        partners.put(side.row(), old);
        taken.put(old.row(), true);
      }
    }
    olds.removeIf(old -> taken.containsKey(old.row()));
    news.clear();
    news.addAll(left);
  }

  /**
   * The order of definitions, and of approvals that tie, is part of their meaning: of those that
   * moved against each other only a longest run in order counts as the same.
   */
  private static Map<Row, Row> inOrder(Policy after, Map<Row, Row> same) {
    Map<Row, Row> kept = new IdentityHashMap<>(same);
    for (Class<?> ordered : List.of(Effect.Define.class, Effect.Approve.class)) {
      List<Row> rows =
          after.rows().stream()
              .filter(row -> ordered.isInstance(row.effect()) && same.containsKey(row))
              .toList();
      Map<Row, Boolean> run = new IdentityHashMap<>();
      longestRun(rows, same).forEach(row -> run.put(row, true));
      rows.stream().filter(row -> !run.containsKey(row)).forEach(kept::remove);
    }
    return kept;
  }

  private static List<Row> longestRun(List<Row> rows, Map<Row, Row> same) {
    int[] previous = new int[rows.size()];
    TreeMap<Integer, Integer> tails = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int position = same.get(rows.get(i)).index();
      Map.Entry<Integer, Integer> below = tails.lowerEntry(position);
      previous[i] = below == null ? -1 : below.getValue();
      Integer above = tails.higherKey(position);
      if (above != null) {
        tails.remove(above);
      }
      tails.put(position, i);
    }
    List<Row> run = new ArrayList<>();
    for (int i = tails.isEmpty() ? -1 : tails.lastEntry().getValue(); i >= 0; i = previous[i]) {
      run.add(rows.get(i));
    }
    return run;
  }
}
