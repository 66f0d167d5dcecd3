package dev.clearance.analysis;

import dev.clearance.policy.Facts;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.BitSet;

/** A set of requests: on each axis some cells. */
record Box(Space space, BitSet[] cells) {

  boolean covers(Facts facts, LocalDate day) {
    for (Axis axis : space.axes()) {
      if (cells[axis.index()].cardinality() == axis.size()) {
        continue;
      }
      int cell = space.cell(axis.index(), facts, day);
      if (cell >= 0 && !cells[axis.index()].get(cell)) {
        return false;
      }
    }
    return true;
  }

  /** One request of it, giving as little as it can. */
  int[] sample() {
    int[] at = new int[cells.length];
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] = cells[axis].nextSetBit(0);
    }
    return at;
  }

  BigInteger count(BitSet axes) {
    return Situations.of(space, axes, 0, cells.length, cells);
  }
}
