package dev.clearance.bench;

import dev.clearance.ClearanceApplication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Random;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The service, with one more endpoint that decides nothing: it reads JSON and writes JSON of the
 * size of an answer, through the same filters.
 */
@Import(NoOpService.NoOp.class)
public class NoOpService extends ClearanceApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(NoOpService.class, arguments);
  }

  @RestController
  static class NoOp {

    private final JsonFactory factory = new JsonFactory();
    private volatile byte[] answer = answer(3000);

    /** From now on answers are so large. */
    @PostMapping(path = "/access/v1/noop/size/{size}")
    void resize(@PathVariable int size) {
      answer = answer(size);
    }

    @PostMapping(path = "/access/v1/noop", consumes = "application/json")
    void nothing(HttpServletRequest request, HttpServletResponse response) throws IOException {
      byte[] body = request.getInputStream().readAllBytes();
      try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
        while (parser.nextToken() != null) {
          parser.getString();
        }
      }
      byte[] copy = answer.clone();
      response.setContentType("application/json");
      response.setContentLength(copy.length);
      response.getOutputStream().write(copy);
    }

    private static byte[] answer(int size) {
      StringBuilder json = new StringBuilder("{\"nothing\":[");
      Random random = new Random(1);
      while (json.length() < size - 20) {
        json.append('"').append(Long.toString(random.nextLong(), 36)).append("\",");
      }
      return json.append("\"\"]}").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
