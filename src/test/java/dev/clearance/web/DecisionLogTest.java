package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.ClearanceApplication;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Precondition;
import dev.clearance.repository.Publication;
import dev.clearance.security.KeyCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is answered is logged, and what is logged can be answered again. */
class DecisionLogTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int ONE_BY_ONE = 200;

  @TempDir private static Path folder;

  private static ConfigurableApplicationContext service;

  /** One for each test, so that its lines are known. */
  private static String requestId = "r-1";

  private static String reviewer = "";

  @BeforeAll
  static void start() throws IOException {
    Path tables = Files.createDirectories(folder.resolve("tables"));
    for (String name : List.of("housing-centre", "vendor-pledge", "vocabulary")) {
      Files.copy(Path.of("decision-tables", name + ".xlsx"), tables.resolve(name + ".xlsx"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String keys = folder.resolve("clearance.keys").toString();
    new KeyCommand(Clock.systemUTC())
        .run(
            List.of("create", "--role=reviewer", "--file", keys), new PrintStream(out), System.err);
    reviewer = out.toString(StandardCharsets.UTF_8).strip();
    service = start(tables, "--clearance.log.file=" + log(), "--clearance.keys=" + keys);
  }

  private static ConfigurableApplicationContext start(Path tables, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--clearance.tables=" + tables,
                "--clearance.log.mask=subject.id,incident.bribeAmount"));
    arguments.addAll(List.of(more));
    return SpringApplication.run(ClearanceApplication.class, arguments.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Path log() {
    return folder.resolve("decisions.ndjson");
  }

  private static String housing(int i) {
    List<String> actions = List.of("copy", "provide");
    return "{\"policies\":[\"housing-centre\"],\"subject\":{\"role\":\"staff\"},\"action\":\""
        + actions.get(i % 2)
        + "\",\"resource\":{\"type\":\"document\",\"category\":\"financial-information\"},"
        + "\"context\":{\"recipient\":\"third-party\"},\"asOf\":\"20"
        + (26 + i % 50)
        + "-01-01\"}";
  }

  private static HttpResponse<String> post(String path, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + service.getEnvironment().getProperty("local.server.port")
                        + path))
            .header("Content-Type", type)
            .header("X-API-Key", reviewer)
            .header("X-Request-ID", requestId)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String ask(String path, String body) throws Exception {
    HttpResponse<String> response = post(path, "application/json", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static String publishTheSameAgain(String policy) throws IOException {
    PolicyRepository repository = service.getBean(PolicyRepository.class);
    byte[] bytes = repository.current().file(policy).orElseThrow().bytes();
    Publication published =
        repository.publish(policy, packedAnew(bytes), new Precondition.Whatever(), "somebody", "");
    assertThat(published).isInstanceOf(Publication.Published.class);
    return repository.current().file(policy).orElseThrow().version();
  }

  /** The same workbook in other bytes, which is another version. */
  private static byte[] packedAnew(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipOutputStream to = new ZipOutputStream(out)) {
      to.setLevel(1);
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.transferTo(to);
        to.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** The lines of the requests with the present id; they are written a little later. */
  private static List<String> lines(int atLeast) throws Exception {
    String id = "\"requestId\":\"" + requestId + "\"";
    List<String> lines = List.of();
    for (int i = 0; i < 400 && lines.size() < atLeast; i++) {
      Thread.sleep(50);
      lines =
          Files.exists(log())
              ? Files.readAllLines(log()).stream().filter(line -> line.contains(id)).toList()
              : List.of();
    }
    return lines;
  }

  @Test
  void whatWasAnsweredIsAnsweredAgainByteForByteAcrossVersions() throws Exception {
    requestId = "across-versions";
    List<String> answers = new ArrayList<>();
    for (int version = 0; version < 2; version++) {
      for (int i = 0; i < ONE_BY_ONE; i++) {
        answers.add(ask("/v1/decisions", housing(i)));
      }
      List<String> run = Collections.nCopies(50, housing(version) + "\n");
      answers.addAll(
          post("/v1/decisions/batch", "application/x-ndjson", String.join("", run))
              .body()
              .lines()
              .toList());
      answers.add(ask("/v1/sanctions", housing(1)));
      answers.add(ask("/v1/classifications", housing(1)));
      publishTheSameAgain("housing-centre");
    }
    List<String> lines = lines(answers.size());
    assertThat(lines).hasSameSizeAs(answers);
    for (int i = 0; i < lines.size(); i++) {
      HttpResponse<String> again = post("/v1/decisions/replay", "application/json", lines.get(i));
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(again.headers().firstValue("Clearance-Replay")).contains("same");
      assertThat(again.body()).isEqualTo(answers.get(i));
    }
  }

  @Test
  void aLineHoldsWhoAskedWhatUnderWhichRules() throws Exception {
    requestId = "r-1";
    String answer =
        ask(
            "/v1/decisions",
            "{\"policies\":[\"vendor-pledge\"],\"asOf\":\"2026-11-22\","
                + "\"subject\":{\"role\":\"供应商\"},\"action\":{\"name\":\"bribe\"},"
                + "\"incident\":{\"contractTotal\":2000000.50}}");
    JsonNode told = MAPPER.readTree(answer);
    String line =
        lines(1).stream().filter(one -> one.contains("2000000.5")).findFirst().orElseThrow();
    JsonNode logged = MAPPER.readTree(line);

    String version = told.get("version").stringValue();
    assertThat(line)
        .startsWith(
            "{\"decisionId\":\"" + told.get("decisionId").stringValue() + "\",\"time\":\"20")
        .contains("\"requestId\":\"r-1\",\"caller\":\"key:", "\"question\":\"decision\"")
        .contains("\"policies\":{\"vendor-pledge\":\"" + version + "\"},\"version\":\"" + version)
        .contains(
            "\"request\":{\"policies\":[\"vendor-pledge\"],\"asOf\":\"2026-11-22\",\"subject\":{\"role\":\"supplier\"}")
        .endsWith(",\"answer\":" + answer + "}");
    assertThat(logged.get("micros").isIntegralNumber()).isTrue();
  }

  @Test
  void whatDiffersIsToldWithTheReason() throws Exception {
    requestId = "differs";
    String answer = ask("/v1/decisions", housing(3));
    String id = MAPPER.readTree(answer).get("decisionId").stringValue();
    String line =
        lines(1).stream().filter(one -> one.contains("\"" + id + "\"")).findFirst().orElseThrow();
    String outcome = MAPPER.readTree(answer).get("outcome").stringValue();
    String changed = line.replace("\"outcome\":\"" + outcome, "\"outcome\":\"made-up");
    HttpResponse<String> differs = post("/v1/decisions/replay", "application/json", changed);
    assertThat(differs.statusCode()).isEqualTo(409);
    assertThat(differs.body())
        .contains("\"reason\":\"answers-differ\"")
        .contains(
            "\"differences\":[{\"pointer\":\"/outcome\",\"logged\":\"made-up\",\"replayed\":\""
                + outcome
                + "\"}]");

    String version = MAPPER.readTree(answer).get("version").stringValue();
    String gone = line.replace(version, "0".repeat(32));
    assertThat(post("/v1/decisions/replay", "application/json", gone).body())
        .contains("\"reason\":\"version-unknown\"");
    assertThat(post("/v1/decisions/replay", "application/json", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsHiddenAndCountsIsNamedAsTheReason() throws Exception {
    requestId = "masked";
    String bribe =
        "{\"policies\":[\"vendor-pledge\"],\"subject\":{\"id\":\"zhang\",\"role\":\"supplier\"},"
            + "\"action\":\"bribe\",\"context\":{\"recipient\":\"client\","
            + "\"purpose\":\"obtain-deal\"},\"incident\":{\"conduct\":\"bribe\","
            + "\"status\":\"established\",\"contractTotal\":2000000,\"bribeAmount\":30000}}";
    String review = ask("/v1/sanctions", bribe);
    String classification = ask("/v1/classifications", bribe);
    List<String> lines = lines(2);
    assertThat(String.join("", lines)).doesNotContain("zhang", "30000,").contains("\"***\"");

    HttpResponse<String> hidden = post("/v1/decisions/replay", "application/json", lines.get(0));
    assertThat(hidden.statusCode()).isEqualTo(409);
    assertThat(hidden.body())
        .contains("\"reason\":\"masked\"")
        .contains("{\"pointer\":\"/certain/0/amount\",\"logged\":500000}");
    assertThat(review).contains("\"amount\":500000");

    // A level does not depend on the amount: all is had again but the id, a digest of it.
    HttpResponse<String> same = post("/v1/decisions/replay", "application/json", lines.get(1));
    assertThat(same.headers().firstValue("Clearance-Replay")).contains("same-but-masked");
    assertThat(same.body()).isEqualTo(classification);
  }

  @Test
  void aDecisionIsFoundByItsId() throws Exception {
    requestId = "found";
    String answer = ask("/v1/decisions", housing(5));
    String id = MAPPER.readTree(answer).get("decisionId").stringValue();
    lines(1);
    Thread.sleep(500);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + service.getEnvironment().getProperty("local.server.port")
                        + "/v1/decisions/"
                        + id))
            .header("X-API-Key", reviewer)
            .build();
    HttpResponse<String> found = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).startsWith(LogLine.beginning(id)).endsWith(answer + "}");
  }

  @Test
  void metersTellOfAnswersVersionsAndTheLog() throws Exception {
    ask("/v1/decisions", housing(0));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + service.getEnvironment().getProperty("local.server.port")
                        + "/actuator/prometheus"))
            .build();
    String meters = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    assertThat(meters)
        .contains("clearance_decisions_seconds_bucket{outcome=")
        .contains(
            "http_server_requests_seconds_count{exception=\"none\",method=\"POST\","
                + "outcome=\"SUCCESS\",status=\"200\",uri=\"/v1/decisions\"}")
        .contains("policy=\"housing-centre\",question=\"decision\"")
        .contains("clearance_policy_version{policy=\"housing-centre\",version=\"")
        .contains("clearance_log_backlog", "clearance_log_dropped_total 0.0")
        .contains("clearance_workbooks_rejected 0.0", "clearance_rules_changes_total");
  }
}
