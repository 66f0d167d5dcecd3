package dev.clearance.cli;

import dev.clearance.finding.Finding;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
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
      case "json" -> json(out);
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
  private void json(PrintStream out) {
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringProperty("subject", subject);
      json.writeNumberProperty("errors", errors());
      json.writeNumberProperty("warnings", findings.size() - errors());
      json.writeArrayPropertyStart("findings");
      findings.forEach(finding -> json(json, finding));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void json(JsonGenerator json, Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("place", finding.place().toString());
    json.writeStringProperty("workbook", finding.place().workbook());
    if (!finding.place().sheet().isEmpty()) {
      json.writeStringProperty("sheet", finding.place().sheet());
    }
    if (!finding.place().address().isEmpty()) {
      json.writeStringProperty("cell", finding.place().address());
    }
    json.writeStringProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("code", finding.check().code());
    json.writeStringProperty("message", finding.message());
    if (!finding.hint().isEmpty()) {
      json.writeStringProperty("hint", finding.hint());
    }
    json.writeEndObject();
  }
}
