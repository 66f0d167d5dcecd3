package dev.clearance.analysis;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a model that matters for one act (one cell of the first axis), packed for walking:
 * the items that may hold there, numbered anew, and for each cell of each axis which of them
 * survive it.
 */
final class Slice {

  private static final int[] NONE = {};

  /** A slice that takes more would fill the memory. */
  private static final long MOST_WORDS = 6_000_000;

  private final Model model;
  private final Space space;
  private final int firstCell;
  private final int[] global;
  private final int[] local;
  private final long @Nullable [][] compatible;
  private final int words;
  private final long weight;
  private final BitSet asked = new BitSet();
  private final BitSet askedByClauses = new BitSet();
  private final List<LocalClause> clauses = new ArrayList<>();

  /** For axis and cell: what survives, before the reading and (for facts it changes) after it. */
  private final long[][][] keep;

  private final long[][][] keepRead;

  /** For axis and cell: the clauses that are satisfied. */
  private final long[][][] satisfies;

  private final long[][][] satisfiesRead;
  private final long[][] depends;
  private final List<List<LocalClause>> endingAt = new ArrayList<>();
  private final List<LocalClause> endingRead = new ArrayList<>();
  private final List<List<int[]>> groups = new ArrayList<>();
  private final long[][] done;
  private final int[] last;
  private final Map<Integer, long[]> noHigher = new HashMap<>();
  private final List<List<Integer>> changedBy = new ArrayList<>();
  private final long[] impossible;
  private final long[][] sets;
  private final long[] overriding;
  private final List<Integer> changingAxes = new ArrayList<>();
  private final Map<Item.Kind, long[]> byKind = new EnumMap<>(Item.Kind.class);
  private final List<Map<Item.Kind, int[]>> ordered = new ArrayList<>();

  /**
   * Some of its users die unless it is satisfied when its last axis has been walked.
   *
   * @param bit stands for "satisfied" in a state
   */
  private record LocalClause(
      Model.Clause clause, boolean beforeReading, int bit, long[] users, int lastAxis) {}

  Slice(Model model, int firstCell) {
    this(model, firstCell, all(model.items().size()));
  }

  private static BitSet all(int size) {
    BitSet all = new BitSet();
    all.set(0, size);
    return all;
  }

  /**
   * @param among the items of the model that count
   */
  private Slice(Model model, int firstCell, BitSet among) {
    this.model = model;
    this.space = model.space();
    this.firstCell = firstCell;
    this.global = survivors(among);
    this.local = new int[model.items().size()];
    Arrays.fill(local, -1);
    for (int i = 0; i < global.length; i++) {
      local[global[i]] = i;
    }
    Map<Integer, BitSet> early = new LinkedHashMap<>();
    Map<Integer, BitSet> late = new LinkedHashMap<>();
    for (int i = 0; i < global.length; i++) {
      Item item = item(i);
      Map<Integer, BitSet> users = item.kind() == Item.Kind.CLASSIFY ? early : late;
      for (int clause : item.clauses()) {
        users.computeIfAbsent(clause, any -> new BitSet()).set(i);
      }
    }
    this.words = Bits.words(global.length + early.size() + late.size());
    early.forEach((clause, users) -> addClause(clause, users, true));
    late.forEach((clause, users) -> addClause(clause, users, false));
    int axes = space.size();
    this.weight = weigh();
    if (weight > MOST_WORDS) {
      throw new Effort.Exceeded();
    }
    this.keep = new long[axes][][];
    this.keepRead = new long[axes][][];
    this.satisfies = new long[axes][][];
    this.satisfiesRead = new long[axes][][];
    this.depends = new long[axes][words];
    this.impossible = new long[words];
    this.compatible = new long[global.length][];
    this.last = new int[global.length];
    this.done = new long[axes + 1][words];
    this.sets = new long[global.length][];
    this.overriding = new long[words];
    for (int axis = 0; axis < axes; axis++) {
      endingAt.add(new ArrayList<>());
      if (space.changes(axis)) {
        changingAxes.add(axis);
      }
    }
    packKinds();
    packLiterals();
    packClauses();
    packOrder();
    packOverrides();
    packLevels();
    for (int axis = 0; axis < axes; axis++) {
      groups.add(group(axis));
    }
  }

  /**
   * For one cell of the first axis.
   *
   * @return empty where it would fill the memory
   */
  static Optional<Slice> of(Model model, int cell) {
    try {
      return Optional.of(new Slice(model, cell));
    } catch (Effort.Exceeded tooLarge) {
      return Optional.empty();
    }
  }

  /** How much work it was to make it, in words. */
  long labour() {
    long cells = 0;
    for (int i = 0; i < global.length; i++) {
      for (int axis : item(i).literals().keySet()) {
        cells += space.axis(axis).size();
      }
    }
    return weight + cells / 2;
  }

  /** How many words it takes. */
  long weight() {
    return weight;
  }

  /** As far as it matters for requests of which one of these items holds. */
  Slice around(long[] items) {
    BitSet among = new BitSet();
    for (int i = Bits.next(items, 0, words, 0); i >= 0 && i < global.length; ) {
      long[] meeting = compatible(i);
      for (int j = 0; j < global.length; j++) {
        if (Bits.get(meeting, 0, j)) {
          among.set(global[j]);
        }
      }
      i = Bits.next(items, 0, words, i + 1);
    }
    return new Slice(model, firstCell, among);
  }

  private int[] survivors(BitSet among) {
    BitSet acts = new BitSet();
    acts.set(firstCell);
    for (int item : model.definitions()) {
      addAssigned(model.item(item), acts);
    }
    List<Integer> survivors = new ArrayList<>();
    for (int i = among.nextSetBit(0); i >= 0; i = among.nextSetBit(i + 1)) {
      BitSet allowed = model.item(i).literals().get(0);
      if (allowed == null || allowed.intersects(acts)) {
        survivors.add(i);
      }
    }
    return survivors.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A definition may make another act of it. */
  private void addAssigned(Item item, BitSet acts) {
    Optional<Attribute> first = space.axis(0).attribute();
    for (Assignment assignment : assignments(item)) {
      if (first.equals(Optional.of(assignment.attribute()))
          && assignment instanceof Assignment.Becomes becomes) {
        acts.set(space.cells(becomes.attribute(), becomes.value())[0]);
      } else if (first.equals(Optional.of(assignment.attribute()))) {
        acts.set(0, space.axis(0).size());
      }
    }
  }

  static List<Assignment> assignments(Item item) {
    return ((Effect.Define) item.row().orElseThrow().effect()).assignments();
  }

  private void addClause(int clause, BitSet users, boolean beforeReading) {
    Model.Clause own = model.clauses().get(clause);
    int last = own.literals().keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    clauses.add(
        new LocalClause(
            own, beforeReading, global.length + clauses.size(), Bits.of(users, words), last));
  }

  /** Marks the axes that matter; cells of all others are alike and share what stands for them. */
  private long weigh() {
    for (int i = 0; i < global.length; i++) {
      item(i).literals().keySet().forEach(asked::set);
    }
    clauses.forEach(clause -> clause.clause().literals().keySet().forEach(askedByClauses::set));
    long cells = 2L * space.size();
    for (int axis = 0; axis < space.size(); axis++) {
      int masks = (asked.get(axis) ? 1 : 0) + (askedByClauses.get(axis) ? 1 : 0);
      cells += (long) space.axis(axis).size() * masks * (space.changes(axis) ? 2 : 1);
    }
    return (cells + 2L * global.length) * words;
  }

  private long[][] full(int axis) {
    return masks(axis, -1L, asked.get(axis));
  }

  private long[][] empty(int axis) {
    return masks(axis, 0L, askedByClauses.get(axis));
  }

  private long[][] masks(int axis, long bits, boolean differ) {
    long[][] masks = new long[space.axis(axis).size()][];
    for (int cell = 0; cell < masks.length; cell++) {
      if (cell > 0 && !differ) {
        masks[cell] = masks[0];
      } else {
        masks[cell] = new long[words];
        Arrays.fill(masks[cell], bits);
      }
    }
    return masks;
  }

  private void packLiterals() {
    for (int axis = 0; axis < space.size(); axis++) {
      keep[axis] = full(axis);
      satisfies[axis] = empty(axis);
      if (space.changes(axis)) {
        keepRead[axis] = full(axis);
        satisfiesRead[axis] = empty(axis);
      }
    }
    // Where nobody can tell what is free, it depends on all that may read otherwise.
    List<Integer> freeing = new ArrayList<>(space.freeAxes().isEmpty() ? List.of() : changingAxes);
    space.freeing().forEach(attribute -> freeing.addAll(space.axesOf(attribute)));
    for (int i = 0; i < global.length; i++) {
      Item item = item(i);
      int own = i;
      for (Map.Entry<Integer, BitSet> literal : item.literals().entrySet()) {
        int axis = literal.getKey();
        boolean read = space.changes(axis) && item.kind() != Item.Kind.CLASSIFY;
        long[][] masks = read ? keepRead[axis] : keep[axis];
        for (int cell = 0; cell < masks.length; cell++) {
          if (!literal.getValue().get(cell)) {
            Bits.clear(masks[cell], 0, i);
          }
        }
        Bits.set(depends[axis], 0, i);
      }
      for (Condition condition : item.onChanging()) {
        for (int axis : space.axesOf(condition.attribute())) {
          Bits.set(depends[axis], 0, i);
        }
      }
      if (item.kind() == Item.Kind.IN_FORCE) {
        // Only under a policy in force is an act free.
        freeing.forEach(axis -> Bits.set(depends[axis], 0, own));
      }
    }
  }

  private void packClauses() {
    for (LocalClause clause : clauses) {
      if (clause.lastAxis() < 0) {
        Bits.or(impossible, 0, clause.users());
        continue;
      }
      boolean read = space.changes(clause.lastAxis()) && !clause.beforeReading();
      for (Map.Entry<Integer, BitSet> literal : clause.clause().literals().entrySet()) {
        int axis = literal.getKey();
        long[][] masks = read ? satisfiesRead[axis] : satisfies[axis];
        literal.getValue().stream().forEach(cell -> Bits.set(masks[cell], 0, clause.bit()));
        Bits.or(depends[axis], 0, clause.users());
      }
      if (read) {
        endingRead.add(clause);
      } else {
        endingAt.get(clause.lastAxis()).add(clause);
      }
    }
  }

  private void packOrder() {
    for (int i = 0; i < global.length; i++) {
      for (int axis : item(i).literals().keySet()) {
        last[i] = Math.max(last[i], axis);
      }
      for (int clause : item(i).clauses()) {
        for (int axis : model.clauses().get(clause).literals().keySet()) {
          last[i] = Math.max(last[i], axis);
        }
      }
    }
    for (int level = space.readingEnd(); level <= space.size(); level++) {
      for (int i = 0; i < global.length; i++) {
        if (last[i] < level) {
          Bits.set(done[level], 0, i);
        }
      }
    }
  }

  private void packOverrides() {
    Map<String, List<Integer>> byCode = new HashMap<>();
    for (int i = 0; i < global.length; i++) {
      int index = i;
      item(i)
          .row()
          .ifPresent(
              row ->
                  byCode.computeIfAbsent(row.clause().code(), any -> new ArrayList<>()).add(index));
    }
    for (int i = 0; i < global.length; i++) {
      Optional<Row> row = item(i).row();
      if (row.isEmpty() || row.get().overrides().isEmpty() || isPart(i)) {
        continue;
      }
      long[] set = new long[words];
      for (String code : row.get().overrides()) {
        byCode.getOrDefault(code, List.of()).forEach(other -> Bits.set(set, 0, other));
      }
      if (Bits.next(set, 0, words, 0) >= 0) {
        sets[i] = set;
        Bits.set(overriding, 0, i);
      }
    }
  }

  private boolean isPart(int i) {
    return item(i).kind() == Item.Kind.UNMET || item(i).kind() == Item.Kind.BREACH;
  }

  /** Cells that nothing here tells apart; the one with cell 0 first. */
  private List<int[]> group(int axis) {
    Stopped.ifInterrupted();
    Map<State, List<Integer>> same = new LinkedHashMap<>();
    for (int cell = 0; cell < space.axis(axis).size(); cell++) {
      if (axis == 0 && cell != firstCell) {
        continue;
      }
      same.computeIfAbsent(told(axis, cell), any -> new ArrayList<>()).add(cell);
    }
    return same.values().stream()
        .map(cells -> cells.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Equal for cells that nothing tells apart. */
  private State told(int axis, int cell) {
    if (space.changes(axis)) {
      return new State(cell, new long[0]);
    }
    if (!asked.get(axis) && !askedByClauses.get(axis)) {
      return new State(0, new long[0]);
    }
    long[] both = Arrays.copyOf(keep[axis][cell], 2 * words);
    System.arraycopy(satisfies[axis][cell], 0, both, words, words);
    return new State(0, both);
  }

  private void packLevels() {
    Optional<Attribute> level = space.vocabulary().classification();
    for (int i = 0; i < global.length; i++) {
      List<Integer> changed = new ArrayList<>();
      if (item(i).kind() == Item.Kind.CLASSIFY) {
        changed.addAll(space.axesOf(level.orElseThrow()));
        int own = rank(i);
        long[] lower = new long[words];
        for (int j = 0; j < global.length; j++) {
          boolean no = item(j).kind() == Item.Kind.CLASSIFY && j != i;
          if (no && (rank(j) < own || rank(j) == own && j > i)) {
            Bits.set(lower, 0, j);
          }
        }
        noHigher.put(i, lower);
      } else if (item(i).kind() == Item.Kind.DEFINE) {
        assignments(item(i)).forEach(one -> changed.addAll(space.axesOf(one.attribute())));
      }
      changedBy.add(changed);
    }
  }

  private int rank(int i) {
    Effect.Classify classify = (Effect.Classify) item(i).row().orElseThrow().effect();
    return space.vocabulary().classification().orElseThrow().rank(classify.level());
  }

  /** The axes of the facts that a definition or classification may change. */
  List<Integer> changedBy(int i) {
    return changedBy.get(i);
  }

  /** Whether the item is a classification that holds for certain before this level. */
  boolean isClassified(int i, int level) {
    return noHigher.containsKey(i) && last[i] < level;
  }

  /** Classifications that give no higher level than this one, but for those that must stay. */
  long[] noHigher(int i, long[] stay) {
    long[] lower = noHigher.get(i).clone();
    Bits.remove(lower, 0, stay);
    return lower;
  }

  Model model() {
    return model;
  }

  Space space() {
    return space;
  }

  int firstCell() {
    return firstCell;
  }

  int size() {
    return global.length;
  }

  int words() {
    return words;
  }

  Item item(int index) {
    return model.item(global[index]);
  }

  /** The number of an item here, or -1 where it cannot hold. */
  int local(int item) {
    return local[item];
  }

  /** All numbers of the row's items here. */
  long[] itemsOf(Row row) {
    long[] own = new long[words];
    for (int item : model.itemsOf(row)) {
      if (local[item] >= 0) {
        Bits.set(own, 0, local[item]);
      }
    }
    return own;
  }

  long[] ofView(int view) {
    long[] own = new long[words];
    for (int i = 0; i < global.length; i++) {
      if (model.view(view).get(global[i])) {
        Bits.set(own, 0, i);
      }
    }
    return own;
  }

  /** The numbers in the model of what may change how facts read here. */
  BitSet readers() {
    BitSet readers = new BitSet();
    long[] own = ofKind(Item.Kind.CLASSIFY, Item.Kind.DEFINE);
    for (int i = Bits.next(own, 0, words, 0); i >= 0; i = Bits.next(own, 0, words, i + 1)) {
      readers.set(global[i]);
    }
    return readers;
  }

  /** Whether a classification or a definition may change how facts read here. */
  boolean readsAnew() {
    return byKind.containsKey(Item.Kind.CLASSIFY) || byKind.containsKey(Item.Kind.DEFINE);
  }

  /** Items of these kinds. */
  long[] ofKind(Item.Kind... kinds) {
    long[] own = new long[words];
    for (Item.Kind kind : kinds) {
      if (byKind.containsKey(kind)) {
        Bits.or(own, 0, byKind.get(kind));
      }
    }
    return own;
  }

  /** Items of a kind, in the order of the rows of a view of the model. */
  int[] ordered(int view, Item.Kind kind) {
    return ordered.get(view).getOrDefault(kind, NONE);
  }

  private void packKinds() {
    for (int i = 0; i < global.length; i++) {
      Bits.set(byKind.computeIfAbsent(item(i).kind(), any -> new long[words]), 0, i);
    }
    for (int view = 0; view < model.views(); view++) {
      Map<Item.Kind, int[]> arrays = new EnumMap<>(Item.Kind.class);
      BitSet viewed = model.view(view);
      Comparator<Integer> inOrder = Comparator.comparingInt(model.positions(view)::get);
      byKind.forEach(
          (kind, own) ->
              arrays.put(
                  kind,
                  IntStream.range(0, global.length)
                      .filter(i -> Bits.get(own, 0, i) && viewed.get(global[i]))
                      .boxed()
                      .sorted(Comparator.comparing(i -> global[i], inOrder))
                      .mapToInt(Integer::intValue)
                      .toArray()));
      ordered.add(arrays);
    }
  }

  /** What may hold of a request of which this item holds. */
  long[] compatible(int i) {
    if (compatible[i] == null) {
      compatible[i] = findCompatible(i);
    }
    return compatible[i].clone();
  }

  private long[] findCompatible(int i) {
    Item own = item(i);
    long[] all = new long[words];
    for (int j = 0; j < global.length; j++) {
      if (mayMeet(own, item(j))) {
        Bits.set(all, 0, j);
      }
    }
    return all;
  }

  private boolean mayMeet(Item one, Item other) {
    boolean sameReading =
        (one.kind() == Item.Kind.CLASSIFY) == (other.kind() == Item.Kind.CLASSIFY);
    for (Map.Entry<Integer, BitSet> literal : one.literals().entrySet()) {
      BitSet allowed = other.literals().get(literal.getKey());
      if (allowed != null
          && (sameReading || !space.changes(literal.getKey()))
          && !allowed.intersects(literal.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Those that say in a state that a clause is satisfied. */
  long[] clauseBits() {
    long[] bits = new long[words];
    clauses.forEach(clause -> Bits.set(bits, 0, clause.bit()));
    return bits;
  }

  long[] impossible() {
    return impossible;
  }

  List<int[]> groups(int axis) {
    return groups.get(axis);
  }

  List<Integer> changingAxes() {
    return changingAxes;
  }

  boolean dependsOn(int axis, long[] state, int from) {
    return Bits.meets(state, from, depends[axis]);
  }

  long[] depends(int axis) {
    return depends[axis];
  }

  /** What is settled once all axes before the level are walked. */
  long[] done(int level) {
    return done[level];
  }

  long[] overriding() {
    return overriding;
  }

  /** The union of what the members of the set override, or null where that is nothing. */
  long @Nullable [] overridden(long[] state, int from) {
    long[] all = null;
    for (int word = 0; word < words; word++) {
      long rest = state[from + word] & overriding[word];
      while (rest != 0) {
        int i = (word << 6) + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        if (all == null) {
          all = sets[i].clone();
        } else {
          Bits.or(all, 0, sets[i]);
        }
      }
    }
    return all;
  }

  long[] overriddenBy(int i) {
    return sets[i];
  }

  /** Walks past a cell: what it excludes dies, and so does what a clause that ends here needs. */
  void pass(int axis, int cell, long[] state, int from) {
    Bits.and(state, from, keep[axis][cell]);
    Bits.or(state, from, satisfies[axis][cell]);
    end(endingAt.get(axis), state, from);
  }

  /** Walks past an axis that nothing alive depends on. */
  void skip(int axis, long[] state, int from) {
    for (LocalClause clause : endingAt.get(axis)) {
      Bits.clear(state, from, clause.bit());
    }
  }

  /** As {@link #pass}, for facts as they finally read. */
  void passRead(int[] cells, long[] state, int from) {
    for (int i = 0; i < cells.length; i++) {
      int axis = changingAxes.get(i);
      Bits.and(state, from, keepRead[axis][cells[i]]);
      Bits.or(state, from, satisfiesRead[axis][cells[i]]);
    }
    end(endingRead, state, from);
  }

  private void end(List<LocalClause> ending, long[] state, int from) {
    for (LocalClause clause : ending) {
      if (!Bits.get(state, from, clause.bit())) {
        Bits.remove(state, from, clause.users());
      }
      Bits.clear(state, from, clause.bit());
    }
  }

  /** A satisfied clause that nothing alive needs tells nothing. */
  void forgetClauses(long[] state, int from) {
    for (LocalClause clause : clauses) {
      if (Bits.get(state, from, clause.bit()) && !Bits.meets(state, from, clause.users())) {
        Bits.clear(state, from, clause.bit());
      }
    }
  }

  /** Whether the act is free that reads so. */
  boolean isFree(int[] cells) {
    Facts reading = Facts.none(space.vocabulary());
    for (Attribute attribute : space.freeing()) {
      Optional<Attribute> own = space.vocabulary().attribute(attribute.path());
      Optional<Value> value = read(attribute, cells);
      if (own.isPresent() && value.isPresent()) {
        reading = reading.with(own.get(), value.get());
      }
    }
    return model.isFree(reading);
  }

  /** The value of an attribute that the reading may change. */
  Optional<Value> read(Attribute attribute, int[] cells) {
    int[] at = new int[space.size()];
    for (int i = 0; i < cells.length; i++) {
      at[changingAxes.get(i)] = cells[i];
    }
    return space.value(attribute, at);
  }
}
