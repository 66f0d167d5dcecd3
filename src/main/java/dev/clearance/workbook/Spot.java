package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.source.Place;
import java.util.Optional;

/**
 * Where a text is read and what it is read as, so that a finding can name both.
 *
 * @param label the header of the column
 */
record Spot(Findings findings, Place place, String label) {

  void report(Check check, String message, String hint) {
    findings.add(check, place, message, hint);
  }

  void report(Check check, String message) {
    findings.add(check, place, message);
  }

  /** A name that is not among those known. */
  void unknown(Check check, String kind, String name, Optional<String> nearest) {
    report(check, label + " has no " + kind + " " + quoted(name), Findings.didYouMean(nearest));
  }

  static String quoted(String text) {
    String line = Texts.line(text);
    return '"' + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + '"';
  }
}
