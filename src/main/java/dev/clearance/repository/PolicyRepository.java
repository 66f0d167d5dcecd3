package dev.clearance.repository;

import dev.clearance.decision.Digest;
import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.source.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in force, and how that changes. Readers take {@link #current()} and never wait; writers
 * take turns, build the next release aside and swap one reference.
 *
 * <p>The folder of workbooks holds what is in force; the history holds every version that ever was.
 */
public final class PolicyRepository implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyRepository.class);
  private static final Pattern AN_ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int LONGEST_ID = 100;

  private final RulesFolder folder;
  private final Optional<History> history;
  private final String readOnly;
  private final Clock clock;
  private final AtomicReference<Release> current;
  private final Intake intake;
  private final long opened = System.nanoTime();
  private final ReentrantLock writing = new ReentrantLock(true);
  private Optional<FolderWatch> watch = Optional.empty();

  /**
   * Where the rules are and what they are held against.
   *
   * @param history the folder of versions; one service at a time may write it
   * @param defaults the policies that answer when a request names none
   * @param checks what every workbook is held against, besides its form and its examples
   */
  public record Settings(
      RulesFolder folder, Path history, List<String> defaults, List<PolicyCheck> checks) {

    public Settings {
      defaults = List.copyOf(defaults);
      checks = List.copyOf(checks);
    }

    /** The versions are kept in a folder beside that of the workbooks. */
    public static Path historyBeside(Path tables) {
      return tables.toAbsolutePath().normalize().resolveSibling("published");
    }
  }

  private PolicyRepository(
      RulesFolder folder,
      Optional<History> history,
      String readOnly,
      AtomicReference<Release> current,
      Clock clock) {
    this.folder = folder;
    this.history = history;
    this.readOnly = readOnly;
    this.current = current;
    this.clock = clock;
    this.intake = new Intake(folder, history, current, clock);
  }

  /**
   * Loads and checks everything. Where versions cannot be kept, because the folder for them is
   * read-only or another service uses it, this one answers and follows the folder, but does not
   * publish.
   *
   * @throws StartRefused when anything is wrong with any of it
   */
  public static PolicyRepository open(Settings settings, Clock clock) {
    Optional<History> history = Optional.empty();
    String readOnly = "";
    try {
      history = Optional.of(History.open(settings.history()));
    } catch (IOException unusable) {
      readOnly = "versions cannot be kept in " + settings.history();
      LOG.warn("nothing can be published: {} ({})", readOnly, unusable.toString());
    }
    try {
      if (history.isPresent()) {
        Durable.removeUnfinished(settings.folder().tables());
      }
      Release release = load(settings, clock);
      if (history.isPresent()) {
        history.get().reconcile(release, clock.instant());
      }
      return new PolicyRepository(
          settings.folder(), history, readOnly, new AtomicReference<>(release), clock);
    } catch (IOException | UncheckedIOException failure) {
      history.ifPresent(PolicyRepository::close);
      throw new StartRefused(String.valueOf(failure.getMessage()), failure);
    } catch (RuntimeException refused) {
      history.ifPresent(PolicyRepository::close);
      throw refused;
    }
  }

  private static Release load(Settings settings, Clock clock) {
    Checked<Release> loaded =
        settings.folder().load(settings.defaults(), settings.checks(), LocalDate.now(clock));
    for (Finding finding : loaded.findings()) {
      if (!finding.isError()) {
        LOG.info("{}", finding);
      }
    }
    return loaded.value().orElseThrow(() -> new StartRefused(loaded.findings()));
  }

  /** What is in force at this moment. A request asks once and keeps the answer. */
  public Release current() {
    return current.get();
  }

  /**
   * Checks a workbook and, when it is clean, puts it in force.
   *
   * @param precondition what must be in force for that
   * @throws UncheckedIOException when it could not be written; then nothing changed
   */
  public Publication publish(
      String policyId, byte[] bytes, Precondition precondition, String author, String note) {
    if (policyId.length() > LONGEST_ID
        || !AN_ID.matcher(policyId).matches()
        || (policyId + RulesFolder.WORKBOOK).equals(RulesFolder.VOCABULARY)) {
      return new Publication.NotClean(List.of(badId(policyId)));
    }
    if (history.isEmpty()) {
      return new Publication.ReadOnly(readOnly);
    }
    String name = policyId + RulesFolder.WORKBOOK;
    writing.lock();
    try {
      intake.lookAt(name);
      Optional<PolicyFile> before = current().file(policyId);
      Optional<String> version = before.map(PolicyFile::version);
      if (!precondition.holds(version)) {
        return new Publication.VersionMoved(version);
      }
      Checked<PolicyFile> checked = current().check(name, bytes, LocalDate.now(clock));
      if (checked.value().isEmpty()) {
        return new Publication.NotClean(checked.findings());
      }
      return put(history.get(), checked.value().get(), before, author, note);
    } finally {
      writing.unlock();
    }
  }

  private static Finding badId(String policyId) {
    return new Finding(
        Check.UNEXPECTED_VALUE,
        Place.of("workbook"),
        "no policy can be called \"" + policyId.replaceAll("\\p{C}", "?") + "\"",
        "write lower-case letters and digits, joined by hyphens");
  }

  // INVARIANT: the bytes are kept and the journal says what is about to happen before the workbook
  // is replaced, and the workbook is replaced before anybody is answered by it.
  private Publication put(
      History history, PolicyFile file, Optional<PolicyFile> before, String author, String note) {
    String inForce = before.map(PolicyFile::digest).orElse("");
    Entry entry =
        new Entry(
            Entry.Kind.PUBLISHED,
            file.name(),
            file.digest(),
            file.version(),
            before.map(PolicyFile::version),
            clock.instant(),
            author,
            note,
            current().foundation().listing().digest());
    try {
      Optional<byte[]> saved = intake.read(file.name());
      String savedDigest = saved.map(Digest::full).orElse("");
      if (before.isPresent() && file.digest().equals(inForce) && inForce.equals(savedDigest)) {
        return new Publication.Published(before.get(), false);
      }
      if (saved.isPresent() && !savedDigest.equals(inForce)) {
        history.setAside(file.name(), saved.get(), clock.instant());
      }
      history.begin(entry, file.bytes());
      Durable.write(folder.tables().resolve(file.name()), file.bytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(file.name() + " could not be saved", failure);
    }
    try {
      history.complete(entry);
    } catch (IOException failure) {
      // The workbook is replaced, so it is in force; the next start completes the journal.
      LOG.error("the journal could not be completed for {}", file.name(), failure);
    }
    current.set(current().with(file));
    intake.accept(file.name());
    LOG.info("{} was published by {} as version {}", file.name(), author, file.version());
    return new Publication.Published(file, before.isEmpty());
  }

  /** Publishes what an earlier version said. */
  public Publication restore(
      String policyId, String version, Precondition precondition, String author, String note) {
    Optional<byte[]> bytes = workbook(policyId, version);
    if (bytes.isEmpty()) {
      return new Publication.NoSuchVersion();
    }
    String restored = "restores " + version;
    return publish(
        policyId,
        bytes.get(),
        precondition,
        author,
        note.isEmpty() ? restored : restored + ": " + note);
  }

  /** The versions that a policy ever had, newest first; empty when none are kept. */
  public List<Version> versions(String policyId) {
    return history.map(kept -> kept.versions(policyId)).orElse(List.of());
  }

  /** The workbook of a version that is or was in force. */
  public Optional<byte[]> workbook(String policyId, String version) {
    try {
      for (Version one : versions(policyId)) {
        if (one.version().equals(version) && history.isPresent()) {
          return history.get().bytes(one);
        }
      }
      return current()
          .file(policyId)
          .filter(file -> file.version().equals(version))
          .map(PolicyFile::bytes);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the versions cannot be read", unreadable);
    }
  }

  /**
   * What a version stood on, or stands on: the vocabulary and the rules, by file name.
   *
   * @return empty when that is not kept
   */
  Optional<Map<String, byte[]>> foundation(String policyId, String version) {
    try {
      for (Version one : versions(policyId)) {
        if (one.version().equals(version) && history.isPresent()) {
          return history.get().foundation(one);
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the versions cannot be read", unreadable);
    }
  }

  /** Why the workbook that the folder holds for a policy is not in force. */
  public Optional<Rejection> rejected(String policyId) {
    return Optional.ofNullable(intake.rejections().get(policyId + RulesFolder.WORKBOOK));
  }

  /** Everything in the folders that is not in force, by file name. */
  public Collection<Rejection> rejections() {
    return List.copyOf(intake.rejections().values());
  }

  /** From now on, what is saved into the folders comes into force by itself. */
  public synchronized void watch() {
    if (watch.isEmpty()) {
      watch =
          Optional.of(
              new FolderWatch(List.of(folder.tables(), folder.rules()), this::lookAtFolders));
    }
  }

  private boolean lookAtFolders() {
    writing.lock();
    try {
      return intake.look(System.nanoTime() - opened);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public synchronized void close() {
    watch.ifPresent(FolderWatch::close);
    watch = Optional.empty();
    writing.lock();
    try {
      history.ifPresent(PolicyRepository::close);
    } finally {
      writing.unlock();
    }
  }

  private static void close(History history) {
    try {
      history.close();
    } catch (IOException failure) {
      LOG.warn("the folder of versions could not be closed", failure);
    }
  }
}
