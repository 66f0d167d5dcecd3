package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.ClearanceApplication;
import dev.clearance.decision.DecisionPoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.bean.override.convention.TestBean;

/** When too many ask at once, and when those who ask are slow. */
@SpringBootTest(
    classes = ClearanceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "clearance.max-concurrent=4",
      "clearance.max-waiting=4",
      "clearance.max-wait=20s",
      "clearance.max-runs=2",
      "clearance.max-batches=1",
      "clearance.body-timeout=4s",
      "server.tomcat.threads.max=40",
    })
class OverloadTest {

  private static final DecisionPoint POINT = SampleRules.point();
  private static final String PERMITTED =
      "{\"policies\":[\"annex\"],\"subject\":{\"id\":\"u-1\"},\"action\":\"copy\"}";

  private static final String RUN =
      "POST /v1/decisions/batch HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "2\r\n{}\r\n";

  /** While it is closed, no answer is made. */
  private static volatile CountDownLatch gate = new CountDownLatch(0);

  @TestBean private CurrentRules currentRules;

  @LocalServerPort private int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();

  static CurrentRules currentRules() {
    return () -> {
      try {
        gate.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      return POINT;
    };
  }

  @AfterEach
  void open() throws IOException {
    gate.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void atOverloadTheServiceSaysSoQuicklyAndAnswersWhatItAccepted() throws Exception {
    gate = new CountDownLatch(1);
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(ask());
    }
    // Four are worked on and four wait; the others know by now, though nothing has moved.
    List<HttpResponse<String>> refused = done(all, 22);
    for (HttpResponse<String> one : refused) {
      assertThat(one.statusCode()).isEqualTo(503);
      assertThat(one.headers().firstValue("Retry-After")).contains("1");
      assertThat(one.body())
          .isEqualTo(
              "{\"type\":\"urn:clearance:problem:overloaded\",\"title\":\"Too much is going on\","
                  + "\"status\":503,\"detail\":\"The service is busy; try again in a second.\","
                  + "\"instance\":\"/v1/decisions\",\"requestId\":\""
                  + one.headers().firstValue("X-Request-ID").orElseThrow()
                  + "\"}");
    }
    assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    gate.countDown();
    List<String> answers = new ArrayList<>();
    for (HttpResponse<String> one : done(all, 30)) {
      if (one.statusCode() == 200) {
        answers.add(one.body().substring(0, 19));
      }
    }
    assertThat(answers).hasSize(8).containsOnly("{\"outcome\":\"permit\"");
    assertThat(ask().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  private static List<HttpResponse<String>> done(
      List<CompletableFuture<HttpResponse<String>>> all, int count) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    List<HttpResponse<String>> done = new ArrayList<>();
    while (done.size() < count && System.nanoTime() < until) {
      Thread.sleep(20);
      done.clear();
      for (CompletableFuture<HttpResponse<String>> one : all) {
        if (one.isDone()) {
          done.add(one.get());
        }
      }
    }
    assertThat(done).hasSize(count);
    return done;
  }

  @Test
  void slowAndIdleSendersHoldNobodyUp() throws Exception {
    for (int i = 0; i < 100; i++) {
      begin("POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\n");
      begin(head("Content-Length: 1000") + "{\"policies\":");
      begin(head("Transfer-Encoding: chunked") + "5\r\n{\"pol");
      begin("");
    }
    for (int i = 0; i < 20; i++) {
      assertThat(ask().get(3, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatComesInPiecesIsAnsweredWhenItIsThere() throws Exception {
    byte[] body = PERMITTED.getBytes(StandardCharsets.UTF_8);
    Socket socket = begin(head("Content-Length: " + body.length));
    OutputStream out = socket.getOutputStream();
    for (byte one : body) {
      out.write(one);
      Thread.sleep(5);
    }
    assertThat(answer(socket)).startsWith("HTTP/1.1 200").contains("{\"outcome\":\"permit\"");
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedForForEver() throws Exception {
    Socket socket = begin(head("Content-Length: 1000") + "{");
    assertThat(answer(socket))
        .startsWith("HTTP/1.1 408")
        .contains("application/problem+json", "X-Request-ID: ", "Connection: close");
  }

  @Test
  void brokenFramingIsToldAsSuch() throws Exception {
    Socket socket = begin(head("Transfer-Encoding: chunked") + "zz\r\n{}\r\n");
    assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("application/problem+json");
  }

  @Test
  void runsOfLinesTakeNoMoreThanTheirOwnPlaces() throws Exception {
    begin(RUN);
    begin(RUN);
    Thread.sleep(500);
    assertThat(answer(begin(RUN))).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
    assertThat(ask().get(3, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void whoGoesAwayInTheMiddleOfARunGivesBackItsPlace() throws Exception {
    for (int i = 0; i < 6; i++) {
      Socket waitedFor = begin(RUN);
      Socket neverRead = begin(RUN);
      fill(neverRead);
      leave(waitedFor);
      leave(neverRead);
      assertThat(untilAdmitted(RUN + "0\r\n\r\n")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whoGoesAwayInTheMiddleOfABatchGivesBackItsPlace() throws Exception {
    for (int i = 0; i < 6; i++) {
      gate = new CountDownLatch(1);
      Socket gone = begin(batch(1000));
      Thread.sleep(100);
      leave(gone);
      gate.countDown();
      assertThat(untilAdmitted(batch(1))).startsWith("HTTP/1.1 200");
    }
  }

  /** Sends lines, and reads no answer, until the service takes no more of them. */
  private static void fill(Socket socket) throws Exception {
    byte[] lines = (PERMITTED + "\n").repeat(500).getBytes(StandardCharsets.UTF_8);
    byte[] size = (Integer.toHexString(lines.length) + "\r\n").getBytes(StandardCharsets.UTF_8);
    AtomicLong sent = new AtomicLong();
    Thread sender =
        new Thread(
            () -> {
              try {
                while (true) {
                  socket.getOutputStream().write(size);
                  socket.getOutputStream().write(lines);
                  socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.UTF_8));
                  sent.incrementAndGet();
                }
              } catch (IOException closed) {
                sent.set(-1);
              }
            });
    sender.setDaemon(true);
    sender.start();
    for (long before = -1; before != sent.get() || before == 0; ) {
      before = sent.get();
      Thread.sleep(300);
    }
  }

  /** As a process that is killed does. */
  private static void leave(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private String untilAdmitted(String request) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    String answer;
    do {
      Thread.sleep(20);
      answer = answer(begin(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
    } while (answer.startsWith("HTTP/1.1 503") && System.nanoTime() < until);
    return answer;
  }

  @Test
  void batchesTakeNoMoreThanTheirOwnPlaces() throws Exception {
    gate = new CountDownLatch(1);
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(begin(batch(1000)));
    }
    // One is worked on and four wait.
    Socket refused = all.get(0);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    for (int i = 0; refused.getInputStream().available() == 0; i++) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(10);
      refused = all.get(i % 6);
    }
    assertThat(answer(refused)).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
    all.remove(refused);
    gate.countDown();
    for (Socket one : all) {
      // Too long to be held in memory as a whole.
      assertThat(answer(one)).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked");
    }
    assertThat(answer(begin(batch(2))))
        .startsWith("HTTP/1.1 200")
        .contains("Content-Length: ")
        .contains("{\"decisions\":[{\"outcome\":\"permit\"")
        .endsWith("}]}");
  }

  private static String batch(int size) {
    String requests = String.join(",", java.util.Collections.nCopies(size, PERMITTED));
    String body = "{\"requests\":[" + requests + "]}";
    return head("Content-Length: " + body.length()).replace("/decisions", "/decisions/batch")
        + body;
  }

  private static String head(String framing) {
    return "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\n"
        + framing
        + "\r\n\r\n";
  }

  private Socket begin(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/decisions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(PERMITTED))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
