package dev.clearance.cli;

import dev.clearance.analysis.Difference;
import dev.clearance.decision.Freedom;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.repository.RulesFolder;
import dev.clearance.workbook.AddedSheet;
import dev.clearance.workbook.Annotator;
import dev.clearance.workbook.ChangeSheet;
import dev.clearance.workbook.ExampleRows;
import dev.clearance.workbook.PolicyWorkbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what is wrong into a copy of the workbook. */
final class AnnotateCommand implements Command {

  @Override
  public String name() {
    return "annotate";
  }

  @Override
  public String help() {
    return """
        annotate <workbook> [--against <workbook|folder>] [-o <copy>] [--format text|json]
                 [--vocabulary <file>] [--rules <folder>]
          writes a copy, here unless -o says where, with a comment at every faulty cell, the
          sheet 检查结果, and the sheet 建议用例 with an example for every row without one; with
          --against, an older version or the folder that holds it, also the sheet 变化 with the
          rows that differ and the requests that get another answer
        """;
  }

  @Override
  public Set<String> options() {
    return Set.of("--against", "-o", "--output", "--format", "--vocabulary", "--rules");
  }

  @Override
  public int run(Words words, Console console) {
    Path path = Subject.existing(Path.of(words.files(1, "one workbook to annotate").get(0)));
    if (Files.isDirectory(path)) {
      throw new UsageError("annotate takes one workbook, and " + path + " is a folder");
    }
    Path copy = copy(path, words);
    Optional<Path> older = words.option("--against").map(name -> older(Path.of(name), path));
    try (Progress progress = new Progress("checking " + path, console.err())) {
      Subject subject = Subject.check(path.toString(), words, progress.checks());
      Optional<AddedSheet> changes = Optional.empty();
      if (older.isPresent() && subject.candidate().isPresent()) {
        Subject.Candidate candidate = subject.candidate().get();
        Optional<Policy> before = Side.policy(candidate.foundation(), older.get(), words, console);
        if (before.isEmpty()) {
          return Commands.FAILED;
        }
        changes =
            candidate
                .trial()
                .workbook()
                .map(now -> changes(before.get(), now, candidate, progress));
      }
      progress.say("looking for examples");
      Optional<ExampleRows> proposals =
          subject.candidate().flatMap(it -> ExamplesCommand.proposals(it.foundation(), it.trial()));
      return write(subject, copy, changes, proposals, words, console);
    }
  }

  /** The older version that is meant: itself, or that of the same policy in a folder. */
  private static Path older(Path named, Path workbook) {
    if (!Files.isDirectory(named)) {
      Subject.existing(named);
      if (!Side.id(named).equals(Side.id(workbook))) {
        throw new UsageError(
            named
                + " is a version of "
                + Side.id(named)
                + ", and "
                + workbook
                + " one of "
                + Side.id(workbook));
      }
      return named;
    }
    return Subject.existing(named.resolve(Side.id(workbook) + RulesFolder.WORKBOOK));
  }

  private static AddedSheet changes(
      Policy before, PolicyWorkbook now, Subject.Candidate candidate, Progress progress) {
    progress.say("comparing");
    Freedom freedom = candidate.foundation().freedom();
    Difference difference = Difference.between(before, now.policy(), freedom, progress);
    return ChangeSheet.of(before, now.policy(), Optional.of(difference));
  }

  private static int write(
      Subject subject,
      Path copy,
      Optional<AddedSheet> changes,
      Optional<ExampleRows> proposals,
      Words words,
      Console console) {
    Path path = subject.path();
    String name = path.getFileName().toString();
    List<Finding> own =
        subject.findings().stream()
            .filter(finding -> finding.place().workbook().equals(name))
            .toList();
    Report report = new Report(path.toString(), subject.findings());
    Checked<byte[]> annotated =
        Annotator.annotate(name, Subject.bytes(path), own, changes, proposals);
    if (annotated.value().isEmpty()) {
      report.write(words, console.out());
      console.err().println("there is no copy: " + path + " cannot be opened safely");
      return Commands.FAILED;
    }
    try {
      Files.write(copy, annotated.value().get());
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + copy, unwritable);
    }
    console.out().println(copy + ": " + report.summary(words));
    return subject.status();
  }

  private static Path copy(Path workbook, Words words) {
    String name = workbook.getFileName().toString().replaceFirst("\\.xlsx$", "");
    Path copy =
        words
            .option("-o")
            .or(() -> words.option("--output"))
            .map(Path::of)
            .orElse(Path.of(name + ".checked.xlsx"));
    Path folder = Subject.parent(copy);
    if (Files.exists(folder.resolve(RulesFolder.VOCABULARY))) {
      throw new UsageError(
          "every workbook in " + folder + " is taken for a policy; name another place with -o");
    }
    return copy;
  }
}
