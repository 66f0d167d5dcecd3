package dev.clearance.policy;

import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cell asks of the value of its attribute. A value of another kind than the test is made for
 * never passes it.
 */
public sealed interface Test {

  boolean holds(Value value);

  /** Differs whenever the meaning differs: rules that share a key share their evaluation. */
  String key();

  /**
   * Is any of these terms, levels or texts.
   *
   * @param listed as the author wrote them, in his order
   * @param covered the listed ones and every narrower one
   */
  record AnyOf(List<String> listed, Set<String> covered) implements Test {
    public AnyOf {
      listed = List.copyOf(listed);
      covered = Set.copyOf(covered);
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Code code
          ? covered.contains(code.code())
          : value instanceof Value.Text text && covered.contains(text.text());
    }

    @Override
    public String key() {
      return "in" + keyOf(covered);
    }
  }

  /** Is given and is none of these. */
  record NoneOf(List<String> listed, Set<String> covered) implements Test {
    public NoneOf {
      listed = List.copyOf(listed);
      covered = Set.copyOf(covered);
    }

    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Code code
          ? !covered.contains(code.code())
          : value instanceof Value.Text text && !covered.contains(text.text());
    }

    @Override
    public String key() {
      return "not" + keyOf(covered);
    }
  }

  /** How a set is compared with the listed members. */
  enum Membership {
    /** All of them are in it. */
    HAS_ALL,
    /** At least one of them is in it. */
    HAS_ANY,
    /** At least one of them is missing. */
    LACKS_ANY,
    /** None of them is in it. */
    LACKS_ALL
  }

  /**
   * Compares a set with listed members.
   *
   * @param covered for each listed member the codes that count as it
   */
  record Members(Membership membership, List<String> listed, List<Set<String>> covered)
      implements Test {
    public Members {
      listed = List.copyOf(listed);
      covered = covered.stream().map(Set::copyOf).toList();
    }

    @Override
    public boolean holds(Value value) {
      if (!(value instanceof Value.Codes set)) {
        return false;
      }
      boolean all = true;
      boolean any = false;
      for (Set<String> member : covered) {
        boolean present = false;
        for (String code : set.codes()) {
          if (member.contains(code)) {
            present = true;
            break;
          }
        }
        all &= present;
        any |= present;
      }
      return switch (membership) {
        case HAS_ALL -> all;
        case HAS_ANY -> any;
        case LACKS_ANY -> !all;
        case LACKS_ALL -> !any;
      };
    }

    @Override
    public String key() {
      Set<String> members = new TreeSet<>();
      covered.forEach(member -> members.add(keyOf(member)));
      return membership + keyOf(members);
    }
  }

  /** Lies between two bounds; an absent bound is open. */
  record Between(
      Optional<BigDecimal> low,
      boolean lowIncluded,
      Optional<BigDecimal> high,
      boolean highIncluded)
      implements Test {

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

    @Override
    public String key() {
      return "between"
          + (lowIncluded ? "[" : "(")
          + low.map(Between::plain).orElse("")
          + ","
          + high.map(Between::plain).orElse("")
          + (highIncluded ? "]" : ")");
    }

    private static String plain(BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
  }

  record Is(boolean yes) implements Test {
    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Flag flag && flag.yes() == yes;
    }

    @Override
    public String key() {
      return "is" + yes;
    }
  }

  /** Is a day from the first to the last, both included; an absent bound is open. */
  record Within(Optional<LocalDate> first, Optional<LocalDate> last) implements Test {
    @Override
    public boolean holds(Value value) {
      return value instanceof Value.Day day
          && first.map(bound -> !day.date().isBefore(bound)).orElse(true)
          && last.map(bound -> !day.date().isAfter(bound)).orElse(true);
    }

    @Override
    public String key() {
      return "within" + first + last;
    }
  }

  /** Injective, whatever the members hold: each is preceded by its length. */
  private static String keyOf(Set<String> members) {
    StringBuilder key = new StringBuilder("{");
    for (String member : new LinkedHashSet<>(new TreeSet<>(members))) {
      key.append(member.length()).append(':').append(member);
    }
    return key.append('}').toString();
  }
}
