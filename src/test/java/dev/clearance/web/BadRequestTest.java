package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code golden/api/bad-requests.txt}: the body of a decision request as it is sent (or, after a
 * first line {@code POST path}, of another), and the problem that is answered. {@code
 * -Dgolden=update} writes what is answered into the file.
 */
class BadRequestTest extends ApiTest {

  private static final Path FILE = Path.of("src/test/resources/golden/api/bad-requests.txt");
  private static final String ANSWER = "-- answer";

  @Autowired private RestTestClient client;

  private record Case(String title, String request, String answer) {

    String path() {
      return request.startsWith("POST ")
          ? request.substring(5, request.indexOf('\n'))
          : "/v1/decisions";
    }

    String body() {
      return request.startsWith("POST ") ? request.substring(request.indexOf('\n') + 1) : request;
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBadRequestIsToldAllThatIsWrong() throws IOException {
    List<Case> cases = cases();
    if ("update".equals(System.getProperty("golden"))) {
      update(cases);
    }
    assertThat(cases).hasSizeGreaterThan(30);
    return cases().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.title(), () -> assertThat(answer(one)).isEqualTo(one.answer())));
  }

  @Test
  void aBodyInUtf16IsRefused() {
    assertThat(problem(StandardCharsets.UTF_16LE, "application/json")).contains("not-utf-8");
    assertThat(problem(StandardCharsets.UTF_16, "application/json")).contains("not-utf-8");
    assertThat(problem(StandardCharsets.UTF_16, "application/json;charset=utf-16"))
        .contains("The charset must be utf-8.");
  }

  @Test
  void aByteOrderMarkOfUtf8IsPassedOver() {
    byte[] body = "\uFEFF{\"policies\":[\"annex\"]}".getBytes(StandardCharsets.UTF_8);

    assertThat(send(body, "application/json; charset=\"UTF-8\"").getStatus().value())
        .isEqualTo(200);
  }

  @Test
  void illFormedUtf8IsRefused() {
    byte[] body = "{\"policies\":[\"annex\"],\"action\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 3] = (byte) 0xC0;

    assertThat(text(send(body, "application/json"))).contains("not-utf-8");
  }

  private String problem(Charset charset, String type) {
    return text(send("{\"policies\":[\"annex\"]}".getBytes(charset), type));
  }

  private EntityExchangeResult<byte[]> send(byte[] body, String type) {
    RestTestClient.RequestBodySpec request = client.post().uri("/v1/decisions");
    request.header("Content-Type", type);
    request.body(body);
    return request.exchange().returnResult(byte[].class);
  }

  private static String text(EntityExchangeResult<byte[]> result) {
    return new String(result.getResponseBody(), StandardCharsets.UTF_8);
  }

  private String answer(Case one) {
    RestTestClient.RequestBodySpec request = client.post().uri(one.path());
    request.header("Content-Type", "application/json");
    request.body(one.body().getBytes(StandardCharsets.UTF_8));
    EntityExchangeResult<byte[]> result = request.exchange().returnResult(byte[].class);
    ObjectNode answer = (ObjectNode) JourneyTest.MAPPER.readTree(result.getResponseBody());
    assertThat(answer.get("status").asInt()).isEqualTo(result.getStatus().value());
    assertThat(String.valueOf(result.getResponseHeaders().getContentType()))
        .isEqualTo("application/problem+json");
    // The same in every case.
    answer.remove(List.of("type", "title", "instance"));
    return JourneyTest.MAPPER.writeValueAsString(answer);
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String block : Files.readString(FILE).split("(?m)^== ")) {
      if (block.isBlank()) {
        continue;
      }
      int title = block.indexOf('\n');
      int answer = block.indexOf(ANSWER);
      String request = block.substring(title + 1, answer < 0 ? block.length() : answer);
      String found = answer < 0 ? "" : block.substring(answer + ANSWER.length());
      cases.add(new Case(block.substring(0, title), request.strip(), found.strip()));
    }
    return cases;
  }

  private void update(List<Case> cases) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Case one : cases) {
      text.append("== ").append(one.title()).append('\n').append(one.request()).append('\n');
      text.append(ANSWER).append('\n').append(answer(one)).append("\n\n");
    }
    Files.writeString(FILE, text.toString().stripTrailing() + "\n");
  }
}
