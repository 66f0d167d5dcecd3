package dev.clearance.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Where workbooks are worked on, a few at a time: each may take a hundred megabytes and seconds,
 * and those who ask questions must not feel it.
 */
@Component
final class Desk {

  private static final int AT_A_TIME = 2;
  private static final int WAITING = 8;
  private static final long SECONDS = 20;

  private final Semaphore places = new Semaphore(AT_A_TIME, true);

  /** Something done with a workbook. */
  @FunctionalInterface
  interface Work<T> {
    T go() throws IOException;
  }

  /**
   * @throws ProblemException (503) when too many others wait
   */
  <T> T at(Work<T> work) throws IOException {
    if (!enter()) {
      throw new ProblemException(Problem.overloaded());
    }
    try {
      return work.go();
    } finally {
      places.release();
    }
  }

  private boolean enter() {
    if (places.getQueueLength() >= WAITING) {
      return false;
    }
    try {
      return places.tryAcquire(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
