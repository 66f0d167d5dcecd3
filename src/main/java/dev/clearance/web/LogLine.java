package dev.clearance.web;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A decision as the log has it: the question in its plainest form, and the bytes of the answer. */
final class LogLine {

  static final String MASK = "***";

  private LogLine() {}

  /** The beginning of every line about this decision. */
  static String beginning(String decisionId) {
    return "{\"decisionId\":\"" + decisionId + "\"";
  }

  static byte[] bytes(
      Ledger.Call call,
      Question question,
      List<PolicyRules> policies,
      DecisionRequest request,
      Question.Reply reply,
      Instant time,
      long micros,
      Set<String> masked) {
    byte[] head =
        Json.bytes(
            json -> {
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
              request(policies, request, masked, json);
              json.writeEndObject();
            });
    // The answer goes in as it went out, byte for byte.
    ByteArrayOutputStream line = new ByteArrayOutputStream(head.length + reply.json().length + 12);
    line.write(head, 0, head.length - 1);
    line.writeBytes(ANSWER);
    line.writeBytes(reply.json());
    line.write('}');
    return line.toByteArray();
  }

  private static final byte[] ANSWER =
      ",\"answer\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private static void request(
      List<PolicyRules> policies, DecisionRequest request, Set<String> masked, JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("policies");
    policies.forEach(one -> json.writeString(one.policy().id()));
    json.writeEndArray();
    json.writeStringProperty("asOf", request.asOf().toString());
    facts(request.facts(), masked, json);
    json.writeEndObject();
  }

  /** The facts as members of a request that is begun. */
  static void facts(Facts facts, Set<String> masked, JsonGenerator json) {
    tree(facts, masked).members.forEach((name, member) -> member.write(name, json));
  }

  private static Node tree(Facts facts, Set<String> masked) {
    Node root = new Node();
    for (Attribute attribute : facts.known()) {
      Node node = root;
      for (String step : attribute.path().split("\\.")) {
        node = node.members.computeIfAbsent(step, any -> new Node());
      }
      node.value = facts.at(attribute.index());
      node.masked = masked.contains(attribute.path());
    }
    return root;
  }

  /** The request as a tree: a member may have a value of its own and members below it. */
  private static final class Node {
    private final Map<String, Node> members = new LinkedHashMap<>();
    private @Nullable Value value;
    private boolean masked;

    void write(String name, JsonGenerator json) {
      json.writeName(name);
      if (members.isEmpty()) {
        own(json);
        return;
      }
      json.writeStartObject();
      if (value != null) {
        json.writeName("name");
        own(json);
      }
      new ArrayList<>(members.entrySet())
          .forEach(member -> member.getValue().write(member.getKey(), json));
      json.writeEndObject();
    }

    private void own(JsonGenerator json) {
      if (masked || value == null) {
        json.writeString(MASK);
      } else {
        new AnswerWriter(json).value(value);
      }
    }
  }
}
