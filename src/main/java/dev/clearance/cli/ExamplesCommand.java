package dev.clearance.cli;

import dev.clearance.analysis.Analysis;
import dev.clearance.finding.Checked;
import dev.clearance.repository.Release;
import dev.clearance.workbook.ExampleRows;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Proposes an example for every row that decides none. */
final class ExamplesCommand implements Command {

  @Override
  public String name() {
    return "examples";
  }

  @Override
  public String help() {
    return """
        examples <workbook> [--format text|json] [--vocabulary <file>] [--rules <folder>]
          proposes for every row without an example one that it decides, as rows to paste below
          those of 用例, with the answer that the rules give today
        """;
  }

  @Override
  public Set<String> options() {
    return Set.of("--format", "--vocabulary", "--rules");
  }

  @Override
  public int run(Words words, Console console) {
    Path path = Subject.existing(Path.of(words.files(1, "one workbook").get(0)));
    if (Files.isDirectory(path)) {
      throw new UsageError("examples takes one workbook, and " + path + " is a folder");
    }
    try (Progress progress = new Progress("reading " + path, console.err())) {
      Checked<Release> foundation = Subject.foundation(path, words, List.of());
      if (foundation.value().isEmpty()) {
        new Report(path.toString(), foundation.findings()).write(words, console.out());
        return Commands.FAILED;
      }
      Release release = foundation.value().get();
      Release.Trial trial =
          release.attempt(path.getFileName().toString(), Subject.bytes(path), LocalDate.now());
      if (trial.workbook().isEmpty()) {
        new Report(path.toString(), trial.checked().findings()).write(words, console.out());
        return Commands.FAILED;
      }
      progress.say("looking for requests");
      write(proposals(release, trial).orElseThrow(), words, console.out());
      return trial.examples().uncovered().isEmpty() ? Commands.CLEAN : Commands.FOUND;
    }
  }

  /** Examples for the rows that have none; empty where the form of the workbook is not clean. */
  static Optional<ExampleRows> proposals(Release release, Release.Trial trial) {
    return trial
        .workbook()
        .map(
            workbook ->
                ExampleRows.of(
                    workbook,
                    Analysis.examplesFor(
                        workbook.policy(), release.freedom(), trial.examples().uncovered())));
  }

  private static void write(ExampleRows rows, Words words, PrintStream out) {
    String format = words.option("--format").orElse("text");
    switch (format) {
      case "text" -> text(rows, out);
      case "json" -> json(rows, out);
      default -> throw new UsageError("--format is text or json, not " + format);
    }
  }

  /** As spreadsheets take it from the clipboard: tabs between the cells. */
  private static void text(ExampleRows rows, PrintStream out) {
    if (rows.rows().isEmpty()) {
      return;
    }
    out.println(line(rows.headers()));
    rows.rows().forEach(row -> out.println(line(row)));
  }

  private static String line(List<String> cells) {
    return cells.stream().map(ExamplesCommand::quoted).collect(Collectors.joining("\t"));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '"');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  private static void json(ExampleRows rows, PrintStream out) {
    try (JsonGenerator json = Report.json(out)) {
      json.writeStartObject();
      json.writeName("headers");
      row(json, rows.headers());
      json.writeArrayPropertyStart("rows");
      rows.rows().forEach(row -> row(json, row));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void row(JsonGenerator json, List<String> cells) {
    json.writeStartArray();
    cells.forEach(json::writeString);
    json.writeEndArray();
  }
}
