package dev.clearance.web;

import dev.clearance.cli.RowChanges;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import tools.jackson.core.JsonGenerator;

/** Writes what tells two versions of a policy apart. */
final class DifferenceWriter {

  private final JsonGenerator json;
  private final PolicyWriter policies;

  DifferenceWriter(JsonGenerator json) {
    this.json = json;
    this.policies = new PolicyWriter(json);
  }

  /** The members of an object that is begun. */
  void members(Policy before, Policy after) {
    json.writeArrayPropertyStart("rows");
    for (RowChanges.RowChange change : RowChanges.between(before, after).all()) {
      json.writeStartObject();
      json.writeStringProperty("kind", kind(change));
      Row named = change.after().or(change::before).orElseThrow();
      json.writeStringProperty("clause", named.clause().id());
      change.before().ifPresent(row -> row("before", row, before));
      change.after().ifPresent(row -> row("after", row, after));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String kind(RowChanges.RowChange change) {
    if (change.before().isEmpty()) {
      return "added";
    }
    return change.after().isEmpty() ? "removed" : "changed";
  }

  private void row(String name, Row row, Policy policy) {
    json.writeName(name);
    policies.row(row, policy.vocabulary());
  }
}
