package dev.clearance.cli;

import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyCheck;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import dev.clearance.vocabulary.Vocabulary;
import dev.clearance.workbook.VocabularyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A workbook, or a folder of them, that a command is about, and what is found in it.
 *
 * @param candidate what came of trying it, where it is the workbook of a policy
 */
record Subject(Path path, List<Finding> findings, Optional<Candidate> candidate) {

  /** A workbook that was tried on what it stands on. */
  record Candidate(Release foundation, Release.Trial trial) {}

  /** The largest file that is read; anything larger is refused by its size. */
  private static final int LARGEST_FILE = (10 << 20) + 1;

  static Subject check(String name, Words words, List<PolicyCheck> checks) {
    Path path = existing(Path.of(name));
    if (Files.isDirectory(path)) {
      if (words.option("--vocabulary").isPresent()) {
        throw new UsageError("a folder has its own vocabulary; leave out --vocabulary");
      }
      Checked<Release> loaded =
          new RulesFolder(path, rules(path, words)).load(List.of(), checks, LocalDate.now());
      return new Subject(path, loaded.findings(), Optional.empty());
    }
    if (path.endsWith(RulesFolder.VOCABULARY)) {
      Checked<Vocabulary> read = VocabularyReader.read(RulesFolder.VOCABULARY, bytes(path));
      return new Subject(path, read.findings(), Optional.empty());
    }
    Checked<Release> foundation = foundation(path, words, checks);
    if (foundation.value().isEmpty()) {
      return new Subject(path, foundation.findings(), Optional.empty());
    }
    Release release = foundation.value().get();
    Release.Trial trial =
        release.attempt(path.getFileName().toString(), bytes(path), LocalDate.now());
    Checked<PolicyFile> checked = foundation.then(any -> trial.checked());
    return new Subject(path, checked.findings(), Optional.of(new Candidate(release, trial)));
  }

  /** What a workbook is checked against: the vocabulary and the rules. */
  static Checked<Release> foundation(Path workbook, Words words, List<PolicyCheck> checks) {
    Path folder = parent(workbook);
    Path vocabulary =
        words
            .option("--vocabulary")
            .map(file -> existing(Path.of(file)))
            .orElse(folder.resolve(RulesFolder.VOCABULARY));
    if (!Files.isRegularFile(vocabulary)) {
      throw new UsageError(
          "there is no "
              + RulesFolder.VOCABULARY
              + " beside "
              + workbook
              + "; name one with --vocabulary");
    }
    return RulesFolder.withoutPolicies(vocabulary, rules(folder, words), checks);
  }

  static Path rules(Path tables, Words words) {
    Optional<Path> named = words.option("--rules").map(folder -> existing(Path.of(folder)));
    if (named.isPresent()) {
      return named.get();
    }
    for (Path rules :
        List.of(tables.toAbsolutePath().normalize().resolveSibling("rules"), Path.of("rules"))) {
      if (Files.isDirectory(rules)) {
        return rules;
      }
    }
    throw new UsageError(
        "there is no folder of rules beside " + tables + "; name one with --rules");
  }

  static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new UsageError("there is no file or folder " + path);
    }
    return path;
  }

  static Path parent(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().normalize().getParent()).orElse(file);
  }

  static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST_FILE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  int status() {
    return findings.stream().anyMatch(Finding::isError) ? Commands.FOUND : Commands.CLEAN;
  }
}
