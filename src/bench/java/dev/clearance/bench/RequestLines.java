package dev.clearance.bench;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes the realistic mix as lines of JSON: the file, and how many lines. */
public final class RequestLines {

  private RequestLines() {}

  public static void main(String[] arguments) throws IOException {
    List<DecisionRequest> requests = Tables.of("shipped").requests();
    int count = Integer.parseInt(arguments[1]);
    JsonMapper json = new JsonMapper();
    List<String> lines =
        requests.stream().map(request -> json.writeValueAsString(members(request))).toList();
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[0]))) {
      for (int i = 0; i < count; i++) {
        out.write(lines.get(i % lines.size()));
        out.write('\n');
      }
    }
  }

  private static Map<String, Object> members(DecisionRequest request) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("policies", request.policies());
    Facts facts = request.facts();
    for (Attribute attribute : facts.known()) {
      Map<String, Object> object = members;
      String[] steps = attribute.path().split("\\.");
      for (int i = 0; i < steps.length - 1; i++) {
        object = below(object, steps[i]);
      }
      object.put(steps[steps.length - 1], json(facts.get(attribute).orElseThrow()));
    }
    return members;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> below(Map<String, Object> object, String name) {
    return (Map<String, Object>) object.computeIfAbsent(name, any -> new LinkedHashMap<>());
  }

  private static Object json(Value value) {
    if (value instanceof Value.Codes codes) {
      return codes.codes();
    }
    if (value instanceof Value.Amount amount) {
      return amount.number();
    }
    return value instanceof Value.Flag flag ? flag.yes() : value.toString();
  }
}
