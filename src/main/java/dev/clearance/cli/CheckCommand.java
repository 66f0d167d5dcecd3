package dev.clearance.cli;

import java.util.Set;

/** Says what is wrong. */
final class CheckCommand implements Command {

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String help() {
    return """
        check <workbook|folder> [--format text|json] [--vocabulary <file>] [--rules <folder>]
          says what is wrong with a workbook, or with all the workbooks of a folder
        """;
  }

  @Override
  public Set<String> options() {
    return Set.of("--format", "--vocabulary", "--rules");
  }

  @Override
  public int run(Words words, Console console) {
    String name = words.files(1, "one workbook or folder to check").get(0);
    Subject subject;
    try (Progress progress = new Progress("checking " + name, console.err())) {
      subject = Subject.check(name, words, progress.checks());
    }
    new Report(name, subject.findings()).write(words, console.out());
    return subject.status();
  }
}
