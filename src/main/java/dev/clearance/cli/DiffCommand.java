package dev.clearance.cli;

import dev.clearance.analysis.Change;
import dev.clearance.analysis.Difference;
import dev.clearance.decision.Freedom;
import dev.clearance.finding.Checked;
import dev.clearance.policy.Policy;
import dev.clearance.repository.Release;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import java.io.PrintStream;
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
          says which rows a new version of a workbook adds, removes and changes, and
          which requests get another answer
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
    if (!changes.isEmpty()) {
      Freedom freedom = foundation.value().get().freedom();
      write(Difference.between(before.get(), after.get(), freedom), console.out());
    }
    return changes.isEmpty() ? Commands.CLEAN : Commands.FOUND;
  }

  /** Exactly which requests get another answer: complete, in boxes of conditions. */
  private static void write(Difference difference, PrintStream out) {
    out.println();
    if (difference.isSilent()) {
      out.println("every request gets the same answer");
      return;
    }
    write("other answers", difference.answers(), out);
    write("other levels", difference.levels(), out);
    write("the same answer by other clauses", difference.grounds(), out);
    write("other sanctions", difference.sanctions(), out);
  }

  private static void write(String heading, List<Change> changes, PrintStream out) {
    if (!changes.isEmpty()) {
      out.println(heading + ":");
      changes.forEach(change -> out.println(change.toString().indent(2).stripTrailing()));
    }
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
