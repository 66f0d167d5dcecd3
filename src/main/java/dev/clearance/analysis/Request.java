package dev.clearance.analysis;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests that are asked about: for some axes only some cells. */
final class Request {

  private final Map<Integer, BitSet> only = new HashMap<>();

  /** Any request at all. */
  static Request any() {
    return new Request();
  }

  Request only(int axis, BitSet cells) {
    only.put(axis, cells);
    return this;
  }

  boolean allows(int axis, int cell) {
    BitSet cells = only.get(axis);
    return cells == null || cells.get(cell);
  }

  int first(int axis) {
    BitSet cells = only.get(axis);
    return cells == null ? 0 : cells.nextSetBit(0);
  }

  /** The first of these cells that is allowed, or -1. */
  int first(int axis, int[] group) {
    for (int cell : group) {
      if (allows(axis, cell)) {
        return cell;
      }
    }
    return -1;
  }

  /** For each axis the allowed cells. */
  BitSet[] box(List<Axis> axes) {
    BitSet[] box = new BitSet[axes.size()];
    for (Axis axis : axes) {
      BitSet all = new BitSet();
      all.set(0, axis.size());
      if (only.containsKey(axis.index())) {
        all.and(only.get(axis.index()));
      }
      box[axis.index()] = all;
    }
    return box;
  }
}
