package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.vocabulary.Vocabulary;
import java.time.Clock;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** From the bytes of a request to the bytes of an answer, under the rules of one moment. */
@Component
final class Questions {

  private final CurrentRules rules;
  private final Clock clock;
  private final DecisionJson decisions = new DecisionJson();

  /** The shape follows from the vocabulary, which seldom changes. */
  private volatile @Nullable RequestShape latest;

  Questions(CurrentRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** The rules, the shape of requests and the day as they are now. */
  Moment now() {
    DecisionPoint point = rules.now();
    Vocabulary vocabulary = point.rules().vocabulary();
    RequestShape shape = latest;
    if (shape == null || shape.vocabulary != vocabulary) {
      shape = new RequestShape(vocabulary);
      latest = shape;
    }
    return new Moment(point, shape, LocalDate.now(clock), decisions);
  }

  /** May the act be done? */
  byte[] decide(Body body) {
    Moment moment = now();
    return moment.decide(moment.request(body.bytes(), body.length()));
  }

  /** Another question: ask, and write the answer. */
  @FunctionalInterface
  interface Question<A> {
    A ask(DecisionPoint point, DecisionRequest request);
  }

  <A> byte[] answer(Body body, Question<A> question, BiConsumer<AnswerWriter, A> writing) {
    Moment moment = now();
    DecisionRequest request = moment.request(body.bytes(), body.length());
    A answer = question.ask(moment.point(), request);
    return Json.bytes(json -> writing.accept(new AnswerWriter(json), answer));
  }

  /** What does not change while one request, or one run of requests, is answered. */
  record Moment(DecisionPoint point, RequestShape shape, LocalDate today, DecisionJson decisions) {

    /** The decision, as JSON. */
    byte[] decide(DecisionRequest request) {
      return decisions.of(point.decide(request), point.remembers());
    }

    /** The one request that makes up the whole document. */
    DecisionRequest request(byte[] bytes, int length) {
      try (JsonParser parser = Json.parser(bytes, length)) {
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
