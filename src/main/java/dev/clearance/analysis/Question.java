package dev.clearance.analysis;

/**
 * One aspect of an answer, asked of every request of a slice. Labels are small numbers from 0.
 *
 * <p>A state is the set of items that still may hold; an item that is done holds for certain.
 */
interface Question {

  int OPEN = -1;

  /** The items that have a say in it, those that set others aside included. */
  long[] relevant();

  /** Whether it asks how the facts finally read, and nothing else. */
  default boolean asksReading() {
    return false;
  }

  /** Whether it asks how the fact on this axis finally reads. */
  default boolean asksReading(int axis) {
    return false;
  }

  /**
   * The label that follows from the facts as they read.
   *
   * @param cells on the axes that the reading may change
   */
  default int ofReading(int[] cells) {
    return OPEN;
  }

  /**
   * The label, if the state settles it.
   *
   * @param level the axes before it are walked; at the end every state settles it
   * @param free whether the act is free where no row speaks
   */
  int settled(long[] state, int from, int level, boolean free);

  /** Drops what can no longer matter, so that states which mean the same are the same. */
  default void reduce(long[] state, int from, int level) {}
}
