package dev.clearance.repository;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at folders when the system says that something changed, and every second in any case: on
 * network shares the system says nothing.
 */
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration ALWAYS = Duration.ofSeconds(1);
  private static final Duration WHILE_WRITTEN = Duration.ofMillis(100);

  private final BooleanSupplier look;
  private final Optional<WatchService> events;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param look what to do each time; answers whether all is settled
   */
  FolderWatch(List<Path> folders, BooleanSupplier look) {
    this.look = look;
    this.events = events(folders);
    this.thread = new Thread(this::run, "clearance-folder-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static Optional<WatchService> events(List<Path> folders) {
    try {
      WatchService service = FileSystems.getDefault().newWatchService();
      try {
        for (Path folder : folders) {
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
        }
        return Optional.of(service);
      } catch (IOException | RuntimeException unsupported) {
        service.close();
        throw unsupported;
      }
    } catch (IOException | RuntimeException unsupported) {
      LOG.info("changes are looked for every second: {}", unsupported.toString());
      return Optional.empty();
    }
  }

  private void run() {
    while (closed.getCount() > 0) {
      Duration pause = ALWAYS;
      try {
        if (!look.getAsBoolean()) {
          pause = WHILE_WRITTEN;
        }
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
        LOG.error("the folders could not be looked at", failure);
      }
      try {
        await(pause);
      } catch (InterruptedException | ClosedWatchServiceException end) {
        return;
      }
    }
  }

  private void await(Duration pause) throws InterruptedException {
    if (events.isEmpty() || pause.equals(WHILE_WRITTEN)) {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    WatchKey key = events.get().poll(pause.toMillis(), TimeUnit.MILLISECONDS);
    if (key != null) {
      key.pollEvents();
      key.reset();
    }
  }

  /** Waits for a look under way to end; to interrupt it could cut off a write. */
  @Override
  public void close() {
    closed.countDown();
    try {
      events.ifPresent(FolderWatch::close);
      thread.join(Duration.ofSeconds(30).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(WatchService service) {
    try {
      service.close();
    } catch (IOException failure) {
      LOG.warn("the watch could not be closed", failure);
    }
  }
}
