package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.source.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** A policy under review, taken apart once for all checks. */
final class Reviewed {

  /** So many words may all acts take together. */
  private static final long MOST_KEPT = 4_000_000;

  private final Policy policy;
  private final Freedom freedom;
  private final Model model;
  private final Slice[] slices;
  private long kept;
  private final Phrases phrases;

  Reviewed(Policy policy, Freedom freedom) {
    this.policy = policy;
    this.freedom = freedom;
    this.model = Model.of(policy, freedom);
    this.slices = new Slice[model.space().axis(0).size()];
    this.phrases = new Phrases(policy.vocabulary());
  }

  Policy policy() {
    return policy;
  }

  /** The answer to one request. */
  Judgement judgement(Facts facts, LocalDate day) {
    return Judgement.of(policy, freedom, facts, day);
  }

  /** The codes of its clauses. */
  Set<String> clauses() {
    return policy.clauses().stream().map(Clause::code).collect(Collectors.toSet());
  }

  Model model() {
    return model;
  }

  Space space() {
    return model.space();
  }

  /** How many acts the rows tell apart. */
  int acts() {
    return slices.length;
  }

  /**
   * What matters for one act: small ones are kept for the next check, large ones made anew.
   *
   * @param effort for which it is made
   * @return empty where it is too large to be gone through, or the effort is spent
   */
  Optional<Slice> slice(int cell, Effort effort) {
    Stopped.ifInterrupted();
    if (slices[cell] != null) {
      return Optional.of(slices[cell]);
    }
    if (effort.isSpent()) {
      return Optional.empty();
    }
    Optional<Slice> made = Slice.of(model, cell);
    made.ifPresent(slice -> effort.take(slice.labour()));
    if (made.isPresent() && kept + made.get().weight() <= MOST_KEPT) {
      kept += made.get().weight();
      slices[cell] = made.get();
    }
    return made;
  }

  Phrases phrases() {
    return phrases;
  }

  /** The number of the item that says that the row applies, or -1 where it cannot. */
  int applies(Slice slice, Row row) {
    return slice.local(model.itemsOf(row).get(0));
  }

  /** A request for which the question has a wanted label, or that there is none. */
  Optional<int[]> find(
      Slice slice, Question question, IntPredicate wanted, Effort.Search effort, int... needed) {
    long[] view = slice.ofView(0);
    for (int item : needed) {
      Bits.and(view, 0, slice.compatible(item));
    }
    Walk walk = new Walk(slice, List.of(question), List.of(view));
    return Finder.find(walk, Request.any(), wanted, bits(slice, needed), effort);
  }

  static long[] bits(Slice slice, int... items) {
    long[] bits = new long[slice.words()];
    Arrays.stream(items).forEach(item -> Bits.set(bits, 0, item));
    return bits;
  }

  /** Whether no row has a time in force, so that all days are alike. */
  boolean isAnyDay() {
    return space().axis(space().dayAxis()).size() == 1;
  }

  /** A request in labels; the day only where rows have a time in force. */
  String words(int[] at) {
    String facts = phrases.of(space().facts(at));
    return isAnyDay() ? facts : facts + "，日期=" + space().day(at);
  }

  /** {@code 第十一条(一) (11-1, 许可!12)}. */
  static String name(Row row) {
    Place place = row.place();
    return row.clause().locator()
        + " ("
        + row.clause().code()
        + ", "
        + place.sheet()
        + "!"
        + place.row()
        + ")";
  }

  List<Row> norms() {
    return policy.rows().stream().filter(Judgement::isNorm).toList();
  }

  static BitSet all(int size) {
    BitSet all = new BitSet();
    all.set(0, size);
    return all;
  }

  static <T> List<T> first(List<T> list, int most) {
    return new ArrayList<>(list.subList(0, Math.min(most, list.size())));
  }
}
