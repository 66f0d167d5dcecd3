package dev.clearance.cli;

/** The command cannot be carried out as it was given; the message says why. */
final class UsageError extends RuntimeException {

  UsageError(String message) {
    super(message, null, false, false);
  }
}
