package dev.clearance.web;

import dev.clearance.ClearanceApplication;
import dev.clearance.repository.SmallFolder;
import dev.clearance.security.KeyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The service over a real port on a folder of its own, with an editor and somebody who asks. */
abstract class EditingApiTest {

  static final String XLSX = Workbooks.MEDIA_TYPE;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path root;
  SmallFolder folder;
  String editor = "";
  String asker = "";
  private ConfigurableApplicationContext service;

  /** It is always the same morning. */
  static class Morning {
    @Bean
    @Primary
    Clock morning() {
      return Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
    }
  }

  @BeforeEach
  void start() {
    folder = SmallFolder.in(root).withShippedRules();
    prepare();
    editor = key("editor");
    asker = key("decide");
    service =
        new SpringApplication(ClearanceApplication.class, Morning.class)
            .run(
                "--server.port=0",
                "--clearance.tables=" + folder.tables(),
                "--clearance.rules=" + folder.rules(),
                "--clearance.history=" + folder.history(),
                "--clearance.keys=" + root.resolve("keys"));
  }

  /** Puts other workbooks into the folder, for tests that want them. */
  void prepare() {}

  @AfterEach
  void stop() {
    service.close();
  }

  private String key(String role) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
    List<String> arguments =
        List.of("create", "--role", role, "--file", root.resolve("keys").toString());
    new KeyCommand(Clock.systemUTC()).run(arguments, text, text);
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> List.of(line.split("\\s+")).stream())
        .filter(word -> word.startsWith("clr_"))
        .findFirst()
        .orElseThrow();
  }

  URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
  }

  /**
   * @param headers names and values by turns
   */
  HttpResponse<byte[]> ask(
      String key, String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) {
    return ask(editor, "GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> send(String method, String path, byte[] workbook, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = XLSX;
    return ask(editor, method, path, HttpRequest.BodyPublishers.ofByteArray(workbook), all);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static byte[] shipped(String name) {
    try (InputStream in = Files.newInputStream(Path.of("decision-tables", name))) {
      return in.readAllBytes();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
