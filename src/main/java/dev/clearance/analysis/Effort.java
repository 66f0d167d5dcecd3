package dev.clearance.analysis;

/**
 * How many steps a search may take before it gives up. Searches of one kind share a whole, which is
 * counted in words of states that are gone through: so neither one large search nor many small ones
 * go on without end. Whoever bounds an effort says in its finding what was not examined.
 */
final class Effort {

  /** Some seconds of one processor. */
  private static final long MOST_WORDS = 60_000_000;

  /** A search that takes more would hold more states than a table of rules deserves. */
  private static final int MOST_STEPS = 20_000;

  private long words;

  /** Of all searches of one kind. */
  static Effort whole() {
    return whole(1);
  }

  /** So many times as much. */
  static Effort whole(int times) {
    return new Effort(times * MOST_WORDS);
  }

  private Effort(long words) {
    this.words = words;
  }

  /** For things that are done besides searching. */
  void spend(long more) {
    Stopped.ifInterrupted();
    words -= more;
    if (words < 0) {
      throw new Exceeded();
    }
  }

  /** For what is done already. */
  void take(long more) {
    words -= more;
  }

  boolean isSpent() {
    return words < 0;
  }

  Search search() {
    return search(MOST_STEPS);
  }

  Search search(long steps) {
    return new Search(this, steps);
  }

  /** One search. */
  static final class Search {
    private final Effort whole;
    private long steps;

    private Search(Effort whole, long steps) {
      this.whole = whole;
      this.steps = steps;
    }

    /**
     * @param words that it goes through
     */
    void step(long words) {
      whole.spend(words);
      if (steps-- <= 0) {
        throw new Exceeded();
      }
    }
  }

  /** The search is too large. */
  static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("the search is too large", null, false, false);
    }
  }
}
