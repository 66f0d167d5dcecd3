package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.vocabulary.Vocabulary;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** From the bytes of a request to an answer, under the rules of one moment. */
@Component
final class Questions {

  private final CurrentRules rules;
  private final Clock clock;
  private final Ledger ledger;

  /** The shape follows from the vocabulary, which seldom changes. */
  private volatile @Nullable RequestShape latest;

  Questions(CurrentRules rules, Clock clock, Ledger ledger) {
    this.rules = rules;
    this.clock = clock;
    this.ledger = ledger;
  }

  /** The rules, the shape of requests and the day as they are now. */
  Moment now() {
    return under(rules.now());
  }

  /** As {@link #now()}, under these rules. */
  Moment under(DecisionPoint point) {
    Vocabulary vocabulary = point.rules().vocabulary();
    RequestShape shape = latest;
    if (shape == null || shape.vocabulary != vocabulary) {
      shape = new RequestShape(vocabulary);
      latest = shape;
    }
    return new Moment(point, shape, LocalDate.now(clock));
  }

  /** Reads the one request of a body, asks, and keeps account of the answer. */
  Answer answer(HttpServletRequest request, Question question) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    Moment moment = now();
    DecisionRequest asked = moment.request(body.bytes(), body.length());
    return ledger.answer(Ledger.Call.of(request), question, moment.point(), asked).answer();
  }

  Ledger ledger() {
    return ledger;
  }

  /** What does not change while one request, or one run of requests, is answered. */
  record Moment(DecisionPoint point, RequestShape shape, LocalDate today) {

    /** The one request that makes up the whole document. */
    DecisionRequest request(byte[] bytes, int length) {
      return request(bytes, 0, length);
    }

    /** The one request that makes up the document at this place. */
    DecisionRequest request(byte[] bytes, int start, int length) {
      try (JsonParser parser = Json.parser(bytes, start, length)) {
        try {
          parser.nextToken();
          DecisionRequest request = request(parser, new Hints());
          Json.end(parser);
          return request;
        } catch (JacksonException malformed) {
          throw Json.problem(parser, malformed);
        }
      }
    }

    DecisionRequest request(JsonParser parser, Hints hints) {
      return new RequestReader(parser, point.rules(), shape, today, hints).read();
    }
  }
}
