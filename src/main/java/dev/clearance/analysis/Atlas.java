package dev.clearance.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws the diagram of a question: which requests have which label. */
final class Atlas {

  /** Beyond so many words of known states they are forgotten, and found anew. */
  private static final int REMEMBERED = 4_000_000;

  private final Diagram diagram;
  private final Space space;
  private final Request among;
  private final int outside;
  private final Effort.Search effort;

  /**
   * @param outside the label of requests that are not asked about
   */
  Atlas(Diagram diagram, Space space, Request among, int outside, Effort.Search effort) {
    this.effort = effort;
    this.diagram = diagram;
    this.space = space;
    this.among = among;
    this.outside = Diagram.ofLabel(outside);
  }

  interface Walks {
    Walk of(Slice slice);
  }

  int draw(Iterable<Slice> slices, Walks walks) {
    int[] next = new int[space.axis(0).size()];
    Arrays.fill(next, outside);
    for (Slice slice : slices) {
      if (among.allows(0, slice.firstCell())) {
        Walk walk = walks.of(slice);
        next[slice.firstCell()] = draw(walk, walk.begin(), new HashMap<>());
      }
    }
    return diagram.make(0, next);
  }

  private int draw(Walk walk, Walk.Step step, Map<State, Integer> known) {
    return step.isSettled() ? Diagram.ofLabel(step.label()) : branch(walk, step, known);
  }

  private int branch(Walk walk, Walk.Step step, Map<State, Integer> known) {
    State key = new State(step.axis(), step.state());
    Integer already = known.get(key);
    if (already != null) {
      return already;
    }
    List<int[]> groups = walk.slice().groups(step.axis());
    effort.step(walk.words(step) * groups.size());
    int[] next = new int[space.axis(step.axis()).size()];
    Arrays.fill(next, outside);
    for (int[] group : groups) {
      int first = among.first(step.axis(), group);
      if (first >= 0) {
        int below = draw(walk, walk.pass(step, first), known);
        for (int cell : group) {
          if (among.allows(step.axis(), cell)) {
            next[cell] = below;
          }
        }
      }
    }
    int made = diagram.make(step.axis(), next);
    if (known.size() * (step.state().length + 8L) >= REMEMBERED) {
      known.clear();
    }
    known.put(key, made);
    return made;
  }
}
