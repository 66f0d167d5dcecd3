package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Every failure becomes a problem detail. What is our own fault is logged, not told. */
@ControllerAdvice
final class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  void handle(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (failure instanceof ProblemException told) {
      send(request, response, told.problem());
    } else if (failure instanceof ErrorResponse refused) {
      refused.getHeaders().forEach((name, values) -> response.setHeader(name, join(values)));
      send(request, response, Problem.ofStatus(refused.getStatusCode().value()));
    } else if (failure instanceof MethodArgumentTypeMismatchException wrong) {
      String value = Text.mended(Text.quoted(String.valueOf(wrong.getValue())));
      String detail = "The parameter " + wrong.getName() + " cannot be " + value + ".";
      send(request, response, Problem.ofStatus(400, detail));
    } else if (failure instanceof IOException) {
      // The connection broke or ran out of time: nobody is there to be told.
      throw failure;
    } else {
      LOG.error("request {} failed", response.getHeader(RequestIds.HEADER), failure);
      send(request, response, Problem.internal());
    }
  }

  private static String join(java.util.List<String> values) {
    return String.join(", ", values);
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (!response.isCommitted()) {
      response.resetBuffer();
      Answers.send(request, response, problem);
    }
  }
}
