package dev.clearance.web;

/** Ends the reading of a request; the problem is the answer. */
final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // No stack trace: the caller's mistake has no place in our code.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
