package dev.clearance.web;

import dev.clearance.security.Refusal;
import dev.clearance.security.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Who is not let in is told so as a problem. */
@Component
final class ProblemRefusals implements Refusals {

  @Override
  public void tell(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    refusal.challenge().ifPresent(text -> response.setHeader("WWW-Authenticate", text));
    if (refusal.status() == 503) {
      response.setHeader("Retry-After", "5");
    }
    Answers.send(request, response, Problem.ofStatus(refusal.status(), refusal.detail()));
  }
}
