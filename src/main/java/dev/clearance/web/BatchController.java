package dev.clearance.web;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many decisions at once, all under the rules of one moment. */
@RestController
final class BatchController {

  private static final String LINES = Arrival.LINES;
  private static final int BUFFER = 1 << 15;
  private static final int WORKERS = Runtime.getRuntime().availableProcessors();
  private static final int WAITING = 64;

  private final Questions questions;

  /** Those who find no place here are no loss: each run answers by itself what is left. */
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          work -> new Thread(work, "lines"),
          new ThreadPoolExecutor.DiscardPolicy());

  BatchController(Questions questions) {
    this.questions = questions;
    workers.allowCoreThreadTimeOut(true);
  }

  @PostMapping(path = "/v1/decisions/batch", consumes = Json.MEDIA_TYPE, produces = Json.MEDIA_TYPE)
  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body body = Body.read(request, Body.MOST_JSON);
    batch(request).answer(body, response);
  }

  private Batch batch(HttpServletRequest request) {
    return new Batch(questions.now(), questions.ledger(), Ledger.Call.of(request));
  }

  /** For large runs: a line in, a line out, so that neither side holds the whole of it. */
  @PostMapping(path = "/v1/decisions/batch", consumes = LINES, produces = LINES)
  void lines(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Body.checkEncoding(request);
    response.setContentType(LINES);
    response.setBufferSize(BUFFER);
    Run run = new Run(batch(request), response.getOutputStream(), workers);
    Lines lines = new Lines(request.getInputStream(), Batch.LONGEST_LINE, run);
    try {
      while (lines.next()) {
        if (!lines.isBlank()) {
          run.add(lines);
        }
      }
      run.flush();
    } finally {
      run.abandon();
    }
  }

  @PreDestroy
  void close() {
    workers.shutdown();
  }
}
