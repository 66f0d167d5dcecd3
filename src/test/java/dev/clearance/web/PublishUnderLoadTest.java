package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.repository.SmallFolder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Questions are asked without pause while good and bad workbooks come and go. */
class PublishUnderLoadTest extends EditingApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PUBLICATIONS = 30;
  private static final String ONE = "{\"policies\":[\"desk\"],\"action\":\"act-1\"}";
  private static final String TEN =
      "{\"requests\":[" + String.join(",", java.util.Collections.nCopies(10, ONE)) + "]}";

  /** What was answered: the outcome that a version gave. */
  private final Set<List<String>> answered = ConcurrentHashMap.newKeySet();

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  @Test
  void everyAnswerIsThatOfAVersionThatWasInForce() throws Exception {
    Map<String, String> outcomes = new ConcurrentHashMap<>();
    outcomes.put(inForce(), "deny");
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean many = i % 2 == 0;
        asking.add(threads.submit(() -> askUntil(done, many)));
      }
      for (int i = 0; i < PUBLICATIONS; i++) {
        publish(i, outcomes);
      }
      done.set(true);
      for (Future<?> asker : asking) {
        asker.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(wrong).isEmpty();
    Set<List<String>> possible = new HashSet<>();
    outcomes.forEach((version, outcome) -> possible.add(List.of(version, outcome)));
    assertThat(possible).containsAll(answered);
    assertThat(outcomes).hasSize(PUBLICATIONS + 1);
    assertThat(answered).hasSizeGreaterThan(2);
  }

  /** A bad workbook, both ways, and then a good one. */
  private void publish(int i, Map<String, String> outcomes) {
    byte[] bad = SmallFolder.policy("desk", "复印", "禁止", "第" + i + "稿");
    String path = "/v1/policies/desk/workbook";
    if (send("PUT", path, bad, "If-Match", "*").statusCode() != 422) {
      wrong.add("a bad workbook was not refused");
    }
    if (i % 3 == 0) {
      folder.save("desk.xlsx", bad);
    }
    boolean allows = i % 2 == 0;
    byte[] good = SmallFolder.policy("desk", "复制", allows ? "允许" : "禁止", "第" + i + "稿");
    // The version is known before it is in force: a check tells it.
    String version =
        JSON.readTree(send("POST", "/v1/workbooks/check", good).body()).get("version").asString();
    outcomes.put(version, allows ? "permit" : "deny");
    HttpResponse<byte[]> published = send("PUT", path, good, "If-Match", "\"" + inForce() + "\"");
    if (published.statusCode() != 200
        || !JSON.readTree(published.body()).get("version").asString().equals(version)) {
      wrong.add("not published: " + text(published));
    }
  }

  private String inForce() {
    return JSON.readTree(get("/v1/policies/desk").body()).get("version").asString();
  }

  private void askUntil(AtomicBoolean done, boolean many) {
    while (!done.get()) {
      HttpResponse<byte[]> response =
          ask(
              asker,
              "POST",
              many ? "/v1/decisions/batch" : "/v1/decisions",
              BodyPublishers.ofString(many ? TEN : ONE),
              "Content-Type",
              "application/json");
      if (response.statusCode() != 200) {
        wrong.add(text(response));
        return;
      }
      JsonNode answer = JSON.readTree(response.body());
      Set<List<String>> seen = new HashSet<>();
      if (many) {
        answer.get("decisions").forEach(one -> seen.add(told(one)));
      } else {
        seen.add(told(answer));
      }
      if (seen.size() != 1) {
        wrong.add("one batch was answered by several versions: " + seen);
      }
      answered.addAll(seen);
    }
  }

  private static List<String> told(JsonNode decision) {
    return List.of(decision.get("version").asString(), decision.get("outcome").asString());
  }
}
