package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each file under {@code golden/api} is one question and its whole answer, members in order. {@code
 * -Dgolden=update} writes what is answered into the files.
 */
class JourneyTest extends ApiTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/api");

  /** Keeps 10 and 10.0 apart, and the order of the members. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @Autowired private RestTestClient client;

  @TestFactory
  Stream<DynamicTest> everyQuestionHasItsGoldenAnswer() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> journeys =
          files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertThat(journeys).hasSizeGreaterThan(10);
      return journeys.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private void check(Path file) throws IOException {
    ObjectNode golden = (ObjectNode) MAPPER.readTree(Files.readString(file));
    EntityExchangeResult<byte[]> result = ask(golden);
    ObjectNode found = golden.deepCopy();
    found.put("status", result.getStatus().value());
    found.put("type", String.valueOf(result.getResponseHeaders().getContentType()));
    found.set("answer", MAPPER.readTree(result.getResponseBody()));
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(file, MAPPER.writeValueAsString(found) + "\n");
      return;
    }
    assertThat(MAPPER.writeValueAsString(found)).isEqualTo(MAPPER.writeValueAsString(golden));
  }

  @Test
  void theSameQuestionGivesTheSameBytes() throws IOException {
    ObjectNode golden =
        (ObjectNode) MAPPER.readTree(Files.readString(FOLDER.resolve("decide-approval.json")));

    assertThat(ask(golden).getResponseBody()).isEqualTo(ask(golden).getResponseBody());
  }

  private EntityExchangeResult<byte[]> ask(JsonNode golden) {
    String[] question = golden.get("ask").asString().split(" ");
    RestTestClient.RequestBodySpec request =
        client.method(HttpMethod.valueOf(question[0])).uri(question[1]);
    if (golden.has("body")) {
      request.contentType(MediaType.APPLICATION_JSON);
      request.body(MAPPER.writeValueAsString(golden.get("body")));
    }
    return request.exchange().returnResult(byte[].class);
  }
}
