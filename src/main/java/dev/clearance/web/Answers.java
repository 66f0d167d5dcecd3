package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Sends what has been written: whole bytes, so that a failure never leaves half an answer. */
final class Answers {

  private Answers() {}

  static void send(HttpServletResponse response, byte[] json) throws IOException {
    response.setContentType(Json.MEDIA_TYPE);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  static void send(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    Object asked = request.getAttribute("jakarta.servlet.error.request_uri");
    String path = asked == null ? request.getRequestURI() : asked.toString();
    Optional<String> id =
        problem.status() >= 500
            ? Optional.ofNullable(response.getHeader(RequestIds.HEADER))
            : Optional.empty();
    byte[] json = Json.bytes(generator -> problem.write(generator, Optional.of(path), id));
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }
}
