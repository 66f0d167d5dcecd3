package dev.clearance.analysis;

import java.math.BigInteger;
import java.util.BitSet;

/** Counts what rows can tell apart. */
final class Situations {

  private Situations() {}

  /**
   * The combinations of a box's cells on these axes, from one axis up to another. A set that is not
   * given counts once, whatever its members.
   */
  static BigInteger of(Space space, BitSet axes, int from, int to, BitSet[] box) {
    BigInteger count = BigInteger.ONE;
    int axis = axes.nextSetBit(from);
    while (axis >= 0 && axis < to) {
      int behind = axis + 1;
      BigInteger factor;
      if (space.axis(axis).kind() == Axis.Kind.SET_GIVEN) {
        behind = Math.min(to, space.endOfSet(axis));
        factor = box[axis].get(0) ? BigInteger.ONE : BigInteger.ZERO;
        if (box[axis].get(1)) {
          factor = factor.add(of(space, axes, axis + 1, behind, box));
        }
      } else {
        factor = BigInteger.valueOf(box[axis].cardinality());
      }
      count = count.multiply(factor);
      axis = axes.nextSetBit(behind);
    }
    return count;
  }
}
