package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.repository.SmallFolder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each file under {@code golden/editing} is an editor's way through the service, step by step.
 * Digests depend on when a workbook was made, so each is called by the order in which it was first
 * seen: {@code v1}, {@code v2} … {@code -Dgolden=update} writes what is answered into the files.
 */
class EditingJourneyTest extends EditingApiTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/editing");
  private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b|\\b[0-9a-f]{32}\\b");
  private static final Pattern KEY = Pattern.compile("key:[0-9a-z]+");
  private static final Pattern NAME = Pattern.compile("\\{(v[0-9]+)}");

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> digests = new HashMap<>();

  private static Map<String, byte[]> workbooks() {
    Map<String, byte[]> workbooks = new HashMap<>();
    workbooks.put("allows", SmallFolder.policy("desk", "允许"));
    workbooks.put("prohibits", SmallFolder.policy("desk", "复制", "禁止", "改过"));
    workbooks.put("misspelt", SmallFolder.policy("desk", "复印", "禁止", "样例"));
    workbooks.put("shelf", SmallFolder.policy("shelf", "允许"));
    workbooks.put("no-zip", new byte[] {1, 2, 3});
    Map<String, List<List<String>>> sheets = new HashMap<>(SmallFolder.sheets("desk", "允许"));
    sheets.put(
        "用例",
        List.of(
            List.of("编号", "问题", "行为", "预期结论"),
            List.of("1", "可以复制吗", "复制", "禁止"),
            List.of("2", "可以复制吗", "复制", "允许")));
    workbooks.put("failing", SmallFolder.workbook(sheets));
    sheets.remove("用例");
    sheets.put(
        "许可",
        List.of(
            List.of("条款", "行为", "结论", "摘要", "Summary"),
            List.of("1", "复制", "允许", "样例", "A sample"),
            List.of("1", "复制、阅读", "禁止", "样例", "A sample")));
    workbooks.put("contradicting", SmallFolder.workbook(sheets));
    sheets.put(
        "许可",
        List.of(
            List.of("条款", "行为", "结论", "摘要", "Summary"),
            List.of("1", "复制", "允许", "样例", "A sample"),
            List.of("1", "阅读", "禁止", "样例", "A sample")));
    sheets.put("用例", List.of(List.of("编号", "行为", "预期结论"), List.of("1", "复制", "允许")));
    workbooks.put("half-covered", SmallFolder.workbook(sheets));
    return workbooks;
  }

  @ParameterizedTest
  @ValueSource(strings = {"check.json", "publish.json", "versions.json"})
  void everyStepHasItsGoldenAnswer(String journey) throws IOException {
    Path file = FOLDER.resolve(journey);
    Map<String, byte[]> workbooks = workbooks();
    ArrayNode golden = (ArrayNode) JourneyTest.MAPPER.readTree(Files.readString(file));
    ArrayNode found = golden.deepCopy();
    for (JsonNode step : found) {
      play((ObjectNode) step, workbooks);
    }
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(file, JourneyTest.MAPPER.writeValueAsString(found) + "\n");
      return;
    }
    assertThat(JourneyTest.MAPPER.writeValueAsString(found))
        .isEqualTo(JourneyTest.MAPPER.writeValueAsString(golden));
  }

  private void play(ObjectNode step, Map<String, byte[]> workbooks) {
    String[] question = inDigests(step.get("ask").asString()).split(" ");
    List<String> headers = new ArrayList<>();
    if (step.has("headers")) {
      step.get("headers")
          .properties()
          .forEach(
              header -> {
                headers.add(header.getKey());
                headers.add(inDigests(header.getValue().asString()));
              });
    }
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
    if (step.has("workbook")) {
      body = HttpRequest.BodyPublishers.ofByteArray(workbooks.get(step.get("workbook").asString()));
    }
    HttpResponse<byte[]> response =
        ask(editor, question[0], question[1], body, headers.toArray(String[]::new));
    step.put("status", response.statusCode());
    for (String name : List.of("Content-Type", "ETag", "Location", "Content-Disposition")) {
      step.remove(name);
      response.headers().firstValue(name).ifPresent(value -> step.put(name, inNames(value)));
    }
    step.remove("answer");
    if (response.headers().firstValue("Content-Type").orElse("").contains("json")) {
      step.set("answer", JourneyTest.MAPPER.readTree(inNames(text(response))));
    } else if (response.body().length > 0) {
      workbooks.forEach(
          (name, bytes) -> {
            if (java.util.Arrays.equals(bytes, response.body())) {
              step.put("answer", "the workbook " + name);
            }
          });
    }
  }

  private String inNames(String text) {
    Matcher digest = DIGEST.matcher(KEY.matcher(text).replaceAll("key:…"));
    return digest.replaceAll(
        found -> {
          String name = names.computeIfAbsent(found.group(), any -> "v" + (names.size() + 1));
          digests.put(name, found.group());
          return name;
        });
  }

  private String inDigests(String text) {
    return NAME.matcher(text).replaceAll(found -> digests.get(found.group(1)));
  }
}
