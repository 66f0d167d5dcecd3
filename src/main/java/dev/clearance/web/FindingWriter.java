package dev.clearance.web;

import dev.clearance.finding.Finding;
import dev.clearance.finding.InChinese;
import dev.clearance.source.Place;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes findings as the command line does. */
public final class FindingWriter {

  private FindingWriter() {}

  /** As a member of an object that is begun. */
  public static void write(JsonGenerator json, String name, List<Finding> findings) {
    json.writeArrayPropertyStart(name);
    findings.forEach(finding -> write(json, finding));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Finding finding) {
    Place place = finding.place();
    json.writeStartObject();
    json.writeStringProperty("place", Text.mended(place.toString()));
    json.writeStringProperty("workbook", place.workbook());
    optional(json, "sheet", place.sheet());
    optional(json, "cell", place.address());
    json.writeStringProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("code", finding.check().code());
    json.writeStringProperty("message", Text.mended(finding.message()));
    optional(json, "hint", finding.hint());
    json.writeObjectPropertyStart("zh");
    json.writeStringProperty("check", InChinese.name(finding.check()));
    json.writeStringProperty("message", Text.mended(InChinese.message(finding)));
    optional(json, "hint", InChinese.hint(finding));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, String text) {
    if (!text.isEmpty()) {
      json.writeStringProperty(name, Text.mended(text));
    }
  }
}
