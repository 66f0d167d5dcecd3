package dev.clearance.cli;

import dev.clearance.analysis.Difference;
import dev.clearance.policy.Policy;
import dev.clearance.web.DifferenceWriter;
import dev.clearance.web.PastRequests;
import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Tells differences to machines, in the words of the service. */
final class DifferenceJson implements DifferenceReport {

  private final PrintStream out;
  private final JsonGenerator json;
  private boolean inPolicies = true;

  DifferenceJson(PrintStream out) {
    this.out = out;
    this.json = Report.json(out);
  }

  @Override
  public void begin(String before, String after, boolean standAlike) {
    json.writeStartObject();
    json.writeStringProperty("from", before);
    json.writeStringProperty("to", after);
    json.writeBooleanProperty("sameVocabularyAndRules", standAlike);
    json.writeArrayPropertyStart("policies");
  }

  @Override
  public void changed(Policy before, Policy after, Difference difference) {
    json.writeStartObject();
    json.writeStringProperty("policy", after.id());
    json.writeStringProperty("kind", "changed");
    json.writeObjectPropertyStart("difference");
    new DifferenceWriter(json, before, after).members(Optional.of(difference));
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void onlyIn(Policy policy, boolean before) {
    json.writeStartObject();
    json.writeStringProperty("policy", policy.id());
    json.writeStringProperty("kind", before ? "removed" : "added");
    json.writeEndObject();
  }

  private void endPolicies() {
    if (inPolicies) {
      json.writeEndArray();
      inPolicies = false;
    }
  }

  @Override
  public void beginRequests(String file) {
    endPolicies();
    json.writeObjectPropertyStart("requests");
    json.writeStringProperty("file", file);
    json.writeArrayPropertyStart("lines");
  }

  @Override
  public void line(PastRequests.Line line) {
    if (line instanceof PastRequests.Asked asked && !asked.parts().isEmpty()) {
      json.writeStartObject();
      json.writeNumberProperty("line", line.number());
      json.writeStringProperty("question", asked.question());
      DifferenceWriter.parts(json, asked.parts());
      json.writeEndObject();
    } else if (line instanceof PastRequests.Unreadable unreadable) {
      json.writeStartObject();
      json.writeNumberProperty("line", line.number());
      json.writeArrayPropertyStart("errors");
      unreadable.faults().forEach(this::fault);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void fault(PastRequests.Unread fault) {
    json.writeStartObject();
    json.writeStringProperty("pointer", fault.pointer());
    json.writeStringProperty("code", fault.code());
    json.writeStringProperty("detail", fault.detail());
    if (!fault.hint().isEmpty()) {
      json.writeStringProperty("hint", fault.hint());
    }
    json.writeEndObject();
  }

  @Override
  public void endRequests(DiffCommand.Tally tally) {
    json.writeEndArray();
    json.writeNumberProperty("asked", tally.asked);
    json.writeNumberProperty("changed", tally.changed);
    json.writeNumberProperty("masked", tally.masked);
    json.writeNumberProperty("ofOtherPolicies", tally.ofOthers);
    json.writeNumberProperty("unreadable", tally.unreadable);
    json.writeEndObject();
  }

  @Override
  public void close() {
    endPolicies();
    json.writeEndObject();
    json.close();
    out.println();
  }
}
