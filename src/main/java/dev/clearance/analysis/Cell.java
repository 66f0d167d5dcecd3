package dev.clearance.analysis;

import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values of one attribute that no row can tell apart. */
sealed interface Cell {

  boolean holds(Value value);

  /** One of them; empty where the cell stands for no value, or for part of a set. */
  Optional<Value> sample();

  /** The request does not give the attribute. */
  record NotGiven() implements Cell {
    @Override
    public boolean holds(Value value) {
      return false;
    }

    @Override
    public Optional<Value> sample() {
      return Optional.empty();
    }
  }

  /** The request gives the set; which members it has is asked elsewhere. */
  record Given() implements Cell {
    @Override
    public boolean holds(Value value) {
      return true;
    }

    @Override
    public Optional<Value> sample() {
      return Optional.empty();
    }
  }

  record Codes(List<String> codes) implements Cell {
    public Codes {
      codes = List.copyOf(codes);
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Code code && codes.contains(code.code());
    }

    @Override
    public Optional<Value> sample() {
      return Optional.of(new Value.Code(codes.get(0)));
    }
  }

  record Texts(List<String> texts) implements Cell {
    public Texts {
      texts = List.copyOf(texts);
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Text text && texts.contains(text.text());
    }

    @Override
    public Optional<Value> sample() {
      return Optional.of(new Value.Text(texts.get(0)));
    }
  }

  /** Any text that no row mentions. */
  record OtherText(Set<String> mentioned) implements Cell {
    public OtherText {
      mentioned = Set.copyOf(mentioned);
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Text text && !mentioned.contains(text.text());
    }

    @Override
    public Optional<Value> sample() {
      String other = "其他";
      while (mentioned.contains(other)) {
        other += "*";
      }
      return Optional.of(new Value.Text(other));
    }
  }

  record Flag(boolean yes) implements Cell {
    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Flag flag && flag.yes() == yes;
    }

    @Override
    public Optional<Value> sample() {
      return Optional.of(new Value.Flag(yes));
    }
  }

  /** Numbers between two bounds; an absent bound is open. */
  record Numbers(
      Optional<BigDecimal> low,
      boolean lowIncluded,
      Optional<BigDecimal> high,
      boolean highIncluded)
      implements Cell {

    @Override
    public boolean holds(Value value) {
      if (!(value instanceof Value.Amount amount)) {
        return false;
      }
      int overLow = low.map(bound -> amount.number().compareTo(bound)).orElse(1);
      int underHigh = high.map(bound -> bound.compareTo(amount.number())).orElse(1);
      return (overLow > 0 || overLow == 0 && lowIncluded)
          && (underHigh > 0 || underHigh == 0 && highIncluded);
    }

    /** A whole number where there is one. */
    @Override
    public Optional<Value> sample() {
      return Optional.of(new Value.Amount(number()));
    }

    private BigDecimal number() {
      if (low.isPresent() && lowIncluded) {
        return low.get();
      }
      if (high.isPresent() && highIncluded) {
        return high.get();
      }
      if (low.isEmpty()) {
        return high.map(bound -> bound.subtract(BigDecimal.ONE)).orElse(BigDecimal.ONE);
      }
      BigDecimal next = low.get().add(BigDecimal.ONE);
      if (high.isEmpty() || next.compareTo(high.get()) < 0) {
        return next;
      }
      return low.get().add(high.get()).divide(BigDecimal.valueOf(2));
    }
  }

  /** Days from the first to the last, both included; an absent bound is open. */
  record Days(Optional<LocalDate> first, Optional<LocalDate> last) implements Cell {

    boolean contains(LocalDate day) {
      return first.map(bound -> !day.isBefore(bound)).orElse(true)
          && last.map(bound -> !day.isAfter(bound)).orElse(true);
    }

    LocalDate day() {
      return first.or(() -> last).orElse(LocalDate.of(2000, 1, 1));
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Day day && contains(day.date());
    }

    @Override
    public Optional<Value> sample() {
      return Optional.of(new Value.Day(day()));
    }
  }

  /** The rules leave the act free where no row speaks, or do not. */
  record Free(boolean yes) implements Cell {
    @Override
    public boolean holds(Value value) {
      return false;
    }

    @Override
    public Optional<Value> sample() {
      return Optional.empty();
    }
  }

  /** A set has, or has not, one of these members. */
  record Member(List<String> codes, boolean present) implements Cell {
    public Member {
      codes = List.copyOf(codes);
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Codes set
          && present == codes.stream().anyMatch(set.codes()::contains);
    }

    @Override
    public Optional<Value> sample() {
      return Optional.empty();
    }
  }
}
