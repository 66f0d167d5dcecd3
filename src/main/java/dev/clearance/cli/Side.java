package dev.clearance.cli;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of two versions that are compared: the policies of a folder, or a single one.
 *
 * @param foundation what they stand on
 * @param policies by id
 */
record Side(Release foundation, Map<String, Policy> policies) {

  /** Answers by these policies alone. */
  DecisionPoint point() {
    return foundation.answeringBy(policies.values());
  }

  /** Both versions. */
  record Both(Side before, Side after) {

    /** Whether both stand on the same words and rules, so that only rows can differ. */
    boolean standAlike() {
      return before.foundation == after.foundation;
    }
  }

  /**
   * A workbook, as a version of its policy that stands on the same as another.
   *
   * @return empty when it cannot be read, which is reported
   */
  static Optional<Policy> policy(Release foundation, Path workbook, Words words, Console console) {
    return new Reading(words, console)
        .side(foundation, workbook, Map.of(id(workbook), workbook))
        .map(side -> side.policies().get(id(workbook)));
  }

  /** The policy that a workbook says it is; what it cannot say, the file's name does. */
  static String id(Path workbook) {
    String named = workbook.getFileName().toString().replaceFirst("\\.xlsx$", "");
    return PolicyReader.idIn(Subject.bytes(workbook)).orElse(named);
  }

  /** Reads both; what keeps one of them from being read is reported. */
  static Optional<Both> read(Path old, Path candidate, Words words, Console console) {
    if (Files.isDirectory(old) != Files.isDirectory(candidate)) {
      throw new UsageError("diff takes two workbooks, or two folders of workbooks");
    }
    Reading reading = new Reading(words, console);
    return Files.isDirectory(old)
        ? reading.folders(old, candidate)
        : reading.workbooks(old, candidate);
  }

  private record Reading(Words words, Console console) {

    Optional<Both> folders(Path old, Path candidate) {
      if (words.option("--vocabulary").isPresent()) {
        throw new UsageError("a folder has its own vocabulary; leave out --vocabulary");
      }
      Optional<Release> before = foundation(old.resolve("any.xlsx"), old);
      Optional<Release> after = foundation(candidate.resolve("any.xlsx"), candidate);
      if (before.isEmpty() || after.isEmpty()) {
        return Optional.empty();
      }
      boolean alike = before.get().foundationVersion().equals(after.get().foundationVersion());
      return both(
          side(before.get(), old, policies(old)),
          side(alike ? before.get() : after.get(), candidate, policies(candidate)));
    }

    private Map<String, Path> policies(Path folder) {
      return new RulesFolder(folder, Subject.rules(folder, words)).policies();
    }

    /** Both are versions of one policy, whatever the copies are called. */
    Optional<Both> workbooks(Path old, Path candidate) {
      Optional<Release> foundation = foundation(candidate, candidate);
      if (foundation.isEmpty()) {
        return Optional.empty();
      }
      return both(
          side(foundation.get(), old, Map.of(id(old), old)),
          side(foundation.get(), candidate, Map.of(id(candidate), candidate)));
    }

    private static Optional<Both> both(Optional<Side> before, Optional<Side> after) {
      return before.flatMap(one -> after.map(other -> new Both(one, other)));
    }

    private Optional<Release> foundation(Path workbook, Path subject) {
      Checked<Release> foundation = Subject.foundation(workbook, words, List.of());
      if (foundation.value().isEmpty()) {
        new Report(subject.toString(), foundation.findings()).write(words, console.out());
      }
      return foundation.value();
    }

    private Optional<Side> side(Release foundation, Path subject, Map<String, Path> files) {
      Map<String, Policy> policies = new TreeMap<>();
      List<Finding> findings = new ArrayList<>();
      PolicyReader reader = new PolicyReader(foundation.vocabulary());
      files.forEach(
          (id, path) -> {
            Checked<PolicyWorkbook> read = reader.read(id + ".xlsx", Subject.bytes(path));
            findings.addAll(read.findings());
            read.value().ifPresent(workbook -> policies.put(id, workbook.policy()));
          });
      if (findings.stream().anyMatch(Finding::isError)) {
        new Report(subject.toString(), findings).write(words, console.out());
        return Optional.empty();
      }
      return Optional.of(new Side(foundation, policies));
    }
  }
}
