package dev.clearance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines come out as they went in, all of them or counted. */
class JournalTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("log").resolve("decisions.ndjson");
  }

  private Journal journal(Journal.WhenFull whenFull, int capacity, long mostBytes, int keep) {
    return journal(whenFull, capacity, mostBytes, keep, CLOCK);
  }

  private Journal journal(
      Journal.WhenFull whenFull, int capacity, long mostBytes, int keep, Clock clock) {
    return new Journal(
        new Journal.Settings(
            file(),
            whenFull,
            capacity,
            Duration.ofMillis(200),
            mostBytes,
            keep,
            Duration.ofSeconds(1)),
        clock);
  }

  private static Line line(String text) {
    return block -> block.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyLineOfEveryThreadIsThereAfterTheEnd() throws Exception {
    List<Thread> threads = new ArrayList<>();
    try (Journal journal = journal(Journal.WhenFull.SLOW_DOWN, 16, 1 << 20, 0)) {
      for (int t = 0; t < 4; t++) {
        int thread = t;
        Thread one =
            new Thread(
                () ->
                    IntStream.range(0, 5000)
                        .forEach(i -> journal.add(line(thread + ":" + i + "档"))));
        one.start();
        threads.add(one);
      }
      for (Thread one : threads) {
        one.join();
      }
    }
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(20_000).doesNotHaveDuplicates();
    for (int t = 0; t < 4; t++) {
      String start = t + ":";
      assertThat(lines.stream().filter(line -> line.startsWith(start)).toList())
          .isEqualTo(IntStream.range(0, 5000).mapToObj(i -> start + i + "档").toList());
    }
  }

  @Test
  void aFileThatHasGrownIsSetAsideAndTheOldestGo() throws Exception {
    try (Journal journal = journal(Journal.WhenFull.SLOW_DOWN, 16, 40, 2)) {
      for (int i = 0; i < 6; i++) {
        journal.add(line("line " + i + " " + "x".repeat(22)));
        while (journal.written() <= i) {
          Thread.sleep(5);
        }
      }
      assertThat(journal.newest("line 4")).contains("line 4 " + "x".repeat(22));
      assertThat(journal.newest("line 1")).isEmpty();
    }
    assertThat(RollingFile.older(file()))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("decisions.2026-11-22.004.ndjson", "decisions.2026-11-22.005.ndjson");
  }

  @Test
  void halfALineThatACrashLeftStaysByItself() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "whole\nhal");
    Files.setLastModifiedTime(file(), FileTime.from(CLOCK.instant()));
    try (Journal journal = journal(Journal.WhenFull.SLOW_DOWN, 16, 1 << 20, 0)) {
      journal.add(line("next"));
    }
    assertThat(Files.readAllLines(file())).containsExactly("whole", "hal", "next");
  }

  /** A folder where the file should be refuses every write, as a full disk does. */
  @Test
  void whatTheDiskRefusesIsWaitedForUntilItIsTaken() throws Exception {
    Files.createDirectories(file());
    try (Journal journal = journal(Journal.WhenFull.SLOW_DOWN, 2, 1 << 20, 0)) {
      journal.add(line("first"));
      while (!journal.isFailing()) {
        Thread.sleep(5);
      }
      journal.add(line("second"));
      journal.add(line("third"));
      assertThatThrownBy(() -> journal.add(line("fourth"))).isInstanceOf(Journal.Full.class);
      Files.delete(file());
    }
    assertThat(Files.readAllLines(file())).containsExactly("first", "second", "third");
  }

  @Test
  void whatIsDroppedIsCounted() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Journal journal =
        journal(Journal.WhenFull.DROP, 2, 1 << 20, 0, keepsWaiting("decision-log", slow));
    journal.add(line("first"));
    while (journal.backlog() > 0) {
      Thread.sleep(5);
    }
    for (int i = 0; i < 5; i++) {
      journal.add(line("more " + i));
    }
    slow.countDown();
    journal.close();

    assertThat(journal.dropped()).isEqualTo(3);
    assertThat(journal.written()).isEqualTo(3);
    assertThat(Files.readAllLines(file())).containsExactly("first", "more 0", "more 1");
  }

  @Test
  void aLineThatCannotBeSpelledOutIsToldToItsBringerAndSpoilsNoOther() throws Exception {
    try (Journal journal = journal(Journal.WhenFull.SLOW_DOWN, 16, 1 << 20, 0)) {
      journal.add(line("first"));
      assertThatThrownBy(
              () ->
                  journal.add(
                      out -> {
                        out.write('x');
                        throw new IllegalStateException("no words");
                      }))
          .hasMessage("no words");
      journal.add(line("second"));
    }
    assertThat(Files.readAllLines(file())).containsExactly("first", "second");
  }

  @Test
  void aLineMayBeLongerThanWhatIsWrittenAtOnce() throws Exception {
    List<String> lines =
        List.of("short", "x".repeat(Block.SIZE), "y".repeat(3 * Block.SIZE), "z", "w".repeat(70));
    try (Journal journal = journal(Journal.WhenFull.SLOW_DOWN, 16, 1 << 20, 0)) {
      lines.forEach(text -> journal.add(line(text)));
    }
    assertThat(Files.readAllLines(file())).isEqualTo(lines);
  }

  /** A clock that lets a thread wait for its time. */
  private static Clock keepsWaiting(String thread, CountDownLatch until) {
    return new Clock() {
      @Override
      public Instant instant() {
        if (Thread.currentThread().getName().equals(thread)) {
          try {
            until.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
        }
        return CLOCK.instant();
      }

      @Override
      public ZoneId getZone() {
        return CLOCK.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
