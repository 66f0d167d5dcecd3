package dev.clearance.web;

import dev.clearance.scenario.Example;
import dev.clearance.scenario.Examples;
import dev.clearance.workbook.ExampleRows;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes what came of the examples of a workbook. */
final class ExampleWriter {

  private ExampleWriter() {}

  /** As the member {@code examples} of an object that is begun. */
  static void write(JsonGenerator json, Examples.Run run) {
    long failed = run.broken().stream().map(Examples.Broken::example).distinct().count();
    json.writeObjectPropertyStart("examples");
    json.writeNumberProperty("run", run.examples().size());
    json.writeNumberProperty("failed", failed);
    json.writeArrayPropertyStart("results");
    run.examples().forEach(example -> write(json, run, example));
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Proposed ones, as rows of the sheet 用例. */
  static void write(JsonGenerator json, ExampleRows proposed) {
    json.writeObjectPropertyStart("proposedExamples");
    json.writeName("headers");
    row(json, proposed.headers());
    json.writeArrayPropertyStart("rows");
    proposed.rows().forEach(row -> row(json, row));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, List<String> cells) {
    json.writeStartArray();
    cells.forEach(cell -> json.writeString(Text.mended(cell)));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Examples.Run run, Example example) {
    json.writeStartObject();
    json.writeStringProperty("id", Text.mended(example.id()));
    if (!example.question().isEmpty()) {
      json.writeStringProperty("question", Text.mended(example.question()));
    }
    json.writeStringProperty("row", Text.mended(example.place().toString()));
    json.writeBooleanProperty("held", run.brokenBy(example).isEmpty());
    json.writeArrayPropertyStart("broken");
    for (Examples.Broken broken : run.brokenBy(example)) {
      json.writeStartObject();
      json.writeStringProperty("cell", broken.cell().address());
      json.writeStringProperty("column", broken.column());
      json.writeStringProperty("expected", Text.mended(broken.expected()));
      json.writeStringProperty("actual", Text.mended(broken.actual()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
