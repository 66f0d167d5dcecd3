package dev.clearance.web;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.journal.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A decision as the log has it: the question in its plainest form, and the bytes of the answer.
 *
 * @param micros how long the rules took
 */
record LogLine(
    Ledger.Call call,
    Question question,
    List<PolicyRules> policies,
    DecisionRequest request,
    Question.Reply reply,
    Instant time,
    long micros,
    FactsWriter facts)
    implements Line {

  private static final byte[] ANSWER = ",\"answer\":".getBytes(StandardCharsets.US_ASCII);

  /** The beginning of every line about this decision. */
  static String beginning(String decisionId) {
    return "{\"decisionId\":\"" + decisionId + "\"";
  }

  @Override
  public void spell(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("decisionId", reply.decisionId());
      json.writeStringProperty("time", time.toString());
      json.writeStringProperty("requestId", call.requestId());
      json.writeStringProperty("caller", call.caller());
      json.writeStringProperty("question", question.code());
      json.writeObjectPropertyStart("policies");
      policies.forEach(one -> json.writeStringProperty(one.policy().id(), one.version()));
      json.writeEndObject();
      json.writeStringProperty("version", reply.version());
      json.writeNumberProperty("micros", micros);
      json.writeName("request");
      request(json);
      // The answer goes in as it went out, byte for byte.
      json.flush();
      out.write(ANSWER);
      reply.answer().writeTo(out);
      json.writeEndObject();
    }
  }

  private void request(JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("policies");
    policies.forEach(one -> json.writeString(one.policy().id()));
    json.writeEndArray();
    json.writeStringProperty("asOf", request.asOf().toString());
    facts.write(request.facts(), json);
    json.writeEndObject();
  }
}
