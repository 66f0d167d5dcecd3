package dev.clearance.cli;

import dev.clearance.finding.Finding;
import dev.clearance.finding.InChinese;
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
      case "text" -> text(words, out);
      case "json" -> writeJson(out);
      default -> throw new UsageError("--format is text or json, not " + format);
    }
  }

  private long errors() {
    return findings.stream().filter(Finding::isError).count();
  }

  private void text(Words words, PrintStream out) {
    Tongue tongue = Tongue.of(words);
    findings.forEach(finding -> out.println(tongue.say(finding.toString(), inChinese(finding))));
    out.println(subject + ": " + summary(words));
  }

  /** {@code housing-centre.xlsx!许可!D7: 错误 不认识的词：对象种类 里没有 "文挡" 这个词（是不是“文电”？）}. */
  private static String inChinese(Finding finding) {
    String hint = InChinese.hint(finding);
    return finding.place()
        + ": "
        + (finding.isError() ? "错误 " : "警告 ")
        + InChinese.name(finding.check())
        + "："
        + InChinese.message(finding)
        + (hint.isEmpty() ? "" : "（" + hint + "）");
  }

  String summary(Words words) {
    long errors = errors();
    long warnings = findings.size() - errors;
    if (findings.isEmpty()) {
      return Tongue.of(words).say("clean", "没有发现问题");
    }
    return Tongue.of(words)
        .say(
            count(errors, "error") + ", " + count(warnings, "warning"),
            errors + " 处错误，" + warnings + " 处警告");
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
