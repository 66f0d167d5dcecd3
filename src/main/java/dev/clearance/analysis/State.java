package dev.clearance.analysis;

import java.util.Arrays;

/** A state of a walk before an axis, as a key. */
record State(int level, long[] words) {

  @Override
  public boolean equals(Object other) {
    return other instanceof State state
        && level == state.level
        && Arrays.equals(words, state.words);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(words) + level;
  }
}
