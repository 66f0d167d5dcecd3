package dev.clearance.cli;

import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.repository.RulesFolder;
import dev.clearance.workbook.Annotator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what is wrong into a copy of the workbook. */
final class AnnotateCommand implements Command {

  @Override
  public String name() {
    return "annotate";
  }

  @Override
  public String help() {
    return """
        annotate <workbook> [-o <copy>] [--vocabulary <file>] [--rules <folder>]
          writes a copy, here unless -o says where, with a comment at every faulty cell and
          the sheet 检查结果
        """;
  }

  @Override
  public int run(Words words, Console console) {
    Path path = Subject.existing(Path.of(words.files(1, "one workbook to annotate").get(0)));
    if (Files.isDirectory(path)) {
      throw new UsageError("annotate takes one workbook, and " + path + " is a folder");
    }
    Path copy = copy(path, words);
    Subject subject;
    try (Progress progress = new Progress("checking " + path, console.err())) {
      subject = Subject.check(path.toString(), words, progress.checks());
    }
    String name = path.getFileName().toString();
    List<Finding> own =
        subject.findings().stream()
            .filter(finding -> finding.place().workbook().equals(name))
            .toList();
    Report report = new Report(path.toString(), subject.findings());
    Checked<byte[]> annotated = Annotator.annotate(name, Subject.bytes(path), own);
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
