package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.finding.Severity;
import dev.clearance.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with one workbook. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();
  private int errors;

  void add(Check check, Place place, String message, String hint) {
    if (check.severity() == Severity.ERROR && ++errors >= Limits.ERRORS) {
      all.add(
          new Finding(
              Check.TOO_LARGE,
              Place.of(place.workbook()),
              "the workbook has too many errors to list them all",
              "correct those listed, then check again"));
      throw new TooMany();
    }
    all.add(new Finding(check, place, message, hint));
  }

  void add(Check check, Place place, String message) {
    add(check, place, message, "");
  }

  void refuse(Place place, Refusal refusal) {
    add(refusal.check(), place, refusal.message(), refusal.hint());
  }

  boolean hasErrors() {
    return errors > 0;
  }

  List<Finding> all() {
    return List.copyOf(all);
  }

  /** What to try instead of a word that the vocabulary does not know. */
  static String didYouMean(Optional<String> nearest) {
    return didYouMean(nearest, "use a word of the vocabulary, or add this one there");
  }

  static String didYouMean(Optional<String> nearest, String otherwise) {
    return nearest.map(name -> "did you mean " + name + "?").orElse(otherwise);
  }

  /** Thrown once so much is wrong that reading on would only cost time. */
  static final class TooMany extends RuntimeException {
    private TooMany() {
      super("too many errors", null, false, false);
    }
  }
}
