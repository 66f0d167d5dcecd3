package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.clearance.ClearanceApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Where a collector is named it is sent a span for each request; else nothing is traced. */
class TracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String QUESTION =
      "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"read\"},"
          + "\"resource\":{\"type\":\"record\",\"id\":\"record-1\"}}";

  @TempDir private Path folder;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @BeforeEach
  void collector() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
          received.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  private ConfigurableApplicationContext start(String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of(more));
    arguments.add("--server.port=0");
    arguments.add("--clearance.tables=src/test/resources/authzen/decision-tables");
    arguments.add("--clearance.history=" + folder.resolve("published"));
    return SpringApplication.run(ClearanceApplication.class, arguments.toArray(String[]::new));
  }

  private static int port(ConfigurableApplicationContext service) {
    return Integer.parseInt(
        Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port")));
  }

  private static String inBytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aSpanForEachRequestReachesTheCollector() throws Exception {
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (var service = start("--otel.exporter.otlp.endpoint=" + endpoint)) {
      HttpResponse<String> answer =
          new Caller(port(service))
              .send(
                  "POST",
                  "/access/v1/evaluation",
                  QUESTION,
                  "Content-Type",
                  "application/json",
                  "X-Request-ID",
                  "the-request",
                  "traceparent",
                  "00-" + TRACE + "-" + PARENT + "-01");
      assertThat(answer.body()).isEqualTo("{\"decision\":true}");
      new Caller(port(service)).get("/nowhere");
      slowly(port(service));
    }
    String all = String.join("\n", received);
    assertThat(received.get(0)).startsWith("/v1/traces application/x-protobuf ");
    assertThat(all)
        .contains(inBytes(TRACE), inBytes(PARENT), "the-request", "POST /access/v1/evaluation")
        .contains("service.name", "clearance", "http.response.status_code", "/nowhere")
        .contains("the-slow-one");
  }

  /** The body comes later than the headers, so that the answer is made in another thread. */
  private static void slowly(int port) throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] body = QUESTION.getBytes(StandardCharsets.UTF_8);
      String head =
          "POST /access/v1/evaluation HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "X-Request-ID: the-slow-one\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      Thread.sleep(300);
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("{\"decision\":true}");
    }
  }

  @Test
  void nothingIsTracedWhereNoCollectorIsNamed() {
    try (var service = start()) {
      assertThat(service.getBeansOfType(Traces.class)).isEmpty();
      assertThat(new Caller(port(service)).get("/v1/policies").statusCode()).isEqualTo(200);
    }
    assertThat(received).isEmpty();
  }
}
