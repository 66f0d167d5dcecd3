package dev.clearance.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines in a thread of its own, in the order in which they came. When the disk cannot keep
 * up, whoever brings a line waits, or the line is dropped and counted, as was chosen. A normal end
 * writes everything; a crash loses at most what came since the last {@linkplain Settings#sync
 * sync}.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Whoever brings a line need not wake the writer for it: it comes by itself soon enough. */
  private static final Duration GATHER = Duration.ofMillis(4);

  private static final Duration LOOK_UP = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration LAST_TRIES = Duration.ofSeconds(5);

  /** What happens when lines come faster than they can be written. */
  public enum WhenFull {
    SLOW_DOWN,
    DROP
  }

  /**
   * @param capacity how many lines may wait
   * @param patience how long the bringer of a line waits before giving up
   * @param mostBytes after which a file is set aside
   * @param keep how many of these files are kept; 0 for all
   * @param sync how often written lines are forced to the disk
   */
  public record Settings(
      Path file,
      WhenFull whenFull,
      int capacity,
      Duration patience,
      long mostBytes,
      int keep,
      Duration sync) {}

  /** The line was not taken: what it tells of must not be answered either. */
  public static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("the log of decisions takes no more lines", null, false, false);
    }
  }

  private final Settings settings;
  private final Backlog waiting;
  private final RollingFile file;
  private final Thread writer;
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  private volatile boolean closing;
  private volatile boolean failing;

  public Journal(Settings settings, Clock clock) {
    this.settings = settings;
    this.waiting = new Backlog(settings.capacity());
    this.file = new RollingFile(settings.file(), settings.mostBytes(), settings.keep(), clock);
    this.writer = new Thread(this::write, "decision-log");
    this.writer.start();
  }

  /**
   * @throws Full when lines are not to be dropped and this one found no room in time
   */
  public void add(Line line) {
    boolean drop = settings.whenFull() == WhenFull.DROP;
    // A disk that refuses will not be waited for by everybody, one after the other.
    Duration patience = drop || failing ? Duration.ZERO : settings.patience();
    boolean taken;
    try {
      taken = waiting.add(line, patience);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new Full();
    }
    if (taken) {
      return;
    }
    if (!drop) {
      throw new Full();
    }
    dropped.increment();
  }

  /** Lines that wait to be written. */
  public int backlog() {
    return waiting.size();
  }

  public long written() {
    return written.sum();
  }

  /** Lines that were lost, for want of room or because they could not be written. */
  public long dropped() {
    return dropped.sum();
  }

  /** Whether the disk refuses what is written. */
  public boolean isFailing() {
    return failing;
  }

  private void write() {
    long synced = System.nanoTime();
    boolean dirty = false;
    boolean ended = false;
    while (!ended) {
      try {
        // INVARIANT: once this is closing nothing is added, so what is empty then stays so.
        boolean last = closing;
        Optional<Block> next = waiting.take(LOOK_UP);
        ended = last && next.isEmpty();
        if (next.isPresent()) {
          Block block = next.get();
          append(block);
          dirty = true;
          boolean hurry = block.size() >= Block.SIZE / 2;
          waiting.giveBack(block);
          if (!hurry) {
            waiting.gather(GATHER);
          }
        }
        if (dirty && System.nanoTime() - synced >= settings.sync().toNanos()) {
          file.force();
          synced = System.nanoTime();
          dirty = false;
        }
      } catch (IOException unforced) {
        LOG.error("the log of decisions could not be forced to the disk", unforced);
        synced = System.nanoTime();
      } catch (InterruptedException woken) {
        LOG.debug("the writer of the log of decisions was woken", woken);
      }
    }
    try {
      file.close();
    } catch (IOException failure) {
      LOG.error("the log of decisions could not be closed", failure);
    }
  }

  /** Tries until the disk takes it, unless lines are to be dropped. */
  private void append(Block block) {
    long giveUp = 0;
    while (true) {
      try {
        file.append(block.bytes(), block.size());
        written.add(block.lines());
        if (failing) {
          failing = false;
          LOG.info("the log of decisions is written again");
        }
        return;
      } catch (IOException failure) {
        if (!failing) {
          failing = true;
          LOG.error("the log of decisions cannot be written to {}", settings.file(), failure);
        }
      }
      if (closing && giveUp == 0) {
        giveUp = System.nanoTime() + LAST_TRIES.toNanos();
      }
      if (settings.whenFull() == WhenFull.DROP || closing && System.nanoTime() > giveUp) {
        dropped.add(block.lines());
        LOG.error("{} lines of the log of decisions are lost", block.lines());
        return;
      }
      try {
        Thread.sleep(RETRY.toMillis());
      } catch (InterruptedException woken) {
        LOG.debug("the writer of the log of decisions was woken", woken);
      }
    }
  }

  /** The newest line that begins like this. */
  public Optional<String> newest(String beginning) throws IOException {
    List<Path> files = new ArrayList<>(RollingFile.older(settings.file()));
    files.add(settings.file());
    for (int i = files.size() - 1; i >= 0; i--) {
      Optional<String> found = last(files.get(i), beginning);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> last(Path path, String beginning) throws IOException {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    Optional<String> found = Optional.empty();
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(beginning)) {
          found = Optional.of(line);
        }
      }
    }
    return found;
  }

  /** Takes no more lines, and returns when those that it took are written. */
  @Override
  public void close() {
    // Not interrupted: that would close the file under a write.
    waiting.close();
    closing = true;
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException hurry) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
