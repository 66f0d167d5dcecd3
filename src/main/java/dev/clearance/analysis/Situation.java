package dev.clearance.analysis;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A set of requests that conditions describe, with a sample. */
public final class Situation {

  private final Box box;
  private final String words;
  private final List<Circumstance> circumstances;
  private final BigInteger count;
  private final Facts sample;
  private final LocalDate day;
  private final List<Row> before;
  private final List<Row> after;

  Situation(
      Box box,
      String words,
      List<Circumstance> circumstances,
      BigInteger count,
      List<Row> before,
      List<Row> after) {
    this.box = box;
    this.words = words;
    this.circumstances = List.copyOf(circumstances);
    this.count = count;
    int[] at = box.sample();
    this.sample = box.space().facts(at);
    this.day = box.space().day(at);
    this.before = List.copyOf(before);
    this.after = List.copyOf(after);
  }

  /** The conditions in the labels of the vocabulary: {@code 行为 复印 且 密级 秘密及以上}. */
  public String words() {
    return words;
  }

  /** The same, one by one and in codes. */
  public List<Circumstance> circumstances() {
    return circumstances;
  }

  /** How many combinations of values it holds that the rows can tell apart. */
  public BigInteger count() {
    return count;
  }

  /** One request of it, which gives no fact needlessly. */
  public Facts sample() {
    return sample;
  }

  /** The day for which the sample is asked; empty for any day. */
  public Optional<LocalDate> day() {
    return box.space().axis(box.space().dayAxis()).size() == 1
        ? Optional.empty()
        : Optional.of(day);
  }

  /** The rows of the old version behind the sample's answer. */
  public List<Row> before() {
    return before;
  }

  /** The rows of the new version behind the sample's answer. */
  public List<Row> after() {
    return after;
  }

  public boolean covers(Facts facts, LocalDate asOf) {
    return box.covers(facts, asOf);
  }

  @Override
  public String toString() {
    return words + " (" + count + ")";
  }
}
