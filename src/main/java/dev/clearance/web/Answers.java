package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends what has been written: whole bytes, so that a failure never leaves half an answer. */
final class Answers {

  private Answers() {}

  static void send(HttpServletResponse response, byte[] json) throws IOException {
    response.setContentType(Json.MEDIA_TYPE);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  static void send(HttpServletResponse response, Answer answer) throws IOException {
    response.setContentType(Json.MEDIA_TYPE);
    response.setContentLength(answer.length());
    answer.writeTo(response.getOutputStream());
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
    response.setContentType(problemType(request, path));
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  /**
   * Clients of the AuthZEN API need not know problem details: one that accepts nothing but plain
   * JSON is told in plain JSON.
   */
  private static String problemType(HttpServletRequest request, String path) {
    boolean authzen = path.contains("/access/v1/") || path.startsWith(AuthzenMetadata.PATH);
    return authzen && acceptsOnlyJson(request) ? Json.MEDIA_TYPE : Problem.MEDIA_TYPE;
  }

  private static boolean acceptsOnlyJson(HttpServletRequest request) {
    List<String> accepted = Collections.list(request.getHeaders("Accept"));
    return !accepted.isEmpty()
        && accepted.stream()
            .flatMap(header -> Stream.of(header.split(",")))
            .map(type -> type.split(";", 2)[0].strip())
            .allMatch(type -> type.equalsIgnoreCase(Json.MEDIA_TYPE));
  }
}
