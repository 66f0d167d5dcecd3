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
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what is saved into the folders: clean workbooks come into force, for the others it keeps
 * what is wrong. Nothing that is in force is lost by a file being broken or deleted.
 *
 * <p>Writers take turns; {@link #rejections()} may be asked at any time.
 */
final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  private final RulesFolder folder;
  private final Optional<History> history;
  private final AtomicReference<Release> current;
  private final Clock clock;
  private final Settling settling = new Settling();

  /** Digests of what was refused, so that it is not checked again and again. */
  private final Map<String, String> refused = new HashMap<>();

  /** All that lay in the folders when a change of vocabulary or rules was refused. */
  private Map<String, String> refusedWhole = Map.of();

  private long lastLook;

  /** When to look again after the disk failed. */
  private long notBefore;

  private volatile Map<String, Rejection> rejections = Map.of();

  Intake(
      RulesFolder folder,
      Optional<History> history,
      AtomicReference<Release> current,
      Clock clock) {
    this.folder = folder;
    this.history = history;
    this.current = current;
    this.clock = clock;
  }

  Map<String, Rejection> rejections() {
    return rejections;
  }

  /**
   * Looks once.
   *
   * @param nanos what a clock says that only ever grows, from 0 or more
   * @return whether everything saved is taken in or refused; false: look again soon
   */
  boolean look(long nanos) {
    if (nanos < notBefore) {
      return true;
    }
    lastLook = nanos;
    Map<String, Path> files = new TreeMap<>();
    String folderName = folder.tables().toString();
    try {
      files.putAll(RulesFolder.list(folder.tables(), RulesFolder.WORKBOOK));
      files.putAll(RulesFolder.list(folder.rules(), RulesFolder.RULES));
      accept(folderName);
    } catch (UncheckedIOException unreadable) {
      reject(folderName, "", List.of(unreadable(folderName, "the folder cannot be read")));
      return true;
    }
    Settling.Look look = settling.look(files, nanos);
    takeInFoundation(files, look);
    for (Map.Entry<String, String> file : look.digests().entrySet()) {
      if (isPolicy(file.getKey())) {
        takeIn(file.getKey(), file.getValue());
      }
    }
    reportDeleted(files);
    return look.resting();
  }

  /** Takes in one workbook at once, so that a publication does not write over an edit unseen. */
  void lookAt(String name) {
    try {
      read(name).ifPresent(bytes -> takeIn(name, Digest.full(bytes)));
    } catch (UncheckedIOException unreadable) {
      LOG.warn("{} cannot be read", name, unreadable);
    }
  }

  /** What lies in the folder of workbooks under a name. */
  Optional<byte[]> read(String name) {
    Optional<Path> file =
        Optional.ofNullable(RulesFolder.list(folder.tables(), RulesFolder.WORKBOOK).get(name));
    return file.map(RulesFolder::read);
  }

  /** The file holds what is in force. */
  void accept(String name) {
    refused.remove(name);
    if (rejections.containsKey(name)) {
      Map<String, Rejection> fewer = new TreeMap<>(rejections);
      fewer.remove(name);
      rejections = fewer;
    }
  }

  private static boolean isPolicy(String name) {
    return name.endsWith(RulesFolder.WORKBOOK) && !name.equals(RulesFolder.VOCABULARY);
  }

  private static String policyId(String name) {
    return name.substring(0, name.length() - RulesFolder.WORKBOOK.length());
  }

  private void takeIn(String name, String digest) {
    Release base = current.get();
    Optional<PolicyFile> inForce = base.file(policyId(name));
    if (inForce.isPresent() && inForce.get().digest().equals(digest)) {
      accept(name);
      return;
    }
    if (digest.equals(refused.get(name))) {
      return;
    }
    try {
      byte[] bytes = RulesFolder.read(folder.tables().resolve(name));
      Checked<PolicyFile> checked = base.check(name, bytes, LocalDate.now(clock));
      if (checked.value().isEmpty()) {
        reject(name, Digest.full(bytes), checked.findings());
        return;
      }
      PolicyFile file = checked.value().get();
      Release next = base.with(file);
      bringIn(next);
      accept(name);
      LOG.info("{} was saved and is in force as version {}", name, file.version());
    } catch (IOException | UncheckedIOException failure) {
      rejectForNow(name, failure);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      LOG.error("{} could not be checked", name, failure);
      reject(name, digest, List.of(unreadable(name, "the workbook could not be checked")));
    }
  }

  /** A change of what all policies stand on comes into force with all of them or not at all. */
  private void takeInFoundation(Map<String, Path> files, Settling.Look look) {
    Release base = current.get();
    Map<String, String> before = new TreeMap<>();
    base.foundation().files().forEach((name, file) -> before.put(name, file.digest()));
    Map<String, String> after = new TreeMap<>(look.digests());
    after.keySet().removeIf(Intake::isPolicy);
    if (!files.containsKey(RulesFolder.VOCABULARY)) {
      after.put(RulesFolder.VOCABULARY, before.get(RulesFolder.VOCABULARY));
    }
    List<String> changed = changed(before, after);
    before.keySet().stream()
        .filter(name -> files.containsKey(name) && !changed.contains(name))
        .forEach(this::accept);
    if (changed.isEmpty()) {
      refusedWhole = Map.of();
      return;
    }
    if (!look.resting() || look.digests().equals(refusedWhole)) {
      return;
    }
    String names = String.join(", ", changed);
    try {
      Checked<Release> whole = whole(base, files, look);
      if (whole.value().isEmpty()) {
        refusedWhole = look.digests();
        changed.forEach(name -> reject(name, "", whole.findings()));
        return;
      }
      Release next = whole.value().get();
      bringIn(next);
      changed.forEach(this::accept);
      // What the old words refused, the new ones may take.
      refused.clear();
      LOG.info("{} changed; all policies are checked anew and in force", names);
    } catch (IOException | UncheckedIOException failure) {
      changed.forEach(name -> rejectForNow(name, failure));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      LOG.error("{} could not be checked", names, failure);
      refusedWhole = look.digests();
      changed.forEach(
          name -> reject(name, "", List.of(unreadable(name, "the file could not be checked"))));
    }
  }

  private void bringIn(Release next) throws IOException {
    if (history.isPresent()) {
      history.get().follow(next, "in the folder", clock.instant());
    }
    current.set(next);
  }

  private static List<String> changed(Map<String, String> before, Map<String, String> after) {
    Map<String, String> all = new TreeMap<>(before);
    all.putAll(after);
    return all.keySet().stream()
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .toList();
  }

  /**
   * Every policy in force, under what the folders hold now. Where the workbook in the folder is a
   * draft that is not clean, the one in force is tried in its place.
   */
  private Checked<Release> whole(Release base, Map<String, Path> files, Settling.Look look) {
    Map<String, byte[]> drl = new TreeMap<>();
    files.forEach(
        (name, path) -> {
          if (name.endsWith(RulesFolder.RULES)) {
            drl.put(name, RulesFolder.read(path));
          }
        });
    byte[] vocabulary =
        files.containsKey(RulesFolder.VOCABULARY)
            ? RulesFolder.read(files.get(RulesFolder.VOCABULARY))
            : base.foundation().files().get(RulesFolder.VOCABULARY).bytes();
    List<RulesFolder.PolicyText> policies = new ArrayList<>();
    for (PolicyFile file : base.files()) {
      String name = file.name();
      boolean edited =
          look.digests().containsKey(name) && !look.digests().get(name).equals(file.digest());
      policies.add(
          edited
              ? new RulesFolder.PolicyText(
                  name, RulesFolder.read(files.get(name)), Optional.of(file.bytes()))
              : new RulesFolder.PolicyText(name, file.bytes(), Optional.empty()));
    }
    Foundation foundation = base.foundation();
    return RulesFolder.load(
        vocabulary,
        drl,
        foundation.defaults(),
        foundation.checks(),
        policies,
        LocalDate.now(clock));
  }

  /** To delete a regulation by accident must not open what it closes. */
  private void reportDeleted(Map<String, Path> files) {
    List<String> inForce = new ArrayList<>();
    current.get().files().forEach(file -> inForce.add(file.name()));
    inForce.add(RulesFolder.VOCABULARY);
    for (String name : inForce) {
      if (!files.containsKey(name)) {
        reject(
            name,
            "",
            List.of(
                new Finding(
                    Check.UNREADABLE_FILE,
                    Place.of(name),
                    "the workbook was deleted; what it said stays in force until the next start",
                    "put it back, or give the policy a 失效日期 before it goes")));
      }
    }
    inForce.addAll(current.get().foundation().files().keySet());
    for (String name : rejections.keySet()) {
      if (!name.equals(folder.tables().toString())
          && !files.containsKey(name)
          && !inForce.contains(name)) {
        accept(name);
      }
    }
  }

  private static Finding unreadable(String name, String message) {
    return new Finding(Check.UNREADABLE_FILE, Place.of(name), message, "the log says why");
  }

  /** Disks fill up and shares go away; a later look tries again. */
  private void rejectForNow(String name, Exception failure) {
    notBefore = lastLook + PAUSE_AFTER_FAILURE.toNanos();
    if (!rejections.containsKey(name)) {
      LOG.error("{} cannot be taken over yet", name, failure);
    }
    reject(name, "", List.of(unreadable(name, "the file cannot be read or its version kept")));
  }

  private void reject(String name, String digest, List<Finding> findings) {
    refused.put(name, digest);
    Rejection before = rejections.get(name);
    if (before != null && before.findings().equals(findings)) {
      return;
    }
    Map<String, Rejection> more = new TreeMap<>(rejections);
    more.put(name, new Rejection(name, findings, clock.instant()));
    rejections = more;
    LOG.warn(
        "{} is not taken over; what was in force before still is:\n{}",
        name,
        findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
  }
}
