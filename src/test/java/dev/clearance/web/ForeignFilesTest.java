package dev.clearance.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clearance.cli.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Throws every file of a folder at the command, at the service and into the watched folder: {@code
 * -Dcorpus=<folder> -DargLine=-Xmx512m}. None is a workbook of ours, so none may come into force.
 */
@EnabledIfSystemProperty(named = "corpus", matches = ".+")
class ForeignFilesTest extends EditingApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long LONGEST_MILLIS = 10_000;

  private final Map<String, Path> files = new TreeMap<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> slow = new ArrayList<>();
  private long slowest;

  @Override
  void prepare() {
    // Excel's own name for each, so that it is taken for a workbook whatever it is.
    try (Stream<Path> all = Files.walk(Path.of(System.getProperty("corpus")))) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString().replaceAll("[^A-Za-z0-9.-]", "_");
        files.put("%04d-%s.xlsx".formatted(files.size(), name), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyFileIsRefusedInTimeAndNothingInForceChanges() throws Exception {
    Map<String, String> before = versions();
    check();
    send();
    drop();
    assertEquals(before, versions());
    System.out.println(files.size() + " files; answers " + answers);
    System.out.println("slowest " + slowest + " ms; above a second " + slow);
    ManagementFactory.getMemoryPoolMXBeans()
        .forEach(
            pool ->
                System.out.println(
                    pool.getName() + " at most " + (pool.getPeakUsage().getUsed() >> 20) + " MiB"));
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    return JSON.readTree(response.body());
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (JsonNode policy : json(get("/v1/policies")).get("policies")) {
      String id = policy.get("id").asString();
      String workbook = "/v1/policies/" + id + "/workbook";
      versions.put(id, get(workbook).headers().firstValue("ETag").orElse(""));
    }
    return versions;
  }

  /** The command, once for all. */
  private void check() throws IOException {
    Path all = Files.createDirectory(root.resolve("all"));
    Files.copy(folder.tables().resolve("vocabulary.xlsx"), all.resolve("vocabulary.xlsx"));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Files.copy(file.getValue(), all.resolve(file.getKey()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status =
        new Commands()
            .run(
                new String[] {
                  "check", all.toString(), "--rules", folder.rules().toString(), "--format", "json"
                },
                text,
                text);
    assertEquals(1, status);
    String found = out.toString(StandardCharsets.UTF_8);
    List<String> passed = files.keySet().stream().filter(name -> !found.contains(name)).toList();
    assertEquals(List.of(), passed, "nothing was found in these");
  }

  private void send() throws IOException {
    String inForce = versions().values().iterator().next();
    String id = versions().keySet().iterator().next();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      byte[] bytes = Files.readAllBytes(file.getValue());
      ask(file.getKey(), "POST", "/v1/workbooks/check", bytes, Set.of(200, 413, 422));
      ask(
          file.getKey(),
          "POST",
          "/v1/workbooks/check",
          bytes,
          Set.of(200, 413, 422),
          "Accept",
          XLSX);
      ask(
          file.getKey(),
          "PUT",
          "/v1/policies/" + id + "/workbook",
          bytes,
          Set.of(413, 422),
          "If-Match",
          inForce);
    }
  }

  private void ask(
      String name, String method, String path, byte[] bytes, Set<Integer> good, String... more) {
    List<String> headers = new ArrayList<>(List.of("Content-Type", XLSX));
    headers.addAll(List.of(more));
    long start = System.nanoTime();
    int status =
        ask(editor, method, path, BodyPublishers.ofByteArray(bytes), headers.toArray(String[]::new))
            .statusCode();
    long millis = (System.nanoTime() - start) / 1_000_000;
    slowest = Math.max(slowest, millis);
    if (millis > 1_000) {
      slow.add(name + " " + millis);
    }
    answers.merge(method + " " + status, 1, Integer::sum);
    assertEquals(true, good.contains(status), name + ": " + method + " " + path + " " + status);
    assertEquals(true, millis < LONGEST_MILLIS, name + " took " + millis + " ms");
  }

  private void drop() throws Exception {
    Set<String> waiting = new TreeSet<>(files.keySet());
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path draft = root.resolve("draft");
      Files.copy(file.getValue(), draft, StandardCopyOption.REPLACE_EXISTING);
      Files.move(draft, folder.tables().resolve(file.getKey()));
    }
    for (int i = 0; i < 600 && !waiting.isEmpty(); i++) {
      Thread.sleep(500);
      for (JsonNode rejected : json(get("/v1/policies")).get("rejected")) {
        waiting.remove(rejected.get("file").asString());
      }
    }
    assertEquals(Set.of(), waiting, "these were not taken notice of");
  }
}
