package dev.clearance.analysis;

/** How many steps a search may take before it gives up, where it can say that it did. */
final class Effort {

  private long left;

  private Effort(long most) {
    this.left = most;
  }

  static Effort atMost(long steps) {
    return new Effort(steps);
  }

  static Effort unbounded() {
    return new Effort(Long.MAX_VALUE);
  }

  void step() {
    if (left-- <= 0) {
      throw new Exceeded();
    }
  }

  /** The search is too large; whoever bounds an effort says so in its finding. */
  static final class Exceeded extends RuntimeException {

    Exceeded() {
      super("the search is too large", null, false, false);
    }
  }
}
