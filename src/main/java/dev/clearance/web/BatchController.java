package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many decisions at once, all under the rules of one moment. */
@RestController
final class BatchController {

  private static final String LINES = Arrival.LINES;

  private final Questions questions;

  BatchController(Questions questions) {
    this.questions = questions;
  }

  @PostMapping(path = "/v1/decisions/batch", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    Answers.send(response, batch(request).answer(body));
  }

  private Batch batch(HttpServletRequest request) {
    return new Batch(questions.now(), questions.ledger(), Ledger.Call.of(request));
  }

  /** For large runs: a line in, a line out, so that neither side holds the whole of it. */
  @PostMapping(path = "/v1/decisions/batch", consumes = LINES, produces = LINES)
  void lines(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body.checkEncoding(request);
    response.setContentType(LINES);
    Batch batch = batch(request);
    InputStream in = request.getInputStream();
    OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 14);
    Lines lines = new Lines(in, Batch.LONGEST_LINE, out);
    while (lines.next()) {
      if (lines.isBlank()) {
        continue;
      }
      out.write(
          lines.isTooLong() ? batch.lineTooLong() : batch.answer(lines.bytes(), lines.length()));
      out.write('\n');
    }
    out.flush();
  }
}
