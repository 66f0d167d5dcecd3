package dev.clearance.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** Finds one request whose label is wanted, or that there is none. It gives no fact needlessly. */
final class Finder {

  private final Walk walk;
  private final Request request;
  private final IntPredicate wanted;
  private final long[] needed;

  /** Beyond so many words of known states they are forgotten, and found anew. */
  private static final int MOST_REMEMBERED = 2_000_000;

  private final Set<State> failed = new HashSet<>();
  private int remembered;
  private final int[] path;
  private final Effort.Search effort;

  private Finder(
      Walk walk, Request request, IntPredicate wanted, long[] needed, Effort.Search effort) {
    this.effort = effort;
    this.walk = walk;
    this.request = request;
    this.wanted = wanted;
    this.needed = needed;
    this.path = new int[walk.slice().space().size()];
    path[0] = walk.slice().firstCell();
  }

  /**
   * @param needed items that all must hold, without which no request is wanted
   * @return the request's cell on each axis
   * @throws Effort.Exceeded when it takes more than it may
   */
  static Optional<int[]> find(
      Walk walk, Request among, IntPredicate wanted, long[] needed, Effort.Search effort) {
    Finder finder = new Finder(walk, among, wanted, needed, effort);
    return finder.search(1, walk.begin()) ? Optional.of(finder.path) : Optional.empty();
  }

  private boolean search(int from, Walk.Step step) {
    int to = step.isSettled() ? path.length : step.axis();
    for (int axis = from; axis < to; axis++) {
      path[axis] = request.first(axis);
    }
    if (step.isSettled()) {
      return wanted.test(step.label());
    }
    State key = new State(step.axis(), step.state());
    if (!isPossible(step.state()) || failed.contains(key)) {
      return false;
    }
    List<int[]> groups = walk.slice().groups(step.axis());
    effort.step(walk.words(step) * groups.size());
    for (int[] group : groups) {
      int cell = request.first(step.axis(), group);
      if (cell >= 0) {
        path[step.axis()] = cell;
        if (search(step.axis() + 1, walk.pass(step, cell))) {
          return true;
        }
      }
    }
    if (remembered > MOST_REMEMBERED) {
      failed.clear();
      remembered = 0;
    }
    remembered += step.state().length;
    failed.add(key);
    return false;
  }

  private boolean isPossible(long[] state) {
    for (int i = 0; i < needed.length; i++) {
      if ((needed[i] & ~state[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
