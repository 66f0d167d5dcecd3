package dev.clearance.web;

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
    Answers.send(response, questions.answer(request, Question.DECISION));
  }

  @PostMapping(path = "/v1/sanctions", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void review(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Answers.send(response, questions.answer(request, Question.SANCTIONS));
  }

  @PostMapping(path = "/v1/classifications", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void classify(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Answers.send(response, questions.answer(request, Question.CLASSIFICATION));
  }
}
