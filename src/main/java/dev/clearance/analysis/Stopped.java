package dev.clearance.analysis;

/**
 * An analysis was given up half-way because the thread it ran on was interrupted: nobody waits for
 * it any more, or it took more than it may.
 */
public final class Stopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Stopped() {
    super("the analysis was stopped", null, false, false);
  }

  /** Goes on, unless the thread is interrupted; the interrupt stays. */
  static void ifInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new Stopped();
    }
  }
}
