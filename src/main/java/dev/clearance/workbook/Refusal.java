package dev.clearance.workbook;

import dev.clearance.finding.Check;

/** Ends the reading of a file that is not worth reading on. */
final class Refusal extends RuntimeException {

  private final Check check;
  private final String hint;

  Refusal(Check check, String message, String hint) {
    super(message, null, false, false);
    this.check = check;
    this.hint = hint;
  }

  Check check() {
    return check;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String hint() {
    return hint;
  }

  static Refusal tooLarge(String message) {
    return new Refusal(Check.TOO_LARGE, message, "split the workbook, or remove what is not used");
  }
}
