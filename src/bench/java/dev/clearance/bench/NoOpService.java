package dev.clearance.bench;

import dev.clearance.ClearanceApplication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The service, with two more endpoints that decide nothing, behind the same filters: both read JSON.
 * One writes JSON of the size of an answer, the other sends such JSON as bytes that it has ready.
 */
@Import(NoOpService.NoOp.class)
public class NoOpService extends ClearanceApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(NoOpService.class, arguments);
  }

  @RestController
  static class NoOp {

    private final JsonFactory factory = new JsonFactory();
    private volatile Answer answer = Answer.of(3000);
    private volatile byte[] ready = answer.write(factory);

    private record Answer(List<String> members) {

      static Answer of(int size) {
        Random random = new Random(1);
        List<String> members = new ArrayList<>();
        for (int length = 20; length < size; length += members.get(members.size() - 1).length() + 3) {
          members.add(Long.toString(random.nextLong(), 36));
        }
        return new Answer(members);
      }

      byte[] write(JsonFactory factory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
          json.writeStartObject();
          json.writeArrayPropertyStart("nothing");
          members.forEach(json::writeString);
          json.writeEndArray();
          json.writeEndObject();
        }
        return bytes.toByteArray();
      }
    }

    /** From now on answers are so large. */
    @PostMapping(path = "/access/v1/noop/size/{size}")
    void resize(@PathVariable int size) {
      answer = Answer.of(size);
      ready = answer.write(factory);
    }

    @PostMapping(path = "/access/v1/noop/written", consumes = "application/json")
    void written(HttpServletRequest request, HttpServletResponse response) throws IOException {
      read(request);
      send(response, answer.write(factory));
    }

    @PostMapping(path = "/access/v1/noop/ready", consumes = "application/json")
    void ready(HttpServletRequest request, HttpServletResponse response) throws IOException {
      read(request);
      send(response, ready);
    }

    private void read(HttpServletRequest request) throws IOException {
      byte[] body = request.getInputStream().readAllBytes();
      try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
        while (parser.nextToken() != null) {
          parser.getString();
        }
      }
    }

    private static void send(HttpServletResponse response, byte[] json) throws IOException {
      response.setContentType("application/json");
      response.setContentLength(json.length);
      response.getOutputStream().write(json);
    }
  }
}
