package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** What the service must answer: the same code, but one question at a time and from no memory. */
public final class RightAnswers {

  private final Questions.Moment moment;

  public RightAnswers(DecisionPoint point, LocalDate today) {
    this.moment = new Questions.Moment(point, new RequestShape(point.rules().vocabulary()), today);
  }

  /**
   * @param request as JSON
   */
  public byte[] to(String request) {
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    return Question.DECISION.ask(moment.point(), moment.request(bytes, bytes.length)).answer().bytes();
  }
}
