package dev.clearance;

import dev.clearance.repository.PolicyRepository;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;

/** Rules that are being opened in a thread of their own, until somebody takes them. */
final class Opening implements DisposableBean {

  private final FutureTask<PolicyRepository> opening;
  private boolean taken;

  Opening(Supplier<PolicyRepository> repository) {
    opening = new FutureTask<>(repository::get);
    new Thread(opening, "opening").start();
  }

  /**
   * Waits for them.
   *
   * @throws RuntimeException with which opening them failed
   */
  synchronized PolicyRepository take() {
    try {
      PolicyRepository repository = opening.get();
      taken = true;
      return repository;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException("the rules could not be opened", failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the rules were opened", stopping);
    }
  }

  /** What nobody took, because the start was refused for another reason, is closed again. */
  @Override
  public synchronized void destroy() {
    if (taken) {
      return;
    }
    PolicyRepository repository;
    try {
      repository = take();
    } catch (RuntimeException refused) {
      return;
    }
    repository.close();
  }
}
