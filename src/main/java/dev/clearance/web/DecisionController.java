package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The three questions. */
@RestController
final class DecisionController {

  private final Questions questions;

  DecisionController(Questions questions) {
    this.questions = questions;
  }

  @PostMapping(path = "/v1/decisions", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    Answers.send(response, questions.decide(body));
  }

  @PostMapping(path = "/v1/sanctions", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void review(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    Answers.send(response, questions.answer(body, DecisionPoint::review, AnswerWriter::review));
  }

  @PostMapping(path = "/v1/classifications", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void classify(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    Answers.send(
        response, questions.answer(body, DecisionPoint::classify, AnswerWriter::classification));
  }
}
