package dev.clearance.analysis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of requests as few boxes, each as wide as it can be; boxes may overlap.
 *
 * @param rest how many situations lie in none of the boxes: none, unless there were too many boxes
 */
record Cover(List<Box> boxes, BigInteger count, BigInteger rest, BitSet axes) {

  /**
   * @param diagram label 1 for the requests of the set
   * @param among requests outside may be covered or not
   * @param most how many boxes to list
   */
  static Cover of(Diagram diagrams, Space space, int diagram, Request among, int most) {
    return of(diagrams, space, diagram, among, most, new BitSet());
  }

  /**
   * @param alsoTold axes that situations are told apart by, besides those that the set depends on
   */
  static Cover of(
      Diagram diagrams, Space space, int diagram, Request among, int most, BitSet alsoTold) {
    int wanted = diagrams.map(diagram, label -> label == 1 ? 1 : 0);
    BitSet axes = diagrams.axes(wanted);
    List<Box> boxes = new ArrayList<>();
    // What is left is made of the same parts again and again.
    Map<Integer, BigInteger> counts = new HashMap<>();
    int rest = wanted;
    while (rest != Diagram.ofLabel(0) && boxes.size() < most) {
      Stopped.ifInterrupted();
      BitSet[] box = diagrams.widestPath(rest, counts, axes);
      widen(diagrams, space, wanted, box, axes, among);
      boxes.add(new Box(space, box));
      rest = diagrams.without(rest, box);
    }
    BitSet told = (BitSet) axes.clone();
    told.or(alsoTold);
    BitSet[] all = among.box(space.axes());
    return new Cover(
        boxes, diagrams.count(wanted, told, all), diagrams.count(rest, told, all), told);
  }

  private static void widen(
      Diagram diagrams, Space space, int wanted, BitSet[] box, BitSet axes, Request among) {
    for (int axis = axes.length() - 1; axis >= 0; axis--) {
      int size = space.axis(axis).size();
      if (!axes.get(axis) || box[axis].cardinality() == size) {
        continue;
      }
      BitSet before = (BitSet) box[axis].clone();
      for (int cell = 0; cell < size; cell++) {
        box[axis].set(cell, among.allows(axis, cell) || before.get(cell));
      }
      if (diagrams.containsBox(wanted, box)) {
        continue;
      }
      box[axis] = before;
      for (int cell = 0; cell < size; cell++) {
        if (!before.get(cell) && among.allows(axis, cell)) {
          before.set(cell);
          if (!diagrams.containsBox(wanted, box)) {
            before.clear(cell);
          }
        }
      }
    }
  }
}
