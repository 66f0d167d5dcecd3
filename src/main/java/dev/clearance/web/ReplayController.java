package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.journal.Journal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was decided, and whether it would be decided again. */
@RestController
final class ReplayController {

  private final Questions questions;
  private final PastRules past;

  ReplayController(Questions questions, PastRules past) {
    this.questions = questions;
    this.past = past;
  }

  /** The newest line of the log about a decision. */
  @GetMapping(path = "/v1/decisions/{id}", produces = Json.MEDIA_TYPE)
  void find(@PathVariable String id, HttpServletResponse response) throws IOException {
    Optional<Journal> journal = questions.ledger().journal();
    Optional<String> line =
        journal.isPresent() && id.matches("[0-9a-f]{32}")
            ? journal.get().newest(LogLine.beginning(id))
            : Optional.empty();
    if (line.isEmpty()) {
      throw new ProblemException(
          Problem.notFound(
              journal.isPresent()
                  ? "The log holds no decision " + Text.quoted(id) + "."
                  : "No log of decisions is kept here."));
    }
    Answers.send(response, line.get().getBytes(StandardCharsets.UTF_8));
  }

  /** A line of the log in; the same answer out, or what differs and why. */
  @PostMapping(
      path = "/v1/decisions/replay",
      consumes = Json.MEDIA_TYPE,
      produces = Json.MEDIA_TYPE)
  void replay(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    Logged logged = Logged.read(body);
    Optional<DecisionPoint> point = past.at(logged.policies());
    if (point.isEmpty()) {
      send(response, Replay.differing(Replay.Reason.VERSION_UNKNOWN, logged, Optional.empty()));
      return;
    }
    byte[] again;
    try {
      byte[] asked = logged.requestWithoutMasks();
      DecisionRequest read = questions.under(point.get()).request(asked, asked.length);
      again = logged.question().ask(point.get(), read).json();
    } catch (ProblemException unreadable) {
      send(response, Replay.differing(Replay.Reason.REQUEST_UNREADABLE, logged, Optional.empty()));
      return;
    }
    if (Arrays.equals(again, logged.answer())) {
      response.setHeader("Clearance-Replay", "same");
      Answers.send(response, again);
      return;
    }
    Replay.Reason reason = logged.isMasked() ? Replay.Reason.MASKED : Replay.Reason.ANSWERS_DIFFER;
    send(response, Replay.differing(reason, logged, Optional.of(again)));
  }

  private static void send(HttpServletResponse response, byte[] problem) throws IOException {
    response.setStatus(409);
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(problem.length);
    response.getOutputStream().write(problem);
  }
}
