package dev.clearance.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.clearance.analysis.Analysis;
import dev.clearance.analysis.Difference;
import dev.clearance.analysis.ExampleProposal;
import dev.clearance.analysis.Stopped;
import dev.clearance.decision.Freedom;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Finds out what the rows of a workbook mean together. One at a time and within a time: an analysis
 * may keep a processor busy for long, and those who ask questions must not feel it. What does not
 * end in time is given up, and its absence told.
 */
@Component
final class Analyst implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Analyst.class);

  private static final int WAITING = 8;
  private static final int REMEMBERED = 16;

  /** Diagrams are walked recursively, an axis for each level. */
  private static final long STACK = 16 << 20;

  private final Duration most;
  private final Semaphore turn = new Semaphore(1, true);
  private final ExecutorService worker;
  private final Cache<Object, Object> remembered =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Duration.ofMinutes(10))
          .executor(Runnable::run)
          .build();

  Analyst(@Value("${clearance.analysis.most-time}") Duration most) {
    this.most = most;
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(null, task, "clearance-analysis", STACK);
              thread.setDaemon(true);
              return thread;
            });
  }

  private record Meaning(String version) {}

  private record Between(String before, String after) {}

  /**
   * Conflicts, gaps and their like.
   *
   * @param version of the policy, by which it is known again
   * @return empty when it did not end in time
   * @throws ProblemException (503) when too many others wait
   */
  Optional<List<Finding>> findings(String version, Policy policy, Freedom freedom) {
    return within(new Meaning(version), () -> Analysis.of(policy, freedom));
  }

  /** As {@link #findings}, exactly what tells two versions of a policy apart. */
  Optional<Difference> difference(
      String versionBefore, Policy before, String versionAfter, Policy after, Freedom freedom) {
    return within(
        new Between(versionBefore, versionAfter), () -> Difference.between(before, after, freedom));
  }

  private record Uncovered(String version) {}

  /** As {@link #findings}, examples for the rows of a policy that have none. */
  Optional<List<ExampleProposal>> examples(
      String version, Policy policy, Freedom freedom, Collection<Row> rows) {
    return within(new Uncovered(version), () -> Analysis.examplesFor(policy, freedom, rows));
  }

  @SuppressWarnings("unchecked") // A key is used for one kind of result only.
  private <T> Optional<T> within(Object key, Callable<T> analysis) {
    Object known = remembered.getIfPresent(key);
    if (known != null) {
      return Optional.of((T) known);
    }
    Optional<T> result = inTurn(analysis);
    result.ifPresent(one -> remembered.put(key, one));
    return result;
  }

  private <T> Optional<T> inTurn(Callable<T> analysis) {
    if (turn.getQueueLength() >= WAITING) {
      throw new ProblemException(Problem.overloaded());
    }
    try {
      if (!turn.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
      try {
        return inTime(worker.submit(analysis));
      } finally {
        turn.release();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private <T> Optional<T> inTime(Future<T> running) throws InterruptedException {
    try {
      return Optional.of(running.get(most.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      LOG.warn("an analysis was given up after {}", most);
      return Optional.empty();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof Stopped)) {
        LOG.error("an analysis failed", failure.getCause());
      }
      return Optional.empty();
    } finally {
      running.cancel(true);
    }
  }

  @Override
  public void destroy() {
    worker.shutdownNow();
  }
}
