package dev.clearance.cli;

import dev.clearance.finding.Checked;
import dev.clearance.policy.Policy;
import dev.clearance.repository.Release;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says what changes between two versions of a workbook. */
final class DiffCommand implements Command {

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String help() {
    return """
        diff <old> <new> [--vocabulary <file>] [--rules <folder>]
          says which rows a new version of a workbook adds, removes and changes
        """;
  }

  @Override
  public int run(Words words, Console console) {
    List<String> names = words.files(2, "the old and the new version of a workbook");
    Path old = Subject.existing(Path.of(names.get(0)));
    Path candidate = Subject.existing(Path.of(names.get(1)));
    Checked<Release> foundation = Subject.foundation(candidate, words, List.of());
    if (foundation.value().isEmpty()) {
      new Report(names.get(1), foundation.findings()).write(words, console.out());
      return Commands.FAILED;
    }
    PolicyReader reader = new PolicyReader(foundation.value().get().vocabulary());
    // Both are versions of one policy, whatever the copies are called.
    String name = candidate.getFileName().toString();
    Optional<Policy> before = read(reader, name, old, words, console);
    Optional<Policy> after = read(reader, name, candidate, words, console);
    if (before.isEmpty() || after.isEmpty()) {
      return Commands.FAILED;
    }
    RowChanges changes = RowChanges.between(before.get(), after.get());
    changes.lines().forEach(line -> console.out().println(line));
    return changes.isEmpty() ? Commands.CLEAN : Commands.FOUND;
  }

  private static Optional<Policy> read(
      PolicyReader reader, String name, Path path, Words words, Console console) {
    Checked<PolicyWorkbook> read = reader.read(name, Subject.bytes(path));
    if (read.value().isEmpty()) {
      new Report(path.toString(), read.findings()).write(words, console.out());
    }
    return read.value().map(PolicyWorkbook::policy);
  }
}
