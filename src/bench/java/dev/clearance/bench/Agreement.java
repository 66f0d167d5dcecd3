package dev.clearance.bench;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Row;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Nothing is timed before it gives the answers of the others. */
final class Agreement {

  private Agreement() {}

  /** The engine finds the rows that the floor finds. */
  static void ofEngine(Tables tables, HashScan floor) {
    for (DecisionRequest request : tables.requests()) {
      TreeSet<String> found = new TreeSet<>();
      tables.point().decide(request).citations().forEach(c -> found.add(c.row().toString()));
      TreeSet<String> expected = new TreeSet<>();
      floor.rows(request).forEach(row -> expected.add(row.place().toString()));
      same(request, expected, found);
    }
  }

  static void ofMemory(Tables tables, DecisionPoint remembering) {
    for (int again = 0; again < 2; again++) {
      for (DecisionRequest request : tables.requests()) {
        same(request, tables.point().decide(request), remembering.decide(request));
      }
    }
  }

  static void ofPeer(
      Tables tables, HashScan floor, Function<DecisionRequest, List<Integer>> peer, int requests) {
    for (DecisionRequest request : tables.requests().subList(0, requests)) {
      List<Integer> expected = floor.rows(request).stream().map(Row::index).toList();
      same(request, expected, peer.apply(request).stream().sorted().toList());
    }
  }

  static void same(DecisionRequest request, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError(request + "\n expected " + expected + "\n but found " + found);
    }
  }
}
