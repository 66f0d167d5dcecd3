package dev.clearance.cli;

import dev.clearance.analysis.Analysis;
import dev.clearance.decision.PolicyRules;
import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyCheck;
import dev.clearance.workbook.PolicyWorkbook;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says that work goes on, once it takes longer than a second. It counts workbooks by posing as a
 * check that finds nothing.
 */
final class Progress implements PolicyCheck, dev.clearance.analysis.Progress, AutoCloseable {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration EACH = Duration.ofSeconds(2);

  private final String what;
  private final PrintStream err;
  private final long start = System.nanoTime();
  private final AtomicInteger done = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;
  private volatile String state = "";

  Progress(String what, PrintStream err) {
    this.what = what;
    this.err = err;
    this.thread = new Thread(this::run, "clearance-progress");
    thread.setDaemon(true);
    thread.start();
  }

  /** What rows mean together, and this, which counts. */
  List<PolicyCheck> checks() {
    return List.of((workbook, rules) -> Analysis.of(workbook.policy(), rules.rules(), this), this);
  }

  @Override
  public List<Finding> findings(PolicyWorkbook workbook, PolicyRules rules) {
    say(done.incrementAndGet() + " done");
    return List.of();
  }

  @Override
  public void at(String step, int part, int of) {
    say(of > 1 ? step + " " + part + " of " + of : step);
  }

  /** What is going on, from now on. */
  void say(String now) {
    state = now;
  }

  private void run() {
    try {
      Duration pause = FIRST;
      while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        err.println(what + " … " + seconds + " s" + (state.isEmpty() ? "" : ", " + state));
        pause = EACH;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
