package dev.clearance.web;

import dev.clearance.analysis.Change;
import dev.clearance.analysis.Circumstance;
import dev.clearance.analysis.Difference;
import dev.clearance.analysis.RowChange;
import dev.clearance.analysis.Situation;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes what tells two versions of a policy apart, in labels and in codes. */
public final class DifferenceWriter {

  private final JsonGenerator json;
  private final PolicyWriter policies;
  private final Policy before;
  private final Policy after;

  public DifferenceWriter(JsonGenerator json, Policy before, Policy after) {
    this.json = json;
    this.policies = new PolicyWriter(json);
    this.before = before;
    this.after = after;
  }

  /**
   * The members of an object that is begun.
   *
   * @param difference absent where only the rows are known
   */
  public void members(Optional<Difference> difference) {
    json.writeArrayPropertyStart("rows");
    difference.map(Difference::rows).orElseGet(() -> Difference.rows(before, after)).stream()
        .forEach(this::row);
    json.writeEndArray();
    boolean whole = difference.map(told -> told.unexamined().isEmpty()).orElse(false);
    json.writeBooleanProperty("exact", whole);
    if (difference.isPresent()) {
      json.writeNumberProperty("count", difference.get().count());
      changes("answers", difference.get().answers());
      changes("levels", difference.get().levels());
      changes("grounds", difference.get().grounds());
      changes("sanctions", difference.get().sanctions());
      if (!whole) {
        strings("unexamined", difference.get().unexamined());
      }
    }
  }

  private void row(RowChange change) {
    json.writeStartObject();
    json.writeStringProperty("kind", change.kind().name().toLowerCase(Locale.ROOT));
    Row named = change.after().or(change::before).orElseThrow();
    json.writeStringProperty("clause", named.clause().id());
    strings("columns", change.parts());
    change.before().ifPresent(row -> row("before", row, before));
    change.after().ifPresent(row -> row("after", row, after));
    json.writeEndObject();
  }

  private void row(String name, Row row, Policy policy) {
    json.writeName(name);
    policies.row(row, policy.vocabulary());
  }

  private void changes(String name, List<Change> changes) {
    json.writeArrayPropertyStart(name);
    changes.forEach(this::change);
    json.writeEndArray();
  }

  private void change(Change change) {
    json.writeStartObject();
    parts(json, change.parts());
    json.writeNumberProperty("count", change.count());
    json.writeNumberProperty("unlisted", change.unlisted());
    json.writeArrayPropertyStart("situations");
    change.situations().forEach(this::situation);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What differs between two answers, as a member of an object that is begun. */
  public static void parts(JsonGenerator json, List<Change.Part> parts) {
    json.writeArrayPropertyStart("parts");
    for (Change.Part part : parts) {
      json.writeStartObject();
      json.writeStringProperty("about", code(part.about()));
      json.writeStringProperty("label", part.about());
      json.writeName("before");
      side(json, part.before(), part.beforeCodes());
      json.writeName("after");
      side(json, part.after(), part.afterCodes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void side(JsonGenerator json, String text, List<String> codes) {
    json.writeStartObject();
    json.writeStringProperty("text", text);
    json.writeArrayPropertyStart("codes");
    codes.forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What parts are about, as answers name it; the level goes by the label of its attribute. */
  private static String code(String about) {
    return switch (about) {
      case "结论" -> "outcome";
      case "审批" -> "approvals";
      case "须履行" -> "obligations";
      case "条款" -> "clauses";
      case "处分" -> "sanctions";
      default -> "classification";
    };
  }

  private void situation(Situation situation) {
    json.writeStartObject();
    json.writeStringProperty("text", situation.words());
    json.writeArrayPropertyStart("when");
    situation.circumstances().forEach(this::circumstance);
    json.writeEndArray();
    json.writeNumberProperty("count", situation.count());
    json.writeObjectPropertyStart("sample");
    strings("policies", List.of(after.id()));
    situation.day().ifPresent(day -> json.writeStringProperty("asOf", day.toString()));
    Facts sample = situation.sample();
    new FactsWriter(new RequestShape(sample.vocabulary()), Set.of()).write(sample, json);
    json.writeEndObject();
    rows("before", situation.before());
    rows("after", situation.after());
    json.writeEndObject();
  }

  private void circumstance(Circumstance circumstance) {
    json.writeStartObject();
    json.writeStringProperty("attribute", circumstance.path());
    json.writeStringProperty("text", circumstance.words());
    if (!circumstance.codes().isEmpty()) {
      strings("anyOf", circumstance.codes());
    }
    if (!circumstance.has().isEmpty()) {
      json.writeArrayPropertyStart("has");
      for (List<String> oneOf : circumstance.has()) {
        json.writeStartArray();
        oneOf.forEach(json::writeString);
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    if (!circumstance.lacks().isEmpty()) {
      strings("lacks", circumstance.lacks());
    }
    json.writeEndObject();
  }

  private void rows(String name, List<Row> rows) {
    json.writeArrayPropertyStart(name);
    for (Row row : rows) {
      json.writeStartObject();
      json.writeStringProperty("clause", row.clause().id());
      json.writeStringProperty("locator", row.clause().locator());
      json.writeStringProperty("row", row.place().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void strings(String name, List<String> strings) {
    json.writeArrayPropertyStart(name);
    strings.forEach(json::writeString);
    json.writeEndArray();
  }
}
