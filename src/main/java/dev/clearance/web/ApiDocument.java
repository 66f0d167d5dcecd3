package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of this API for programs (OpenAPI 3.1), and a page that shows it to people. */
@RestController
final class ApiDocument {

  private final byte[] document = resource("openapi.json");
  private final byte[] page = resource("docs.html");

  @GetMapping("/v3/api-docs")
  void document(HttpServletResponse response) throws IOException {
    response.setHeader("Cache-Control", "no-cache");
    Answers.send(response, document);
  }

  @GetMapping("/docs")
  void page(HttpServletResponse response) throws IOException {
    // The page brings its own style and script, and nothing else is loaded.
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " connect-src 'self'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-cache");
    response.setContentType("text/html;charset=utf-8");
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }

  /** Whoever opens the address of the service in a browser wants to see what it is. */
  @GetMapping("/")
  void entrance(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.sendRedirect(request.getContextPath() + "/docs");
  }

  private static byte[] resource(String name) {
    try (InputStream in = ApiDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException(name + " cannot be read", unreadable);
    }
  }
}
