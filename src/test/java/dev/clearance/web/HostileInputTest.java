package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Bodies that mean harm, sent to every path that takes a body: refused, quickly, in few words. */
class HostileInputTest extends ApiTest {

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private final HttpClient http = HttpClient.newHttpClient();

  private static Map<String, byte[]> bodies() {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    text(bodies, "deep arrays", "[".repeat(100_000));
    text(bodies, "deep objects", "{\"subject\":".repeat(50_000));
    text(bodies, "deep and closed", "[".repeat(5_000) + "]".repeat(5_000));
    text(bodies, "a huge exponent", request("\"context\":{\"delayHours\":1e999999}"));
    text(bodies, "a huge negative exponent", request("\"context\":{\"delayHours\":1e-999999}"));
    text(bodies, "an exponent beyond long", request("\"asOf\":1e99999999999999999999"));
    text(bodies, "a long number", request("\"subject\":{\"id\":" + "9".repeat(100_000) + "}"));
    text(bodies, "not a number", request("\"subject\":{\"id\":NaN}"));
    text(bodies, "duplicate names", "{\"action\":\"copy\",\"action\":\"send\"}");
    text(bodies, "duplicate names below", "{\"subject\":{\"id\":\"a\",\"id\":\"b\"},\"x\":1}");
    bytes(bodies, "broken UTF-8", "{\"action\":\"", 0xC3, 0x28);
    bytes(bodies, "overlong UTF-8", "{\"action\":\"", 0xC0, 0xAF);
    bytes(bodies, "a surrogate in UTF-8", "{\"action\":\"", 0xED, 0xA0, 0x80);
    bytes(bodies, "half a character", "{\"action\":\"", 0xE4, 0xBD);
    text(bodies, "an unpaired surrogate", request("\"subject\":{\"id\":\"\\uD800\"}"));
    text(bodies, "an unpaired surrogate in a name", request("\"\\uDC00\":1"));
    text(bodies, "a very long id", request("\"subject\":{\"id\":\"" + "x".repeat(50_000) + "\"}"));
    text(bodies, "a very long policy", "{\"policies\":[\"" + "p".repeat(9_000) + "\"]}");
    text(bodies, "a string of a mebibyte", "\"" + "x".repeat((1 << 20) - 2) + "\"");
    text(bodies, "a name of a mebibyte", "{\"" + "x".repeat((1 << 20) - 6) + "\":1}");
    text(bodies, "many unknown members", many(80_000));
    text(bodies, "many policies", manyPolicies(60_000));
    text(bodies, "NUL", "{\"action\":\"copy\"}\u0000");
    text(bodies, "NUL in a string", request("\"subject\":{\"id\":\"\u0000\"}"));
    text(bodies, "a byte order mark and nothing", "\uFEFF");
    text(bodies, "two byte order marks", "\uFEFF\uFEFF{\"action\":\"copy\"}");
    bodies.put("UTF-16", "{\"action\":\"copy\"}".getBytes(StandardCharsets.UTF_16));
    text(bodies, "nothing", "");
    text(bodies, "null", "null");
    text(bodies, "a document and another", "{}{}");
    text(bodies, "a comment", "{/* */}");
    text(bodies, "a trailing comma", "{\"subject\":{},}");
    bodies.put("too large", " ".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8));
    bodies.put("far too large", new byte[3 << 20]);
    return bodies;
  }

  private static String request(String member) {
    return "{\"policies\":[\"annex\"],\"action\":\"copy\"," + member + "}";
  }

  private static String many(int count) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
    }
    return text.append('}').toString();
  }

  private static String manyPolicies(int count) {
    return "{\"policies\":[" + "\"p\",".repeat(count) + "\"p\"]}";
  }

  private static void text(Map<String, byte[]> bodies, String name, String text) {
    bodies.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(Map<String, byte[]> bodies, String name, String start, int... more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(start.getBytes(StandardCharsets.US_ASCII));
    for (int one : more) {
      all.write(one);
    }
    all.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
    bodies.put(name, all.toByteArray());
  }

  private Set<String> paths() {
    Set<String> paths = new java.util.TreeSet<>();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping -> {
              if (mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
                mapping
                    .getPatternValues()
                    .forEach(pattern -> paths.add(pattern.replaceAll("\\{[^}]*}", "annex")));
              }
            });
    return paths;
  }

  @Test
  void nothingHostileIsMoreThanABadRequest() throws Exception {
    Set<String> paths = paths();
    assertThat(paths).contains("/v1/decisions", "/v1/decisions/batch", "/v1/sanctions");
    List<String> wrong = new ArrayList<>();
    for (String path : paths) {
      for (Map.Entry<String, byte[]> body : bodies().entrySet()) {
        wrong.addAll(faults(path, body.getKey(), BodyPublishers.ofByteArray(body.getValue())));
        wrong.addAll(
            faults(
                path,
                body.getKey() + ", chunked",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getValue()))));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private List<String> faults(String path, String name, BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .POST(body)
            .build();
    long begun = System.nanoTime();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    boolean refused = response.statusCode() >= 400 && response.statusCode() < 500;
    // The standard wants unknown members to be ignored, and its batches are answered item by item.
    boolean lenient = path.contains("/access/") && response.statusCode() == 200;
    boolean told =
        response.headers().firstValue("X-Request-ID").isPresent()
            && response.body().length() < 20_000;
    return (refused || lenient) && told && millis < 5_000
        ? List.of()
        : List.of(
            path
                + " with "
                + name
                + ": "
                + response.statusCode()
                + " after "
                + millis
                + " ms, "
                + response.body().length()
                + " characters");
  }

  @Test
  void ofVeryManyFaultsOnlyTheFirstAreListed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/decisions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(many(80_000)))
            .build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();

    assertThat(body.split("\"pointer\":", -1).length - 1).isEqualTo(50);
  }
}
