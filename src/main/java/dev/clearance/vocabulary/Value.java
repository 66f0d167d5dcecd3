package dev.clearance.vocabulary;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The value of an attribute in a request. Text forms are those of JSON and of the digest. */
public sealed interface Value {

  /** A term or a level, by its code. */
  record Code(String code) implements Value {
    @Override
    public String toString() {
      return code;
    }
  }

  /** A set of terms, by their codes, in the order of the codes. */
  record Codes(SortedSet<String> codes) implements Value {
    public Codes {
      codes = Collections.unmodifiableSortedSet(new TreeSet<>(codes));
    }

    public static Codes of(Collection<String> codes) {
      return new Codes(new TreeSet<>(codes));
    }

    @Override
    public String toString() {
      return codes.toString();
    }
  }

  /** An exact decimal; 7 and 7.00 are the same amount. */
  record Amount(BigDecimal number) implements Value {
    public Amount {
      number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    public static Amount of(long number) {
      return new Amount(BigDecimal.valueOf(number));
    }

    @Override
    public String toString() {
      return number.toPlainString();
    }
  }

  record Flag(boolean yes) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(yes);
    }
  }

  record Day(LocalDate date) implements Value {
    @Override
    public String toString() {
      return date.toString();
    }
  }

  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }
}
