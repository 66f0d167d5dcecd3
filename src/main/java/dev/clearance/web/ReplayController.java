package dev.clearance.web;

import dev.clearance.journal.Journal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was decided, and whether it would be decided again. */
@RestController
final class ReplayController {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayController.class);
  private static final String PATH = "/v1/decisions/replay";

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
  @PostMapping(path = PATH, consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void replay(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Replay.Result result = new Replay(past).of(Body.read(request, Body.MOST_JSON));
    if (result instanceof Replay.Result.Same same) {
      response.setHeader("Clearance-Replay", same.masked() ? "same-but-masked" : "same");
      Answers.send(response, same.answer());
      return;
    }
    throw new ProblemException(((Replay.Result.Differs) result).problem());
  }

  /** A whole log: for each line the answer, or {@code {"problem": …}} with what differs and why. */
  @PostMapping(path = PATH, consumes = Arrival.LINES, produces = Arrival.LINES)
  void replayLines(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body.checkEncoding(request);
    response.setContentType(Arrival.LINES);
    Replay replay = new Replay(past);
    OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 14);
    Lines lines = new Lines(request.getInputStream(), Body.MOST_JSON, out);
    while (lines.next()) {
      if (lines.isBlank()) {
        continue;
      }
      out.write(lines.isTooLong() ? lineTooLong() : answer(replay, lines));
      out.write('\n');
    }
    out.flush();
  }

  private static byte[] answer(Replay replay, Lines lines) {
    try {
      Replay.Result result = replay.of(new Body(lines.bytes(), lines.length()));
      return result instanceof Replay.Result.Same same
          ? same.answer()
          : Batch.problem(((Replay.Result.Differs) result).problem());
    } catch (ProblemException notALine) {
      return Batch.problem(notALine.problem());
    } catch (RuntimeException failure) {
      LOG.error("one line of a replay failed", failure);
      return Batch.problem(Problem.internal());
    }
  }

  private static byte[] lineTooLong() {
    return Batch.problem(Problem.tooLarge("The line is longer than " + Body.MOST_JSON + " bytes."));
  }
}
