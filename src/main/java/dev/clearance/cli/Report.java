package dev.clearance.cli;

import dev.clearance.finding.Finding;
import dev.clearance.web.FindingWriter;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes findings, for people or for machines. */
final class Report {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final String subject;
  private final List<Finding> findings;

  Report(String subject, List<Finding> findings) {
    this.subject = subject;
    this.findings = findings.stream().sorted().toList();
  }

  void write(Words words, PrintStream out) {
    String format = words.option("--format").orElse("text");
    switch (format) {
      case "text" -> text(out);
      case "json" -> writeJson(out);
      default -> throw new UsageError("--format is text or json, not " + format);
    }
  }

  private long errors() {
    return findings.stream().filter(Finding::isError).count();
  }

  private void text(PrintStream out) {
    findings.forEach(finding -> out.println(finding));
    out.println(subject + ": " + summary());
  }

  String summary() {
    long errors = errors();
    long warnings = findings.size() - errors;
    return findings.isEmpty()
        ? "clean"
        : count(errors, "error") + ", " + count(warnings, "warning");
  }

  private static String count(long number, String what) {
    return number == 0 ? "no " + what + "s" : number + " " + what + (number == 1 ? "" : "s");
  }

  /** JSON is UTF-8 whatever the terminal speaks, so it goes past the encoding of the stream. */
  static JsonGenerator json(PrintStream out) {
    return JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
  }

  private void writeJson(PrintStream out) {
    try (JsonGenerator json = json(out)) {
      json.writeStartObject();
      json.writeStringProperty("subject", subject);
      json.writeNumberProperty("errors", errors());
      json.writeNumberProperty("warnings", findings.size() - errors());
      FindingWriter.write(json, "findings", findings);
      json.writeEndObject();
    }
    out.println();
  }
}
