package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Where the AuthZEN API is found, for clients that ask. */
@RestController
final class AuthzenMetadata {

  static final String PATH = "/.well-known/authzen-configuration";

  private final CurrentRules rules;
  private final String publicUrl;

  /**
   * @param publicUrl under which clients reach this service; empty for one that is only reached
   *     where it runs
   */
  AuthzenMetadata(CurrentRules rules, @Value("${clearance.public-url:}") String publicUrl) {
    this.rules = rules;
    this.publicUrl = publicUrl.isBlank() ? "" : checked(publicUrl.strip());
  }

  private static String checked(String url) {
    URI uri = URI.create(url);
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "clearance.public-url must be an absolute http or https URL without query and fragment, "
              + "such as https://clearance.example.com, not "
              + url);
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  @GetMapping({PATH, PATH + "/policies/{policy}"})
  void metadata(
      @PathVariable Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    policy.ifPresent(id -> PolicyNames.inPath(rules.now().rules(), id));
    String base =
        policy
            .map(id -> "/policies/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8))
            .map(path -> base(request) + path)
            .orElseGet(() -> base(request));
    Answers.send(
        response,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("policy_decision_point", base);
              json.writeStringProperty(
                  "access_evaluation_endpoint", base + "/access/v1/evaluation");
              json.writeStringProperty(
                  "access_evaluations_endpoint", base + "/access/v1/evaluations");
              json.writeStringProperty(
                  "search_subject_endpoint", base + "/access/v1/search/subject");
              json.writeStringProperty(
                  "search_resource_endpoint", base + "/access/v1/search/resource");
              json.writeStringProperty("search_action_endpoint", base + "/access/v1/search/action");
              json.writeEndObject();
            }));
  }

  /** What a client says of our address (the header Host) is never repeated to others. */
  private String base(HttpServletRequest request) {
    if (!publicUrl.isEmpty()) {
      return publicUrl;
    }
    return (request.isSecure() ? "https" : "http") + "://127.0.0.1:" + request.getLocalPort();
  }
}
