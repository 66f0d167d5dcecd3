package dev.clearance.analysis;

import java.util.BitSet;

/** Sets of small numbers as words, where speed matters; several sets may share one array. */
final class Bits {

  private Bits() {}

  static int words(int size) {
    return (size + 63) >> 6;
  }

  static long[] of(BitSet bits, int words) {
    long[] array = new long[words];
    bits.stream().forEach(bit -> set(array, 0, bit));
    return array;
  }

  static void set(long[] array, int from, int bit) {
    array[from + (bit >> 6)] |= 1L << bit;
  }

  static void clear(long[] array, int from, int bit) {
    array[from + (bit >> 6)] &= ~(1L << bit);
  }

  static boolean get(long[] array, int from, int bit) {
    return (array[from + (bit >> 6)] & 1L << bit) != 0;
  }

  /** Whether the set that begins at {@code from} has a member of the mask. */
  static boolean meets(long[] array, int from, long[] mask) {
    for (int i = 0; i < mask.length; i++) {
      if ((array[from + i] & mask[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  static void and(long[] array, int from, long[] mask) {
    for (int i = 0; i < mask.length; i++) {
      array[from + i] &= mask[i];
    }
  }

  static void or(long[] array, int from, long[] mask) {
    for (int i = 0; i < mask.length; i++) {
      array[from + i] |= mask[i];
    }
  }

  static void remove(long[] array, int from, long[] mask) {
    for (int i = 0; i < mask.length; i++) {
      array[from + i] &= ~mask[i];
    }
  }

  /** The first member at or behind {@code bit}, or -1. */
  static int next(long[] array, int from, int words, int bit) {
    int word = bit >> 6;
    if (word >= words) {
      return -1;
    }
    long rest = array[from + word] & -1L << bit;
    while (rest == 0) {
      word++;
      if (word == words) {
        return -1;
      }
      rest = array[from + word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(rest);
  }
}
