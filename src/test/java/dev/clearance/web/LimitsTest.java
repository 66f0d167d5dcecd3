package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Sizes, streams, headers: what only shows on the wire. */
class LimitsTest extends ApiTest {

  private static final String PERMITTED =
      "{\"policies\":[\"annex\"],\"subject\":{\"id\":\"u-1\"},\"action\":\"copy\"}";

  @LocalServerPort private int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aBodyOfMoreThanAMebibyteIsRefusedWhetherItsLengthIsDeclaredOrNot() throws Exception {
    byte[] body = new byte[(1 << 20) + 1];
    java.util.Arrays.fill(body, (byte) ' ');

    HttpResponse<String> declared =
        post("application/json", HttpRequest.BodyPublishers.ofByteArray(body));
    HttpResponse<String> chunked =
        post(
            "application/json",
            HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));

    for (HttpResponse<String> response : List.of(declared, chunked)) {
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
      assertThat(response.body())
          .isEqualTo(
              "{\"type\":\"urn:clearance:problem:too-large\",\"title\":\"The request is too large\","
                  + "\"status\":413,\"detail\":\"The body is larger than 1048576 bytes.\","
                  + "\"instance\":\"/v1/decisions\"}");
    }
  }

  @Test
  void aChunkedBodyWithinTheLimitIsRead() throws Exception {
    String padded = PERMITTED + " ".repeat((1 << 20) - PERMITTED.length());
    byte[] body = padded.getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> response =
        post(
            "application/json",
            HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void aBatchOfMoreThanAThousandIsRefused() throws Exception {
    String thousand = String.join(",", java.util.Collections.nCopies(1000, PERMITTED));

    assertThat(batch("{\"requests\":[" + thousand + "]}").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = batch("{\"requests\":[" + thousand + "," + PERMITTED + "]}");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("The batch holds more than 1000 requests.");
  }

  @Test
  void onlyJsonInUtf8IsTaken() throws Exception {
    for (String type : List.of("text/plain", "application/xml", "application/json;charset=gbk")) {
      assertThat(post(type, HttpRequest.BodyPublishers.ofString(PERMITTED)).statusCode())
          .isEqualTo(415);
    }
    HttpRequest compressed =
        HttpRequest.newBuilder(uri("/v1/decisions"))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofString(PERMITTED))
            .build();
    assertThat(http.send(compressed, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(415);
  }

  @Test
  void anAnswerThatIsNotAcceptedIsAProblem() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/decisions"))
            .header("Content-Type", "application/json")
            .header("Accept", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString(PERMITTED))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
  }

  @Test
  void theMethodThatIsAllowedIsNamed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/decisions"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void theIdOfARequestIsEchoedOnAnswersAndErrors() throws Exception {
    for (String path :
        List.of("/v1/policies", "/v1/nothing", "/v1/decisions", "/actuator/health")) {
      assertThat(idOf(path, "req 1~")).isEqualTo("req 1~");
      assertThat(idOf(path, "x".repeat(129))).isNotEmpty().hasSizeLessThan(40);
    }
    String big = "a".repeat(20_000);
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: " + big + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void browsersAreToldToKeepNothingAndGuessNothing() throws Exception {
    HttpRequest.BodyPublisher late =
        HttpRequest.BodyPublishers.ofInputStream(
            () -> new java.io.ByteArrayInputStream(PERMITTED.getBytes(StandardCharsets.UTF_8)));
    for (HttpResponse<String> answer :
        List.of(
            post("application/json", HttpRequest.BodyPublishers.ofString(PERMITTED)),
            post("application/json", late),
            post("application/json", HttpRequest.BodyPublishers.ofString("{")),
            post("text/plain", HttpRequest.BodyPublishers.ofString(PERMITTED)),
            batch("{\"requests\":[" + PERMITTED + "]}"),
            get("/v1/nothing", "*/*"))) {
      assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
      assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
      assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
      assertThat(answer.headers().allValues("Content-Security-Policy"))
          .containsExactly("default-src 'none'; frame-ancestors 'none'");
    }
  }

  private String idOf(String path, String sent) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).header("X-Request-ID", sent).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString())
        .headers()
        .firstValue("X-Request-ID")
        .orElseThrow();
  }

  @Test
  void whatTheContainerRefusesIsAProblemToo() throws Exception {
    for (String line : List.of("GET /v1/%00 HTTP/1.1", "GET /../../etc HTTP/1.1")) {
      String answer =
          raw(line + "\r\nHost: localhost\r\nX-Request-ID: r-1\r\nConnection: close\r\n\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("X-Request-ID: r-1", "application/problem+json", "urn:clearance:problem:");
    }
    String traced =
        raw(
            "TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: r-2\r\nConnection: close\r\n\r\n");
    assertThat(traced)
        .startsWith("HTTP/1.1 405")
        .contains("X-Request-ID: r-2", "application/problem+json");
  }

  @Test
  void aPolicyThatTheClientHasIsNotSentAgain() throws Exception {
    HttpResponse<String> first = get("/v1/policies/office", "*/*");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = get("/v1/policies/office", tag);

    assertThat(tag).isEqualTo("\"office-version\"");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(get("/v1/policies/office", "\"older\"").body()).isEqualTo(first.body());
  }

  @Test
  void aRunOfTwentyThousandLinesIsAnsweredLineByLine() throws Exception {
    int count = 20_000;
    List<String> answers = new ArrayList<>();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  OutputStream out = socket.getOutputStream();
                  out.write(head("Transfer-Encoding: chunked"));
                  for (int i = 0; i < count; i += 100) {
                    StringBuilder lines = new StringBuilder();
                    for (int j = i; j < i + 100; j++) {
                      lines.append(j % 1000 == 7 ? "{\"policies\":[\"anex\"]}" : PERMITTED);
                      lines.append(j % 2 == 0 ? "\n" : "\r\n");
                    }
                    chunk(out, lines.toString());
                  }
                  chunk(out, "");
                } catch (IOException broken) {
                  throw new java.io.UncheckedIOException(broken);
                }
              });
      readLines(socket.getInputStream(), answers);
      sending.join();
    }

    assertThat(answers).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(answers.get(i))
          .startsWith(i % 1000 == 7 ? "{\"problem\":{\"type\":" : "{\"outcome\":\"permit\",");
    }
  }

  @Test
  void runsSideBySideAreAnsweredEachInItsOrder() throws Exception {
    List<String> kinds =
        List.of(
            PERMITTED,
            PERMITTED.replace("copy", "show"),
            "{bad",
            "[]",
            "{\"policies\":[\"" + "x".repeat(60_000) + "\"]}",
            "{\"policies\":[\"" + "x".repeat(1 << 16) + "\"]}",
            "");
    List<String> answers = new ArrayList<>();
    for (String kind : kinds) {
      answers.add(lines(kind + "\n").body());
    }
    assertThat(answers).doesNotHaveDuplicates().endsWith("");
    List<CompletableFuture<Void>> runs = new ArrayList<>();
    for (int run = 0; run < 6; run++) {
      long seed = run;
      runs.add(
          CompletableFuture.runAsync(
              () -> {
                Random random = new Random(seed);
                StringBuilder sent = new StringBuilder();
                StringBuilder expected = new StringBuilder();
                for (int i = 0; i < 2_000; i++) {
                  int kind = random.nextInt(100) == 0 ? 4 + random.nextInt(3) : random.nextInt(4);
                  sent.append(kinds.get(kind)).append('\n');
                  expected.append(answers.get(kind));
                }
                assertThat(lines(sent.toString()).body().equals(expected.toString()))
                    .as("seed %s", seed)
                    .isTrue();
              }));
    }
    CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).join();
  }

  private HttpResponse<String> lines(String text) {
    try {
      return post(
          "/v1/decisions/batch", "application/x-ndjson", HttpRequest.BodyPublishers.ofString(text));
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aLineThatIsBadSpoilsOnlyItself() throws Exception {
    String tooLong = "{\"policies\":[\"" + "x".repeat(1 << 16) + "\"]}";
    String lines = String.join("\n", PERMITTED, "{bad", "", " \r", tooLong, "[]", PERMITTED);
    HttpResponse<String> response =
        post(
            "/v1/decisions/batch",
            "application/x-ndjson",
            HttpRequest.BodyPublishers.ofString(lines));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(response.body().lines().map(line -> line.substring(0, 31)))
        .containsExactly(
            "{\"outcome\":\"permit\",\"permitted\"",
            "{\"problem\":{\"type\":\"urn:clearan",
            "{\"problem\":{\"type\":\"urn:clearan",
            "{\"problem\":{\"type\":\"urn:clearan",
            "{\"outcome\":\"permit\",\"permitted\"");
    assertThat(response.body()).contains("The line is longer than 65536 bytes.");
  }

  @Test
  void anAnswerComesBeforeTheNextLineIsSent() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head("Transfer-Encoding: chunked"));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < 3; i++) {
        // The beginning of the next line must not hold back the answer to this one.
        chunk(out, PERMITTED + "\n{");
        String line = in.readLine();
        while (!line.startsWith("{")) {
          line = in.readLine();
        }
        assertThat(line).startsWith("{\"outcome\":\"permit\"");
        chunk(out, "}\n");
        while (!line.contains("policy-required")) {
          line = in.readLine();
        }
      }
    }
  }

  private static byte[] head(String framing) {
    return ("POST /v1/decisions/batch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/x-ndjson\r\n"
            + framing
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Undoes the chunks by hand, since a client library would send all before it reads. */
  private static void readLines(InputStream in, List<String> lines) throws IOException {
    String header = line(in);
    assertThat(header).startsWith("HTTP/1.1 200");
    while (!header.isEmpty()) {
      header = line(in);
    }
    StringBuilder text = new StringBuilder();
    int size = Integer.parseInt(line(in), 16);
    while (size > 0) {
      // One character a byte: only ASCII is looked at here.
      text.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
      int end = text.indexOf("\n");
      while (end >= 0) {
        lines.add(text.substring(0, end));
        text.delete(0, end + 1);
        end = text.indexOf("\n");
      }
      line(in);
      size = Integer.parseInt(line(in), 16);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> get(String path, String known) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (!known.equals("*/*")) {
      request.header("If-None-Match", known);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> batch(String body) throws Exception {
    return post(
        "/v1/decisions/batch", "application/json", HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> post(String type, HttpRequest.BodyPublisher body) throws Exception {
    return post("/v1/decisions", type, body);
  }

  private HttpResponse<String> post(String path, String type, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Content-Type", type).POST(body).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
