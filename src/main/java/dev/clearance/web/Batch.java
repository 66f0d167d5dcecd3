package dev.clearance.web;

import dev.clearance.decision.DecisionRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Many decisions under the rules of one moment. A bad item spoils only itself. */
final class Batch {

  static final int MOST = 1_000;
  static final int LONGEST_LINE = 1 << 16;
  private static final int SENT_AS_ONE = 1 << 18;

  private static final byte[] BEGIN = "{\"decisions\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final Questions.Moment moment;

  private final Ledger ledger;
  private final Ledger.Call call;

  Batch(Questions.Moment moment, Ledger ledger, Ledger.Call call) {
    this.moment = moment;
    this.ledger = ledger;
    this.call = call;
  }

  /** What an item reads as: a request, or the problem that takes its answer's place. */
  private sealed interface Item {
    record Asked(DecisionRequest request) implements Item {}

    record Misread(Problem problem) implements Item {}
  }

  /**
   * The answer to {@code {"requests": […]}}, in the order of the requests. What is longer than a
   * few hundred answers is sent while it is made, so that many batches at a time do not fill the
   * memory; nothing can fail then but the connection.
   */
  void answer(Body body, HttpServletResponse response) throws IOException {
    List<Item> items = read(body);
    response.setContentType(Json.MEDIA_TYPE);
    response.setBufferSize(SENT_AS_ONE);
    OutputStream answer = response.getOutputStream();
    answer.write(BEGIN);
    boolean first = true;
    for (Item item : items) {
      if (!first) {
        answer.write(',');
      }
      first = false;
      answer(item, answer);
    }
    answer.write(END);
  }

  private List<Item> read(Body body) {
    try (JsonParser parser = Json.parser(body.bytes(), body.length())) {
      try {
        List<Item> items = requests(parser);
        Json.end(parser);
        return items;
      } catch (JacksonException malformed) {
        throw Json.problem(parser, malformed);
      }
    }
  }

  private List<Item> requests(JsonParser parser) {
    Faults faults = new Faults(new Hints());
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      faults.add(Pointer.ROOT, "wrong-type", "A batch must be an object.");
      throw new ProblemException(Problem.invalid(faults.all()));
    }
    Optional<List<Item>> items = Optional.empty();
    boolean given = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      Pointer here = Pointer.ROOT.member(name);
      if (!name.equals("requests")) {
        String quoted = Text.quoted(name);
        faults.add(
            here,
            "unknown-member",
            "A batch has no member " + quoted + ".",
            "a batch has one member, requests");
        parser.skipChildren();
      } else if (given) {
        faults.add(here, "duplicate-name", "The name stands twice in one object.");
        parser.skipChildren();
      } else if (token != JsonToken.START_ARRAY) {
        given = true;
        faults.add(here, "wrong-type", "requests must be an array.");
        parser.skipChildren();
      } else {
        given = true;
        items = Optional.of(items(parser));
      }
    }
    if (!given) {
      faults.add(Pointer.ROOT, "missing-member", "The batch has no requests.");
    }
    if (!faults.none()) {
      throw new ProblemException(Problem.invalid(faults.all()));
    }
    return items.orElse(List.of());
  }

  private List<Item> items(JsonParser parser) {
    List<Item> items = new ArrayList<>();
    Hints hints = new Hints();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == MOST) {
        throw new ProblemException(
            Problem.tooLarge("The batch holds more than " + MOST + " requests."));
      }
      try {
        items.add(new Item.Asked(moment.request(parser, hints)));
      } catch (ProblemException misread) {
        items.add(new Item.Misread(misread.problem()));
      }
    }
    return items;
  }

  /** The answer to one line of a stream. */
  void answer(byte[] lines, int start, int length, OutputStream out) throws IOException {
    Item item;
    try {
      item = new Item.Asked(moment.request(lines, start, length));
    } catch (ProblemException misread) {
      item = new Item.Misread(misread.problem());
    }
    answer(item, out);
  }

  void lineTooLong(OutputStream out) throws IOException {
    Problem problem = Problem.tooLarge("The line is longer than " + LONGEST_LINE + " bytes.");
    out.write(problem(problem));
  }

  private void answer(Item item, OutputStream out) throws IOException {
    if (item instanceof Item.Asked asked) {
      decide(asked.request(), out);
    } else {
      out.write(problem(((Item.Misread) item).problem()));
    }
  }

  private void decide(DecisionRequest request, OutputStream out) throws IOException {
    Answer answer;
    try {
      answer = ledger.answer(call, Question.DECISION, moment.point(), request).answer();
    } catch (ProblemException told) {
      out.write(problem(told.problem()));
      return;
    } catch (RuntimeException failure) {
      // One request that the rules cannot answer is no reason to withhold the other answers.
      LOG.error("one request of a batch failed", failure);
      out.write(problem(Problem.internal()));
      return;
    }
    answer.writeTo(out);
  }

  /** What stands in the place of an answer. */
  static byte[] problem(Problem problem) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeName("problem");
          problem.write(json, Optional.empty(), Optional.empty());
          json.writeEndObject();
        });
  }
}
