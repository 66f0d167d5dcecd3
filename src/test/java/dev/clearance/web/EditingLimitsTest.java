package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.repository.SmallFolder;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors may send, and what everybody learns of what is not taken over. */
class EditingLimitsTest extends EditingApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void aWorkbookOfMoreThanTenMebibytesIsRefusedWhetherItsLengthIsDeclaredOrNot() {
    byte[] large = new byte[(10 << 20) + 1];
    for (String[] call :
        List.of(
            new String[] {"POST", "/v1/workbooks/check"},
            new String[] {"PUT", "/v1/policies/desk/workbook"})) {
      for (HttpRequest.BodyPublisher body :
          List.of(
              BodyPublishers.ofByteArray(large),
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
        HttpResponse<byte[]> response =
            ask(editor, call[0], call[1], body, "Content-Type", XLSX, "If-Match", "*");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(text(response)).contains("The body is larger than 10485760 bytes.");
      }
    }
  }

  @Test
  void aWorkbookThatComesInPiecesIsRead() {
    byte[] workbook = SmallFolder.policy("desk", "允许");
    HttpResponse<byte[]> response =
        ask(
            editor,
            "POST",
            "/v1/workbooks/check",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(workbook)),
            "Content-Type",
            XLSX);

    assertThat(json(response).get("clean").asBoolean()).isTrue();
  }

  @Test
  void aFileOfUnknownTypeIsTakenForAWorkbookAndAFormIsNot() {
    byte[] workbook = SmallFolder.policy("desk", "允许");

    assertThat(check(workbook).statusCode()).isEqualTo(200);
    assertThat(check(workbook, "Content-Type", "application/octet-stream").statusCode())
        .isEqualTo(200);
    assertThat(check(workbook, "Content-Type", "application/x-www-form-urlencoded").statusCode())
        .isEqualTo(415);
    assertThat(check(workbook, "Content-Type", XLSX, "Content-Encoding", "gzip").statusCode())
        .isEqualTo(415);
  }

  private HttpResponse<byte[]> check(byte[] workbook, String... headers) {
    return ask(
        editor, "POST", "/v1/workbooks/check", BodyPublishers.ofByteArray(workbook), headers);
  }

  @Test
  void aParameterThatIsNeitherYesNorNoIsTheSendersFault() {
    for (String path : List.of("/v1/policies/desk/findings", "/v1/workbooks/check")) {
      String method = path.endsWith("check") ? "POST" : "GET";
      byte[] body = method.equals("POST") ? SmallFolder.policy("desk", "允许") : new byte[0];
      HttpResponse<byte[]> response =
          ask(editor, method, path + "?propose=maybe", BodyPublishers.ofByteArray(body));

      assertThat(text(response))
          .isEqualTo(
              "{\"type\":\"urn:clearance:problem:invalid-request\",\"title\":\"The request is not"
                  + " valid\",\"status\":400,\"detail\":\"The parameter propose cannot be"
                  + " \\\"maybe\\\".\",\"instance\":\""
                  + path
                  + "\"}");
    }
  }

  @Test
  void aNoteIsOneShortLineOfAnyLanguage() throws Exception {
    byte[] workbook = SmallFolder.policy("desk", "允许");
    String path = "/v1/policies/desk/workbook?note=";

    assertThat(send("PUT", path + "a%0Ab", workbook, "If-Match", "*").statusCode()).isEqualTo(400);
    assertThat(send("PUT", path + "x".repeat(1_001), workbook, "If-Match", "*").statusCode())
        .isEqualTo(400);
    assertThat(send("PUT", path + "%E5%85%81%E8%AE%B8", workbook, "If-Match", "*").statusCode())
        .isEqualTo(200);
    assertThat(text(get("/v1/policies/desk/versions"))).contains("\"note\":\"允许\"");
  }

  @Test
  void neitherACheckNorARefusedPublicationChangesAnything() throws Exception {
    byte[] before = Files.readAllBytes(folder.tables().resolve("desk.xlsx"));
    byte[] broken = SmallFolder.policy("desk", "复印", "禁止", "样例");

    check(SmallFolder.policy("desk", "允许"), "Content-Type", XLSX);
    check(broken, "Content-Type", XLSX);
    assertThat(send("PUT", "/v1/policies/desk/workbook", broken, "If-Match", "*").statusCode())
        .isEqualTo(422);

    assertThat(Files.readAllBytes(folder.tables().resolve("desk.xlsx"))).isEqualTo(before);
    assertThat(get("/v1/policies/desk/workbook").body()).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder.tables())) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void whatIsSavedButNotCleanIsToldByThePolicyTheListAndTheHealth() throws Exception {
    String tag = get("/v1/policies/desk").headers().firstValue("ETag").orElseThrow();
    folder.save("desk.xlsx", SmallFolder.policy("desk", "复印", "禁止", "样例"));
    folder.save("shelf.xlsx", SmallFolder.policy("shelf", "复印", "禁止", "样例"));
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (json(get("/v1/policies")).get("rejected").size() < 2) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }

    HttpResponse<byte[]> policy = get("/v1/policies/desk", "If-None-Match", tag);
    assertThat(policy.statusCode()).isEqualTo(200);
    JsonNode rejected = json(policy).get("rejected");
    assertThat(rejected.get("at").asString()).isEqualTo("2026-11-22T08:00:00Z");
    assertThat(rejected.get("findings").get(0).get("cell").asString()).isEqualTo("B2");

    HttpResponse<byte[]> shelf = get("/v1/policies/shelf");
    assertThat(shelf.statusCode()).isEqualTo(404);
    assertThat(json(shelf).get("findings").get(0).get("place").asString())
        .isEqualTo("shelf.xlsx!许可!B2");

    JsonNode rules = health(asker).get("components").get("rules");
    assertThat(rules.get("status").asString()).isEqualTo("UP");
    assertThat(rules.get("details").get("policies").asInt()).isEqualTo(1);
    assertThat(rules.get("details").get("rejected").get(0).get("findings").get(0).asString())
        .isEqualTo("desk.xlsx!许可!B2: error unknown-term: 行为 has no term \"复印\" (did you mean 复制?)");
    assertThat(JSON.readTree(get("/actuator/health/readiness").body()).get("status").asString())
        .isEqualTo("UP");
  }

  @Test
  void howTheServiceIsDoingIsForThoseWhoMayAsk() {
    assertThat(health(asker).has("components")).isTrue();
    assertThat(health("").has("components")).isTrue();
    Map<String, String> fromOutside = Map.of("X-Forwarded-For", "192.0.2.1");
    fromOutside.forEach(
        (name, value) ->
            assertThat(
                    json(ask("", "GET", "/actuator/health", BodyPublishers.noBody(), name, value))
                        .has("components"))
                .isFalse());
  }

  private JsonNode health(String key) {
    return json(ask(key, "GET", "/actuator/health", BodyPublishers.noBody()));
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    return JSON.readTree(response.body());
  }
}
