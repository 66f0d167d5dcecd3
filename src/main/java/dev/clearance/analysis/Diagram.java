package dev.clearance.analysis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntBinaryOperator;

/**
 * Decision diagrams over the axes of a space: each maps every request to a label. A diagram is
 * written as a number: labels as negative numbers, inner nodes from 0. Equal diagrams have equal
 * numbers.
 */
final class Diagram {

  private record Node(int axis, int[] next) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Node node && axis == node.axis && Arrays.equals(next, node.next);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(next) + axis;
    }
  }

  private final Space space;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private BitSet[] wholeBox = {};

  /** Four bytes each: a third of the memory. */
  private static final long MOST_BRANCHES = Runtime.getRuntime().maxMemory() / 12;

  private long branches;

  Diagram(Space space) {
    this.space = space;
  }

  static int ofLabel(int label) {
    return -1 - label;
  }

  static boolean isLabel(int diagram) {
    return diagram < 0;
  }

  static int label(int diagram) {
    return -1 - diagram;
  }

  /** Which axis is asked first; behind all axes for a label. */
  int axis(int diagram) {
    return isLabel(diagram) ? space.size() : nodes.get(diagram).axis();
  }

  int next(int diagram, int axis, int cell) {
    return axis(diagram) == axis ? nodes.get(diagram).next()[cell] : diagram;
  }

  int size() {
    return nodes.size();
  }

  int make(int axis, int[] next) {
    Stopped.ifInterrupted();
    boolean same = true;
    for (int one : next) {
      same &= one == next[0];
    }
    if (same) {
      return next[0];
    }
    return numbers.computeIfAbsent(
        new Node(axis, next),
        added -> {
          branches += next.length + 16;
          if (branches > MOST_BRANCHES) {
            throw new Effort.Exceeded();
          }
          nodes.add(added);
          return nodes.size() - 1;
        });
  }

  int combine(int one, int other, IntBinaryOperator labels) {
    return combine(one, other, labels, new HashMap<>());
  }

  private int combine(int one, int other, IntBinaryOperator labels, Map<Long, Integer> known) {
    if (isLabel(one) && isLabel(other)) {
      return ofLabel(labels.applyAsInt(label(one), label(other)));
    }
    long key = (long) one << 32 | other & 0xffffffffL;
    Integer already = known.get(key);
    if (already != null) {
      return already;
    }
    int axis = Math.min(axis(one), axis(other));
    int[] next = new int[space.axis(axis).size()];
    for (int cell = 0; cell < next.length; cell++) {
      next[cell] = combine(next(one, axis, cell), next(other, axis, cell), labels, known);
    }
    int made = make(axis, next);
    known.put(key, made);
    return made;
  }

  /** The diagram with other labels. */
  int map(int diagram, java.util.function.IntUnaryOperator labels) {
    return combine(diagram, ofLabel(0), (label, any) -> labels.applyAsInt(label));
  }

  Set<Integer> labels(int diagram) {
    Set<Integer> labels = new LinkedHashSet<>();
    visit(diagram, new BitSet(), labels, new BitSet());
    return labels;
  }

  /** The axes that it depends on. */
  BitSet axes(int diagram) {
    BitSet axes = new BitSet();
    visit(diagram, new BitSet(), new LinkedHashSet<>(), axes);
    return axes;
  }

  private void visit(int diagram, BitSet seen, Set<Integer> labels, BitSet axes) {
    if (isLabel(diagram)) {
      labels.add(label(diagram));
    } else if (!seen.get(diagram)) {
      seen.set(diagram);
      axes.set(axis(diagram));
      for (int next : nodes.get(diagram).next()) {
        visit(next, seen, labels, axes);
      }
    }
  }

  /** Whether every request of the box has label 1. */
  boolean containsBox(int diagram, BitSet[] box) {
    return containsBox(diagram, box, new BitSet());
  }

  private boolean containsBox(int diagram, BitSet[] box, BitSet seen) {
    if (isLabel(diagram)) {
      return label(diagram) == 1;
    }
    if (seen.get(diagram)) {
      return true;
    }
    Node node = nodes.get(diagram);
    BitSet cells = box[node.axis()];
    for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
      if (!containsBox(node.next()[cell], box, seen)) {
        return false;
      }
    }
    seen.set(diagram);
    return true;
  }

  /** The diagram with label 0 inside the box. */
  int without(int diagram, BitSet[] box) {
    return without(diagram, 0, box, new HashMap<>());
  }

  private int without(int diagram, int axis, BitSet[] box, Map<Long, Integer> known) {
    if (diagram == ofLabel(0)) {
      return diagram;
    }
    int at = axis;
    while (at < box.length && at < axis(diagram) && isWhole(at, box)) {
      at++;
    }
    if (at == box.length) {
      return ofLabel(0);
    }
    long key = (long) diagram << 32 | at;
    Integer already = known.get(key);
    if (already != null) {
      return already;
    }
    int[] next = new int[space.axis(at).size()];
    for (int cell = 0; cell < next.length; cell++) {
      int below = next(diagram, at, cell);
      next[cell] = box[at].get(cell) ? without(below, at + 1, box, known) : below;
    }
    int made = make(at, next);
    known.put(key, made);
    return made;
  }

  private boolean isWhole(int axis, BitSet[] box) {
    return box[axis].cardinality() == space.axis(axis).size();
  }

  /** The largest number of requests first: a way to label 1, as a box. */
  BitSet[] widestPath(int diagram, Map<Integer, BigInteger> counts, BitSet axes) {
    BitSet[] box = Request.any().box(space.axes());
    int at = diagram;
    while (!isLabel(at)) {
      Node node = nodes.get(at);
      Map<Integer, BigInteger> weight = new HashMap<>();
      int best = -1;
      for (int next : node.next()) {
        if (next != ofLabel(0)) {
          BigInteger sum =
              weight.merge(
                  next,
                  count(next, node.axis() + 1, counts, axes, box()).max(BigInteger.ONE),
                  BigInteger::add);
          if (best == -1 && !weight.containsKey(best) || sum.compareTo(weight.get(best)) > 0) {
            best = next;
          }
        }
      }
      BitSet cells = new BitSet();
      for (int cell = 0; cell < node.next().length; cell++) {
        cells.set(cell, node.next()[cell] == best);
      }
      box[node.axis()] = cells;
      at = best;
    }
    return box;
  }

  /** How many situations that the axes tell apart have label 1. */
  BigInteger count(int diagram, BitSet axes) {
    return count(diagram, axes, box());
  }

  /** How many situations of a box that the axes tell apart have label 1. */
  BigInteger count(int diagram, BitSet axes, BitSet[] within) {
    return count(diagram, 0, new HashMap<>(), axes, within);
  }

  private BigInteger count(
      int diagram, int from, Map<Integer, BigInteger> known, BitSet axes, BitSet[] within) {
    if (diagram == ofLabel(0)) {
      return BigInteger.ZERO;
    }
    return countHere(diagram, known, axes, within)
        .multiply(Situations.of(space, axes, from, axis(diagram), within));
  }

  private BitSet[] box() {
    if (wholeBox.length == 0) {
      wholeBox = Request.any().box(space.axes());
    }
    return wholeBox;
  }

  private BigInteger countHere(
      int diagram, Map<Integer, BigInteger> known, BitSet axes, BitSet[] within) {
    if (isLabel(diagram)) {
      return BigInteger.valueOf(label(diagram) == 1 ? 1 : 0);
    }
    BigInteger already = known.get(diagram);
    if (already != null) {
      return already;
    }
    Node node = nodes.get(diagram);
    boolean set = space.axis(node.axis()).kind() == Axis.Kind.SET_GIVEN;
    BigInteger sum = BigInteger.ZERO;
    BitSet cells = within[node.axis()];
    for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
      // A set that is not given has no members to tell apart.
      int behind = set && cell == 0 ? space.endOfSet(node.axis()) : node.axis() + 1;
      sum = sum.add(count(node.next()[cell], behind, known, axes, within));
    }
    known.put(diagram, sum);
    return sum;
  }
}
