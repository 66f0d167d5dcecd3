package dev.clearance.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the log, read again.
 *
 * @param policies the versions that answered
 * @param answer as it stands in the line, byte for byte
 */
record Logged(
    Question question,
    Map<String, String> policies,
    String decisionId,
    ObjectNode request,
    byte[] answer) {

  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /**
   * @throws ProblemException when it is no line of the log
   */
  static Logged read(Body body) {
    String text = new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    Map<String, String> policies = new LinkedHashMap<>();
    Optional<Question> question = Optional.empty();
    String id = "";
    @Nullable String request = null;
    @Nullable String answer = null;
    try (JsonParser parser = Json.parser(body.bytes(), body.length())) {
      try {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw notALine("A line of the log is an object.");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          JsonToken token = parser.nextToken();
          switch (name) {
            case "decisionId" -> id = parser.getValueAsString("");
            case "question" -> question = Question.withCode(parser.getValueAsString(""));
            case "policies" -> policies(parser, token, policies);
            case "request" -> request = object(parser, token, text);
            case "answer" -> answer = object(parser, token, text);
            default -> parser.skipChildren();
          }
        }
        Json.end(parser);
      } catch (JacksonException malformed) {
        throw Json.problem(parser, malformed);
      }
    }
    if (question.isEmpty() || policies.isEmpty() || request == null || answer == null) {
      throw notALine("A line of the log has question, policies, request and answer.");
    }
    return new Logged(
        question.get(),
        policies,
        id,
        (ObjectNode) MAPPER.readTree(request),
        answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void policies(JsonParser parser, JsonToken token, Map<String, String> policies) {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String id = parser.nextName(); id != null; id = parser.nextName()) {
      parser.nextToken();
      policies.put(id, parser.getValueAsString(""));
      parser.skipChildren();
    }
  }

  /** The text of an object, as it stands. */
  private static @Nullable String object(JsonParser parser, JsonToken token, String text) {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring(from, (int) parser.currentLocation().getCharOffset());
  }

  /** What is masked is as if it had not been given. */
  byte[] requestWithoutMasks() {
    ObjectNode unmasked = request.deepCopy();
    strip(unmasked);
    return MAPPER.writeValueAsBytes(unmasked);
  }

  private static void strip(ObjectNode object) {
    for (String name : List.copyOf(object.propertyNames())) {
      JsonNode member = object.get(name);
      if (member.isString() && member.stringValue().equals(FactsWriter.MASK)) {
        object.remove(name);
      } else if (member instanceof ObjectNode inner) {
        strip(inner);
      }
    }
  }

  private static ProblemException notALine(String detail) {
    return new ProblemException(
        Problem.invalid(List.of(new Fault("", "not-a-log-line", detail, ""))));
  }
}
