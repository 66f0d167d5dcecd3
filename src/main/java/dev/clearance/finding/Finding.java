package dev.clearance.finding;

import dev.clearance.source.Place;
import java.util.Comparator;

/**
 * One thing that is wrong, at its place. The message is one sentence that says what is wrong; the
 * hint says what to try and may be empty.
 */
public record Finding(Check check, Place place, String message, String hint)
    implements Comparable<Finding> {

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::place)
          .thenComparing(Finding::check)
          .thenComparing(Finding::message);

  public Severity severity() {
    return check.severity();
  }

  public boolean isError() {
    return severity() == Severity.ERROR;
  }

  @Override
  public int compareTo(Finding other) {
    return BY_PLACE.compare(this, other);
  }

  /** {@code housing-centre.xlsx!许可!D7: error unknown-term: … (did you mean 文档?)}. */
  @Override
  public String toString() {
    String text =
        place + ": " + severity().name().toLowerCase() + " " + check.code() + ": " + message;
    return hint.isEmpty() ? text : text + " (" + hint + ")";
  }
}
