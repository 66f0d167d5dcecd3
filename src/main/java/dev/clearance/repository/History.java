package dev.clearance.repository;

import dev.clearance.decision.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every version that was ever in force, on disk: the bytes by their digest in {@code objects}, and
 * a journal that says which came into force when, by whom and why. A version is kept with the
 * vocabulary and the rules that it stood on, so that it can be asked again after these change.
 *
 * <p>The folder of workbooks, not the journal, says what is in force; the journal follows it. A
 * publication is journalled before it touches the workbook and again after, so that whatever a
 * crash leaves undone is seen at the next start, and the author of what it left done is known.
 */
final class History implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final FileChannel lock;
  private final Journal journal;

  private History(Path folder, FileChannel lock, Journal journal) {
    this.folder = folder;
    this.lock = lock;
    this.journal = journal;
  }

  /** A file that is in force, whatever the journal says. */
  private record Standing(
      String file, byte[] bytes, String digest, String version, String foundation) {

    static List<Standing> of(Release release) {
      List<Standing> all = new ArrayList<>();
      // A file that all policies stand on is its own version; theirs change with it.
      for (SourceFile file : release.foundation().files().values()) {
        all.add(new Standing(file.name(), file.bytes(), file.digest(), file.digest(), ""));
      }
      for (PolicyFile file : release.files()) {
        String foundation = release.foundation().listing().digest();
        all.add(new Standing(file.name(), file.bytes(), file.digest(), file.version(), foundation));
      }
      return all;
    }
  }

  /**
   * Opens the history, and creates it at the first start.
   *
   * @throws IOException when it cannot be written, or another process has it open
   */
  static History open(Path folder) throws IOException {
    Durable.createFolder(folder.resolve("objects"));
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!isFree(lock)) {
        throw new IOException("another service has the folder " + folder + " open");
      }
      Durable.removeUnfinished(folder.resolve("objects"));
      History history = new History(folder, lock, Journal.open(folder.resolve("journal.tsv")));
      history.reportStrays();
      return history;
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException held) {
      return false;
    }
  }

  /** They speak of a lost journal, so they are kept for whoever repairs it. */
  private void reportStrays() throws IOException {
    Set<String> known =
        journal.entries().stream()
            .flatMap(entry -> Stream.of(entry.digest(), entry.foundation()))
            .collect(Collectors.toSet());
    try (Stream<Path> objects = Files.list(folder.resolve("objects"))) {
      long strays =
          objects.filter(object -> !known.contains(object.getFileName().toString())).count();
      if (strays > 0) {
        LOG.warn("{}: the journal does not mention {} of the files kept", folder, strays);
      }
    }
  }

  /**
   * Makes the journal say what stands in the folder, and heals what it keeps of it.
   *
   * @param release everything in force
   */
  void reconcile(Release release, Instant now) throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    for (Standing one : Standing.of(release)) {
      all.put(one.digest(), one.bytes());
    }
    SourceFile foundation = release.foundation().listing();
    all.put(foundation.digest(), foundation.bytes());
    keep(all);
    follow(release, "while the service was down", now);
  }

  /**
   * Follows a change that was made in the folder.
   *
   * @param release everything in force
   * @param when completes "saved …"
   */
  void follow(Release release, String when, Instant now) throws IOException {
    List<Standing> standing = Standing.of(release);
    List<Entry> missing = missing(standing, when, now);
    missing.addAll(removed(standing, when, now));
    Set<String> digests = missing.stream().map(Entry::digest).collect(Collectors.toSet());
    Map<String, byte[]> changed = new TreeMap<>();
    for (Standing one : standing) {
      if (digests.contains(one.digest())) {
        changed.put(one.digest(), one.bytes());
      }
    }
    if (!missing.isEmpty()) {
      SourceFile foundation = release.foundation().listing();
      changed.put(foundation.digest(), foundation.bytes());
    }
    keep(changed);
    journal.append(missing);
  }

  private List<Entry> removed(Collection<Standing> standing, String when, Instant now) {
    Set<String> present = standing.stream().map(Standing::file).collect(Collectors.toSet());
    List<Entry> removed = new ArrayList<>();
    for (String file : files()) {
      Optional<Entry> last = last(file).filter(entry -> entry.kind() == Entry.Kind.PUBLISHED);
      if (last.isPresent() && !present.contains(file)) {
        LOG.warn("{} was removed {} and is no longer in force", file, when);
        Optional<String> version = Optional.of(last.get().version());
        String note = "removed " + when;
        removed.add(
            new Entry(Entry.Kind.REMOVED, file, "", "", version, now, Version.FOLDER, note, ""));
      }
    }
    return removed;
  }

  private List<Entry> missing(Collection<Standing> standing, String when, Instant now) {
    List<Entry> missing = new ArrayList<>();
    for (Standing one : standing) {
      Optional<Entry> last = last(one.file());
      boolean sameBytes = last.map(entry -> entry.digest().equals(one.digest())).orElse(false);
      if (sameBytes && last.get().version().equals(one.version())) {
        continue;
      }
      Optional<Entry> begun =
          begun(one.file()).filter(entry -> entry.digest().equals(one.digest()));
      String note =
          sameBytes
              ? "the vocabulary or the rules changed " + when
              : last.isPresent() ? "saved " + when : "found at the first start";
      missing.add(
          new Entry(
              Entry.Kind.PUBLISHED,
              one.file(),
              one.digest(),
              one.version(),
              last.filter(entry -> entry.kind() == Entry.Kind.PUBLISHED).map(Entry::version),
              begun.map(Entry::at).orElse(now),
              begun.map(Entry::author).orElse(Version.FOLDER),
              begun.map(Entry::note).orElse(note),
              one.foundation()));
    }
    return missing;
  }

  /** What is about to happen, and the bytes for it. */
  void begin(Entry entry, byte[] bytes) throws IOException {
    journal.append(List.of(entry.as(Entry.Kind.BEGUN)));
    keep(Map.of(entry.digest(), bytes));
  }

  /** It has happened. */
  void complete(Entry entry) throws IOException {
    journal.append(List.of(entry.as(Entry.Kind.PUBLISHED)));
  }

  /** Heals what is not as it was, too. */
  private void keep(Map<String, byte[]> byDigest) throws IOException {
    Map<String, byte[]> absent = new TreeMap<>();
    for (Map.Entry<String, byte[]> one : byDigest.entrySet()) {
      if (read(one.getKey()).isEmpty()) {
        absent.put(one.getKey(), one.getValue());
      }
    }
    Durable.write(folder.resolve("objects"), absent);
  }

  /** The bytes with this digest, if they are still what they were. */
  private Optional<byte[]> read(String digest) throws IOException {
    if (!digest.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve("objects").resolve(digest));
      return Optional.of(bytes).filter(kept -> Digest.full(kept).equals(digest));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /** Keeps a draft that a publication is about to write over. */
  void setAside(String file, byte[] bytes, Instant now) throws IOException {
    Path drafts = folder.resolve("set-aside");
    Durable.createFolder(drafts);
    String name = STAMP.format(now) + "-" + Digest.full(bytes).substring(0, 8) + "-" + file;
    Durable.write(drafts.resolve(name), bytes);
    LOG.warn("{} held a draft that was not in force; it is kept as {}", file, drafts.resolve(name));
  }

  /** The versions of a policy, newest first. */
  List<Version> versions(String policyId) {
    return newest(policyId + RulesFolder.WORKBOOK)
        .filter(entry -> entry.kind() == Entry.Kind.PUBLISHED)
        .map(
            entry ->
                new Version(
                    policyId,
                    entry.version(),
                    entry.digest(),
                    entry.at(),
                    entry.author(),
                    entry.note(),
                    entry.previous()))
        .toList();
  }

  Optional<byte[]> bytes(Version version) throws IOException {
    return read(version.digest());
  }

  /**
   * What a version stood on: the vocabulary and the rules as they were, by file name.
   *
   * @return empty when any of it is not kept
   */
  Optional<Map<String, byte[]>> foundation(Version version) throws IOException {
    Optional<String> listing =
        newest(version.policyId() + RulesFolder.WORKBOOK)
            .filter(entry -> entry.kind() == Entry.Kind.PUBLISHED)
            .filter(entry -> entry.version().equals(version.version()))
            .map(Entry::foundation)
            .findFirst();
    Optional<byte[]> listed = listing.isEmpty() ? Optional.empty() : read(listing.get());
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, String> one : Foundation.digests(listed.get()).entrySet()) {
      Optional<byte[]> bytes = read(one.getValue());
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      files.put(one.getKey(), bytes.get());
    }
    return Optional.of(files);
  }

  private Set<String> files() {
    return journal.entries().stream()
        .map(Entry::file)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<Entry> last(String file) {
    return newest(file).filter(entry -> entry.kind() != Entry.Kind.BEGUN).findFirst();
  }

  /** A publication of which the journal does not say that it was completed. */
  private Optional<Entry> begun(String file) {
    return newest(file).findFirst().filter(entry -> entry.kind() == Entry.Kind.BEGUN);
  }

  private Stream<Entry> newest(String file) {
    List<Entry> all = journal.entries();
    return Stream.iterate(all.size() - 1, at -> at >= 0, at -> at - 1)
        .map(all::get)
        .filter(entry -> entry.file().equals(file));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
