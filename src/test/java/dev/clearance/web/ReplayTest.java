package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearance.ClearanceApplication;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Precondition;
import dev.clearance.repository.Publication;
import dev.clearance.security.KeyCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ten thousand logged decisions are answered again byte for byte, across a publication, a change of
 * the vocabulary and of the rules, and a restart.
 */
class ReplayTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> POLICIES =
      List.of("housing-centre", "vendor-pledge", "gov-centre-rules");
  private static final int LINES_PER_PHASE = 2_740;
  private static final int LINES_PER_RUN = 200;
  private static final int IN_A_BATCH = 300;
  private static final int EVALUATIONS = 250;
  private static final int ONE_BY_ONE = 30;

  @TempDir private Path folder;

  private ConfigurableApplicationContext service;
  private String reviewer = "";
  private final List<JsonNode> corpus = new ArrayList<>();

  /** Answers as they were given; empty where the log has more than was told. */
  private final List<String> answers = new ArrayList<>();

  @Test
  void tenThousandDecisionsAreHadAgainByteForByte() throws Exception {
    prepare();
    start();
    List<String> first = ask();
    publishHousing();
    List<String> second = ask();
    changeTheVocabularyAndTheRules();
    List<String> third = ask();
    service.close();
    assertThat(first).doesNotContainAnyElementsOf(second);
    assertThat(second).doesNotContainAnyElementsOf(third);

    List<String> logged = Files.readAllLines(log());
    assertThat(logged).hasSameSizeAs(answers).hasSizeGreaterThan(10_000);
    assertThat(versions(logged, "housing-centre")).hasSize(3);
    assertThat(versions(logged, "gov-centre-rules")).hasSize(2);
    assertThat(logged).allMatch(line -> line.contains("\"***\""));
    // Lines of one run are answered side by side, and logged in the order in which they are done.
    assertThat(logged.stream().map(ReplayTest::answer).sorted())
        .isEqualTo(answers.stream().sorted().toList());

    start();
    // In runs that a client can send whole before it reads.
    List<String> again = new ArrayList<>();
    for (int from = 0; from < logged.size(); from += LINES_PER_RUN) {
      int to = Math.min(logged.size(), from + LINES_PER_RUN);
      String lines = String.join("\n", logged.subList(from, to));
      post("/v1/decisions/replay", "application/x-ndjson", lines).lines().forEach(again::add);
    }
    service.close();
    assertThat(again).hasSameSizeAs(logged);
    for (int i = 0; i < again.size(); i++) {
      assertThat(logged.get(i)).endsWith(",\"answer\":" + again.get(i) + "}");
    }
  }

  private void prepare() throws IOException {
    for (Path from : List.of(Path.of("decision-tables"), Path.of("rules"))) {
      Path to = Files.createDirectories(folder.resolve(from));
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (!name.endsWith(".xlsx")
              || name.startsWith("vocabulary")
              || POLICIES.contains(name.replace(".xlsx", ""))) {
            Files.copy(file, to.resolve(name));
          }
        }
      }
    }
    for (String id : POLICIES) {
      for (String line :
          Files.readAllLines(Path.of("src/test/resources/conformance", id + ".ndjson"))) {
        corpus.add(request(id, JSON.readTree(line).get("request")));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KeyCommand(Clock.systemUTC())
        .run(
            List.of("create", "--role=reviewer", "--file", folder.resolve("keys").toString()),
            new PrintStream(out),
            System.err);
    reviewer = out.toString(StandardCharsets.UTF_8).strip();
  }

  private static JsonNode request(String policy, JsonNode facts) {
    ObjectNode request = JSON.createObjectNode();
    request.putArray("policies").add(policy);
    facts
        .properties()
        .forEach(
            fact -> {
              ObjectNode object = request;
              String[] steps = fact.getKey().split("\\.");
              for (int i = 0; i < steps.length - 1; i++) {
                object = object.withObjectProperty(steps[i]);
              }
              object.set(steps[steps.length - 1], fact.getValue());
            });
    return request;
  }

  private void start() {
    service =
        SpringApplication.run(
            ClearanceApplication.class,
            "--server.port=0",
            "--clearance.tables=" + folder.resolve("decision-tables"),
            "--clearance.rules=" + folder.resolve("rules"),
            "--clearance.history=" + folder.resolve("published"),
            "--clearance.keys=" + folder.resolve("keys"),
            "--clearance.log.file=" + log(),
            "--clearance.log.mask=subject.id");
  }

  private Path log() {
    return folder.resolve("decisions.ndjson");
  }

  private Caller caller() {
    String port = service.getEnvironment().getProperty("local.server.port");
    return new Caller(Integer.parseInt(String.valueOf(port)));
  }

  private String post(String path, String type, String body) {
    return caller()
        .send("POST", path, body, "Content-Type", type, "X-API-Key", reviewer)
        .body()
        .strip();
  }

  /** The question with this number; the caller's id is one that the log masks. */
  private ObjectNode question(int number) {
    ObjectNode question = (ObjectNode) corpus.get(number % corpus.size()).deepCopy();
    question.withObjectProperty("subject").put("id", "staff-" + number);
    question.put("asOf", "20" + (26 + number % 40) + "-11-22");
    return question;
  }

  /** In every way in which decisions are asked for; returns what the first question got. */
  private List<String> ask() {
    int before = answers.size();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < LINES_PER_PHASE; i++) {
      lines.add(question(i).toString());
    }
    answers.addAll(
        post("/v1/decisions/batch", "application/x-ndjson", String.join("\n", lines))
            .lines()
            .toList());
    assertThat(answers).hasSize(before + LINES_PER_PHASE);
    batch();
    evaluations();
    for (int i = 0; i < ONE_BY_ONE; i++) {
      ObjectNode question = question(i);
      question.withArrayProperty("policies").removeAll().add("vendor-pledge").add("housing-centre");
      question.remove("incident");
      for (String path : List.of("/v1/decisions", "/v1/sanctions", "/v1/classifications")) {
        answers.add(post(path, "application/json", question.toString()));
      }
    }
    return List.copyOf(answers.subList(before, before + 20));
  }

  private void batch() {
    ObjectNode batch = JSON.createObjectNode();
    ArrayNode requests = batch.putArray("requests");
    for (int i = 0; i < IN_A_BATCH; i++) {
      requests.add(question(7 * i));
    }
    String told = post("/v1/decisions/batch", "application/json", batch.toString());
    JSON.readTree(told).get("decisions").forEach(one -> answers.add(one.toString()));
  }

  /** Foreign systems send words that no attribute lists. */
  private void evaluations() {
    ObjectNode batch = JSON.createObjectNode();
    ArrayNode items = batch.putArray("evaluations");
    for (int i = 0; i < EVALUATIONS; i++) {
      ObjectNode item = items.addObject();
      item.putObject("subject")
          .put("type", "user")
          .put("id", "u-" + i)
          .putObject("properties")
          .put("role", i % 3 == 0 ? "wizard" : "staff");
      item.putObject("action").put("name", i % 2 == 0 ? "copy" : "enchant");
      item.putObject("resource").put("type", "document").put("id", "d-" + "x".repeat(i));
    }
    batch
        .putObject("context")
        .put("explain", true)
        .put("channel", "纸飞机")
        .put("recipientCount", 12.50)
        .putArray("policies")
        .add("housing-centre");
    String told = post("/access/v1/evaluations", "application/json", batch.toString());
    JSON.readTree(told)
        .get("evaluations")
        .forEach(one -> answers.add(one.get("context").toString()));
  }

  private void publishHousing() throws IOException {
    PolicyRepository repository = service.getBean(PolicyRepository.class);
    PolicyFile file = repository.current().file("housing-centre").orElseThrow();
    byte[] changed = edited(file.bytes(), "许可", "Summary", text -> text + " (amended)");
    Publication published =
        repository.publish(
            "housing-centre", changed, new Precondition.Whatever(), "somebody", "amended");
    assertThat(published).isInstanceOf(Publication.Published.class);
  }

  private void changeTheVocabularyAndTheRules() throws IOException {
    PolicyRepository repository = service.getBean(PolicyRepository.class);
    String before = version(repository);
    Path rule = folder.resolve("rules/reading.drl");
    Files.writeString(rule, "\n// Another reading.\n", StandardOpenOption.APPEND);
    // One after the other, so that no question falls between the two.
    awaitAnotherThan(before, repository);
    String between = version(repository);
    Path words = folder.resolve("decision-tables/vocabulary.xlsx");
    byte[] vocabulary = Files.readAllBytes(words);
    Files.write(words, edited(vocabulary, "义务", "English", text -> text + " without fail"));
    awaitAnotherThan(between, repository);
  }

  private static void awaitAnotherThan(String version, PolicyRepository repository) {
    await().atMost(Duration.ofMinutes(2)).until(() -> !version(repository).equals(version));
  }

  private static String version(PolicyRepository repository) {
    return repository.current().file("vendor-pledge").orElseThrow().version();
  }

  private static String answer(String line) {
    String begin = ",\"answer\":";
    return line.substring(line.indexOf(begin) + begin.length(), line.length() - 1);
  }

  /** The workbook with other texts in one column. */
  private static byte[] edited(
      byte[] bytes, String sheetName, String column, UnaryOperator<String> edit)
      throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
      Sheet sheet = workbook.getSheet(sheetName);
      int index = -1;
      for (Cell cell : sheet.getRow(0)) {
        if (cell.getStringCellValue().equals(column)) {
          index = cell.getColumnIndex();
        }
      }
      for (Row row : sheet) {
        Cell cell = row.getCell(index);
        if (row.getRowNum() > 0 && cell != null && !cell.getStringCellValue().isEmpty()) {
          cell.setCellValue(edit.apply(cell.getStringCellValue()));
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      workbook.write(out);
      return out.toByteArray();
    }
  }

  private static Set<String> versions(List<String> logged, String policy) {
    Set<String> versions = new TreeSet<>();
    for (String line : logged) {
      for (Map.Entry<String, JsonNode> one : JSON.readTree(line).get("policies").properties()) {
        if (one.getKey().equals(policy)) {
          versions.add(one.getValue().asString());
        }
      }
    }
    return versions;
  }
}
