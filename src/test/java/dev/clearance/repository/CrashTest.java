package dev.clearance.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clearance.decision.Digest;
import dev.clearance.repository.PolicyRepository.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publication that is cut short leaves the old version in force or the new one. */
class CrashTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int KILLS = Integer.getInteger("kills", 8);

  @TempDir Path root;
  private SmallFolder folder;
  private byte[] old;
  private final byte[] candidate = SmallFolder.policy("desk", "允许");

  @BeforeEach
  void folder() throws IOException {
    folder = SmallFolder.in(root);
    old = Files.readAllBytes(folder.tables().resolve("desk.xlsx"));
  }

  private PolicyRepository open() {
    return PolicyRepository.open(
        new Settings(folder.folder(), folder.history(), List.of(), List.of()), CLOCK);
  }

  private static byte[] inForce(PolicyRepository repository) {
    return repository.current().file("desk").orElseThrow().bytes();
  }

  private Entry entry() {
    return new Entry(
        Entry.Kind.PUBLISHED,
        "desk.xlsx",
        Digest.full(candidate),
        "v2",
        Optional.of("v1"),
        NOW.minusSeconds(60),
        "li",
        "relaxed",
        "");
  }

  @Test
  void cutShortBeforeTheWorkbookIsReplacedTheOldOneIsInForce() throws IOException {
    open().close();
    try (History history = History.open(folder.history())) {
      history.begin(entry(), candidate);
    }
    Files.write(folder.tables().resolve(".desk.xlsx.1.unfinished"), new byte[] {1, 2, 3});
    try (PolicyRepository repository = open()) {
      assertThat(inForce(repository)).isEqualTo(old);
      assertThat(repository.versions("desk")).extracting(Version::author).containsExactly("folder");
      try (Stream<Path> files = Files.list(folder.tables())) {
        assertThat(files).hasSize(2);
      }
    }
  }

  @Test
  void cutShortAfterTheWorkbookIsReplacedTheNewOneIsInForceWithItsAuthor() throws IOException {
    open().close();
    try (History history = History.open(folder.history())) {
      history.begin(entry(), candidate);
    }
    Durable.write(folder.tables().resolve("desk.xlsx"), candidate);
    for (int starts = 0; starts < 2; starts++) {
      try (PolicyRepository repository = open()) {
        assertThat(inForce(repository)).isEqualTo(candidate);
        assertThat(repository.versions("desk"))
            .extracting(Version::author, Version::note, Version::at)
            .containsExactly(
                tuple("li", "relaxed", NOW.minusSeconds(60)),
                tuple("folder", "found at the first start", NOW));
      }
    }
  }

  @Test
  void aJournalTornAtAnyByteIsRepaired() throws IOException {
    Path file = root.resolve("journal.tsv");
    Journal journal = Journal.open(file);
    Entry first = entry().as(Entry.Kind.BEGUN);
    journal.append(List.of(first));
    long whole = Files.size(file);
    journal.append(List.of(entry()));
    byte[] all = Files.readAllBytes(file);
    for (int length = (int) whole; length < all.length; length++) {
      byte[] torn = java.util.Arrays.copyOf(all, length);
      Files.write(file, torn);
      Journal reopened = Journal.open(file);
      assertThat(reopened.entries()).as("torn at " + length).containsExactly(first);
      reopened.append(List.of(entry()));
      assertThat(Files.readAllBytes(file)).isEqualTo(all);
    }
    // A disk may also hold a line's length without its content.
    byte[] zeros = java.util.Arrays.copyOf(all, all.length);
    java.util.Arrays.fill(zeros, (int) whole, zeros.length, (byte) 0);
    Files.write(file, zeros);
    assertThat(Journal.open(file).entries()).containsExactly(first);
  }

  @Test
  void aDamagedLineInTheMiddleOfTheJournalCostsOnlyItself() throws IOException {
    Path file = root.resolve("journal.tsv");
    Journal journal = Journal.open(file);
    journal.append(List.of(entry().as(Entry.Kind.BEGUN)));
    journal.append(List.of(entry(), entry()));
    byte[] all = Files.readAllBytes(file);
    all[20] ^= 1;
    Files.write(file, all);
    assertThat(Journal.open(file).entries()).containsExactly(entry(), entry());
    assertThat(Files.size(file)).isEqualTo(all.length);
  }

  @Test
  void whatIsKeptOfAVersionIsHealedFromTheFolderAndNeverGivenOutDamaged() throws IOException {
    String first;
    try (PolicyRepository repository = open()) {
      first = repository.current().file("desk").orElseThrow().version();
      repository.publish("desk", candidate, new Precondition.Whatever(), "li", "");
    }
    for (byte[] bytes : List.of(old, candidate)) {
      Files.write(folder.history().resolve("objects").resolve(Digest.full(bytes)), new byte[] {1});
    }
    try (PolicyRepository repository = open()) {
      String second = repository.current().file("desk").orElseThrow().version();
      assertThat(repository.workbook("desk", second)).hasValue(candidate);
      assertThat(repository.workbook("desk", first)).isEmpty();
      assertThat(repository.restore("desk", first, new Precondition.Whatever(), "li", ""))
          .isEqualTo(new Publication.NoSuchVersion());
    }
  }

  @Test
  void aLostJournalIsBegunAnewAndNoVersionIsThrownAway() throws IOException {
    try (PolicyRepository repository = open()) {
      repository.publish("desk", candidate, new Precondition.Whatever(), "li", "");
    }
    Files.delete(folder.history().resolve("journal.tsv"));
    try (PolicyRepository repository = open()) {
      assertThat(inForce(repository)).isEqualTo(candidate);
      assertThat(repository.versions("desk")).hasSize(1);
      assertThat(folder.history().resolve("objects").resolve(Digest.full(old))).exists();
    }
  }

  /** What the process that is killed does. */
  static final class Publisher {

    private Publisher() {}

    public static void main(String[] arguments) {
      SmallFolder folder = new SmallFolder(Path.of(arguments[0]));
      List<byte[]> workbooks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        workbooks.add(SmallFolder.policy("desk", "复制", i % 2 == 0 ? "允许" : "禁止", "第" + i));
      }
      PolicyRepository repository =
          PolicyRepository.open(
              new Settings(folder.folder(), folder.history(), List.of(), List.of()), CLOCK);
      repository.watch();
      System.out.println("ready");
      for (int i = 0; ; i++) {
        Publication result =
            repository.publish(
                "desk", workbooks.get(i % 8), new Precondition.Whatever(), "li", "number " + i);
        if (!(result instanceof Publication.Published)) {
          throw new IllegalStateException(result.toString());
        }
        // The answer to the publisher: from here on it must not be lost.
        System.out.println(repository.current().file("desk").orElseThrow().digest());
      }
    }
  }

  @Test
  void killedAtAnyMomentItStartsWithTheOldVersionOrTheNewOne() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("kills with -Dseed=" + seed);
    Random random = new Random(seed);
    int published = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> answered = publishUntilKilled(random);
      published += answered.size();
      try (PolicyRepository repository = open()) {
        PolicyFile file = repository.current().file("desk").orElseThrow();
        Version newest = repository.versions("desk").get(0);
        assertThat(newest)
            .extracting(Version::digest, Version::version)
            .containsExactly(file.digest(), file.version());
        assertThat(repository.workbook("desk", file.version())).hasValue(file.bytes());
        if (!answered.isEmpty()) {
          String last = answered.get(answered.size() - 1);
          List<String> newestTwo =
              repository.versions("desk").stream().limit(2).map(Version::digest).toList();
          assertThat(newestTwo)
              .as("the last publication that was answered, or the one that came after it")
              .contains(last);
          assertThat(newest.author()).isEqualTo("li");
        }
      }
    }
    assertThat(published).as("publications before the kills").isGreaterThan(KILLS);
  }

  private List<String> publishUntilKilled(Random random) throws Exception {
    Path output = root.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                Publisher.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.readAllLines(output).contains("ready")) {
        assertThat(process.isAlive() && System.nanoTime() < deadline)
            .as(() -> "the publisher runs: " + output)
            .isTrue();
        Thread.sleep(10);
      }
      Thread.sleep(random.nextInt(400));
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(output).stream()
        .filter(line -> line.matches("[0-9a-f]{64}"))
        .toList();
  }
}
