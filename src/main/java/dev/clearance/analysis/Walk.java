package dev.clearance.analysis;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the requests of a slice axis by axis, keeping of each only the items that may still
 * hold. Where the facts are complete that the reading depends on, they are read: classification
 * first, then the definitions in their order. One or two views are walked at once; what both treat
 * alike is not pursued.
 */
final class Walk {

  /** Both views say the same, or the request is none of those asked about. */
  static final int SAME = 0;

  private static final int OPEN = Question.OPEN;
  private static final int LABELS = 1 << 12;
  private static final int WORDS_OF_A_DEFINITION = 20;

  private final Slice slice;
  private final Space space;
  private final List<? extends Question> questions;
  private final List<long[]> views;
  private final List<long[]> kept = new ArrayList<>();
  private final List<int[]> definitions = new ArrayList<>();
  private final long[] differing;
  private final int words;
  private final int retainedWords;
  private final long[] definers;
  private final long[] classifiers;
  private final int[] inForce;
  private final List<Integer> freePositions = new ArrayList<>();
  private final long[] keptAfterReading;

  /**
   * @param questions the same one for each view, as that view sees it
   * @param views for each view the items that it has
   */
  Walk(Slice slice, List<? extends Question> questions, List<long[]> views) {
    this.slice = slice;
    this.space = slice.space();
    this.questions = questions;
    this.words = slice.words();
    this.retainedWords = (slice.changingAxes().size() + 3) / 4;
    this.definers = slice.ofKind(Item.Kind.DEFINE);
    this.classifiers = slice.ofKind(Item.Kind.CLASSIFY);
    long[] inForceItems = slice.ofKind(Item.Kind.IN_FORCE);
    this.views = new ArrayList<>();
    this.inForce = new int[views.size()];
    this.keptAfterReading = new long[words];
    for (int view = 0; view < views.size(); view++) {
      long[] own = views.get(view).clone();
      long[] asked = questions.get(view).relevant().clone();
      addReaders(asked, own, questions.get(view));
      long[] force = own.clone();
      Bits.and(force, 0, inForceItems);
      inForce[view] = Bits.next(force, 0, words, 0);
      Bits.and(own, 0, asked);
      Bits.remove(own, 0, slice.impossible());
      this.views.add(own);
      Bits.or(keptAfterReading, 0, questions.get(view).relevant());
      definitions.add(definitions(view, own));
    }
    // What is satisfied of a set whose members lie on both sides of the reading stays so.
    for (long[] own : this.views) {
      long[] all = own.clone();
      Bits.or(all, 0, slice.clauseBits());
      kept.add(all);
    }
    Bits.or(keptAfterReading, 0, slice.clauseBits());
    this.differing = this.views.get(0).clone();
    for (int i = 0; i < words; i++) {
      differing[i] ^= this.views.get(this.views.size() - 1)[i];
    }
    space.freeAxes().forEach(axis -> freePositions.add(slice.changingAxes().indexOf(axis)));
  }

  /** Adds the definitions and classifications on which what is asked depends, step by step. */
  private void addReaders(long[] asked, long[] own, Question question) {
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int i = 0; i < slice.size(); i++) {
        boolean reader = Bits.get(definers, 0, i) || Bits.get(classifiers, 0, i);
        if (reader
            && Bits.get(own, 0, i)
            && !Bits.get(asked, 0, i)
            && changes(i, asked, question)) {
          Bits.set(asked, 0, i);
          grows = true;
        }
      }
    }
  }

  private boolean changes(int reader, long[] asked, Question question) {
    for (int axis : slice.changedBy(reader)) {
      if (question.asksReading(axis) || slice.dependsOn(axis, asked, 0)) {
        return true;
      }
    }
    return false;
  }

  private int[] definitions(int view, long[] own) {
    int[] all = slice.ordered(Math.min(view, slice.model().views() - 1), Item.Kind.DEFINE);
    return Arrays.stream(all).filter(item -> Bits.get(own, 0, item)).toArray();
  }

  Slice slice() {
    return slice;
  }

  /**
   * Where a walk stands: at an axis that matters, or at its end.
   *
   * @param label what is settled, or {@link Question#OPEN}
   * @param axis the axis to branch on, where nothing is settled
   */
  record Step(int label, int axis, long[] state) {

    boolean isSettled() {
      return label != OPEN;
    }
  }

  /** Behind the first axis, whose cell the slice fixes. */
  Step begin() {
    long[] state = new long[words + retainedWords];
    views.forEach(view -> Bits.or(state, 0, view));
    return onward(1, passUnread(0, slice.firstCell(), state));
  }

  /** How many words a step goes through, about; reading goes through the definitions. */
  long words(Step step) {
    int reading = isRead(step.axis()) ? 0 : WORDS_OF_A_DEFINITION * definitions.get(0).length;
    return step.state().length + reading;
  }

  /** Behind a cell of the axis where the step stands. */
  Step pass(Step step, int cell) {
    Stopped.ifInterrupted();
    int axis = step.axis();
    long[] next =
        isRead(axis) ? passRead(axis, cell, step.state()) : passUnread(axis, cell, step.state());
    return onward(axis + 1, next);
  }

  /** To the next axis that matters; on the way the facts are read. */
  private Step onward(int from, long[] start) {
    int axis = from;
    long[] state = start;
    if (axis <= space.readingEnd()) {
      for (; axis < space.readingEnd(); axis++) {
        if (views.size() == 2 && !Bits.meets(state, 0, differing)) {
          return new Step(SAME, axis, state);
        }
        if (mattersUnread(axis, state)) {
          return new Step(OPEN, axis, state);
        }
        slice.skip(axis, state, 0);
      }
      Reading reading = read(state);
      if (reading.state() == null) {
        return new Step(reading.label(), axis, state);
      }
      state = reading.state();
    }
    for (; ; axis++) {
      int label = settled(axis, state);
      if (label != OPEN || mattersRead(axis, state)) {
        return new Step(label, axis, state);
      }
      for (int view = 0; view < views.size(); view++) {
        slice.skip(axis, state, view * words);
      }
    }
  }

  /** For two views the label of a pair; {@link #SAME} where both agree. */
  static int pair(int before, int after) {
    return before == after ? SAME : (before + 1) * LABELS + after + 1;
  }

  static int before(int pair) {
    return pair / LABELS - 1;
  }

  static int after(int pair) {
    return pair % LABELS - 1;
  }

  private boolean isRead(int level) {
    return level >= space.readingEnd();
  }

  private boolean mattersUnread(int axis, long[] state) {
    if (isMemberOfAbsentSet(axis, state)) {
      return false;
    }
    return slice.dependsOn(axis, state, 0) || questions.get(0).asksReading(axis);
  }

  private boolean mattersRead(int axis, long[] state) {
    for (int view = 0; view < views.size(); view++) {
      if (slice.dependsOn(axis, state, view * words)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMemberOfAbsentSet(int axis, long[] state) {
    return space.changes(axis)
        && space.axis(axis).kind() == Axis.Kind.MEMBER
        && space.givenAxis(axis) >= 0
        && retainedAt(slice.changingAxes().indexOf(space.givenAxis(axis)), state) == 0;
  }

  private int settled(int level, long[] state) {
    int first = label(0, level, state);
    if (views.size() == 1) {
      return first;
    }
    if (isAlike(state)) {
      return SAME;
    }
    int second = label(1, level, state);
    return first == OPEN || second == OPEN ? OPEN : pair(first, second);
  }

  private int label(int view, int level, long[] state) {
    boolean free = (state[state.length - 1] & 1L << view) != 0;
    return questions.get(view).settled(state, view * words, level, free);
  }

  private boolean isAlike(long[] state) {
    for (int i = 0; i < words; i++) {
      if (state[i] != state[words + i]) {
        return false;
      }
    }
    long free = state[state.length - 1];
    return free == 0 || free == 3;
  }

  private long[] passUnread(int axis, int cell, long[] state) {
    long[] next = state.clone();
    slice.pass(axis, cell, next, 0);
    if (space.changes(axis)) {
      retain(axis, cell, next);
    }
    slice.forgetClauses(next, 0);
    dropLowerLevels(axis + 1, next);
    return next;
  }

  /** Where one level is certain, rows that give no higher one change nothing. */
  private void dropLowerLevels(int level, long[] state) {
    for (int i = Bits.next(state, 0, words, 0); i >= 0; i = Bits.next(state, 0, words, i + 1)) {
      if (i < slice.size() && slice.isClassified(i, level)) {
        for (int view = 0; view < views.size(); view++) {
          if (!Bits.get(views.get(view), 0, i)) {
            return;
          }
        }
        Bits.remove(state, 0, slice.noHigher(i, keptAfterReading));
      }
    }
  }

  private long[] passRead(int axis, int cell, long[] state) {
    long[] next = state.clone();
    for (int view = 0; view < views.size(); view++) {
      slice.pass(axis, cell, next, view * words);
      questions.get(view).reduce(next, view * words, axis + 1);
      slice.forgetClauses(next, view * words);
    }
    return next;
  }

  private void retain(int axis, int cell, long[] state) {
    int position = slice.changingAxes().indexOf(axis);
    state[words + position / 4] |= (long) cell << 16 * (position % 4);
  }

  private int retainedAt(int position, long[] state) {
    return (int) (state[words + position / 4] >>> 16 * (position % 4)) & 0xffff;
  }

  /** What reading made of a state: a label, or the state to go on with. */
  private record Reading(int label, long @Nullable [] state) {}

  /** Reads the facts under each view. */
  private Reading read(long[] state) {
    long[] next = new long[views.size() * words + 1];
    int[][] cells = new int[views.size()][];
    for (int view = 0; view < views.size(); view++) {
      int from = view * words;
      System.arraycopy(state, 0, next, from, words);
      Bits.and(next, from, kept.get(view));
      cells[view] = read(view, state, next, from);
      if (inForce[view] >= 0 && Bits.get(next, from, inForce[view]) && isFree(view, cells)) {
        next[next.length - 1] |= 1L << view;
      }
      Bits.and(next, from, keptAfterReading);
      if (inForce[view] >= 0) {
        Bits.clear(next, from, inForce[view]);
      }
      slice.passRead(cells[view], next, from);
      questions.get(view).reduce(next, from, space.readingEnd());
      slice.forgetClauses(next, from);
    }
    if (questions.get(0).asksReading()) {
      int first = questions.get(0).ofReading(cells[0]);
      return new Reading(
          views.size() == 1 ? first : pair(first, questions.get(1).ofReading(cells[1])), null);
    }
    return new Reading(OPEN, next);
  }

  /** Where nobody can tell what is free, facts that read alike are at least free alike. */
  private boolean isFree(int view, int[][] cells) {
    if (freePositions.isEmpty()) {
      return slice.isFree(cells[view]);
    }
    boolean asBefore = Arrays.equals(cells[0], cells[view]);
    return cells[view][freePositions.get(asBefore ? 0 : view)] == 1;
  }

  private int[] read(int view, long[] state, long[] next, int from) {
    int[] cells = new int[slice.changingAxes().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = retainedAt(i, state);
    }
    classify(next, from, cells);
    boolean again = true;
    BitSet applied = new BitSet();
    while (again) {
      again = false;
      for (int definition : definitions.get(view)) {
        if (!applied.get(definition)
            && Bits.get(next, from, definition)
            && holds(slice.item(definition).onChanging(), cells)) {
          applied.set(definition);
          again = true;
          Slice.assignments(slice.item(definition)).forEach(one -> assign(one, cells));
        }
      }
    }
    for (int definition : definitions.get(view)) {
      if (!applied.get(definition)) {
        Bits.clear(next, from, definition);
      }
    }
    return cells;
  }

  private void classify(long[] next, int from, int[] cells) {
    for (int i = Bits.next(next, from, words, 0); i >= 0; i = Bits.next(next, from, words, i + 1)) {
      if (Bits.get(classifiers, 0, i)) {
        Effect.Classify classify = (Effect.Classify) slice.item(i).row().orElseThrow().effect();
        raise(space.vocabulary().classification().orElseThrow(), classify.level(), cells);
      }
    }
  }

  private boolean holds(List<Condition> conditions, int[] cells) {
    for (Condition condition : conditions) {
      Optional<Value> value = slice.read(condition.attribute(), cells);
      if (value.isEmpty() || !condition.test().holds(value.get())) {
        return false;
      }
    }
    return true;
  }

  private void assign(Assignment assignment, int[] cells) {
    if (assignment instanceof Assignment.AtLeast atLeast) {
      raise(atLeast.attribute(), atLeast.level(), cells);
    } else if (assignment instanceof Assignment.Becomes becomes) {
      List<Integer> axes = space.axesOf(becomes.attribute());
      int[] value = space.cells(becomes.attribute(), becomes.value());
      for (int i = 0; i < value.length; i++) {
        cells[slice.changingAxes().indexOf(axes.get(i))] = value[i];
      }
    }
  }

  private void raise(Attribute attribute, String level, int[] cells) {
    Optional<Value> given = slice.read(attribute, cells);
    if (given.isEmpty() || attribute.rank(given.get().toString()) < attribute.rank(level)) {
      int axis = space.axesOf(attribute).get(0);
      cells[slice.changingAxes().indexOf(axis)] = space.cells(attribute, new Value.Code(level))[0];
    }
  }

  @Override
  public String toString() {
    return "walk of " + space.axis(0).cells().get(slice.firstCell()) + Arrays.toString(inForce);
  }
}
