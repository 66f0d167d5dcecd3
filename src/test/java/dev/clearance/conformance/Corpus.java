package dev.clearance.conformance;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests with the answers that follow from the regulations as they are read. */
final class Corpus {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path FOLDER = Path.of("src/test/resources/conformance");

  private Corpus() {}

  record Line(Facts request, Answer expected) {}

  static List<Line> of(Policy policy) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readAllLines(FOLDER.resolve(policy.id() + ".ndjson"))) {
      JsonNode entry = JSON.readTree(text);
      lines.add(new Line(facts(policy, entry.get("request")), expected(entry.get("expect"))));
    }
    return lines;
  }

  private static Facts facts(Policy policy, JsonNode request) {
    Map<Attribute, Value> facts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : request.properties()) {
      Attribute attribute = policy.vocabulary().attribute(member.getKey()).orElseThrow();
      facts.put(attribute, value(attribute, member.getValue()));
    }
    return Facts.of(policy.vocabulary(), facts);
  }

  private static Value value(Attribute attribute, JsonNode json) {
    return switch (attribute.type()) {
      case TERM, LEVEL -> new Value.Code(json.asString());
      case SET -> Value.Codes.of(strings(json));
      case NUMBER -> new Value.Amount(json.decimalValue());
      case BOOLEAN -> new Value.Flag(json.asBoolean());
      case DATE -> new Value.Day(LocalDate.parse(json.asString()));
      case TEXT -> new Value.Text(json.asString());
    };
  }

  private static Answer expected(JsonNode json) {
    List<String> derived = new ArrayList<>();
    for (JsonNode one : json.get("derived")) {
      derived.add(
          one.get(0).asString()
              + " "
              + (one.get(2).isNull() ? "null" : one.get(2).asString())
              + " -> "
              + one.get(1).asString()
              + " "
              + one.get(3).asString());
    }
    return new Answer(
        json.get("outcome").asString(),
        json.get("approver").isNull() ? "" : json.get("approver").asString(),
        strings(json.get("obligations")),
        strings(json.get("clauses")),
        strings(json.get("broken")),
        strings(json.get("setAside")),
        derived,
        strings(json.get("sanctions")),
        strings(json.get("penalties")));
  }

  private static SortedSet<String> strings(JsonNode array) {
    SortedSet<String> strings = new TreeSet<>();
    array.forEach(item -> strings.add(item.asString()));
    return strings;
  }
}
