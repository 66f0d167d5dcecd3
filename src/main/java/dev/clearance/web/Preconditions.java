package dev.clearance.web;

import dev.clearance.repository.Precondition;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request to publish says must be in force (RFC 9110, section 13). */
final class Preconditions {

  private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(,|$)");

  private Preconditions() {}

  /**
   * @throws ProblemException (428) when the request does not say; (400) when it cannot be read
   */
  static Precondition of(HttpServletRequest request) {
    Optional<String> match = header(request, "If-Match");
    Optional<String> noneMatch = header(request, "If-None-Match");
    if (match.isPresent() && noneMatch.isPresent()) {
      throw bad("The request has both If-Match and If-None-Match; one of them says enough.");
    }
    if (match.isPresent()) {
      return match.get().equals("*")
          ? new Precondition.Exists()
          : new Precondition.Replaces(versions(match.get()));
    }
    if (noneMatch.isEmpty()) {
      throw new ProblemException(
          new Problem(
              428,
              "precondition-required",
              "Which version was edited?",
              "Send If-Match with the version that was edited, in quotes, or If-None-Match: * for"
                  + " a new policy.",
              List.of()));
    }
    if (!noneMatch.get().equals("*")) {
      throw bad("If-None-Match must be *, which stands for a new policy.");
    }
    return new Precondition.Creates();
  }

  private static Optional<String> header(HttpServletRequest request, String name) {
    List<String> values = Collections.list(request.getHeaders(name));
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values).strip());
  }

  private static Set<String> versions(String header) {
    Set<String> versions = new LinkedHashSet<>();
    Matcher tag = TAG.matcher(header);
    int at = 0;
    while (at < header.length()) {
      if (!tag.find(at) || tag.start() != at) {
        throw bad("If-Match must hold a version in quotes, as the header ETag has it.");
      }
      // A weak tag promises no more than likeness, which is not enough to replace something.
      if (tag.group(1) == null) {
        versions.add(tag.group(2));
      }
      at = tag.end();
    }
    return versions;
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.ofStatus(400, detail));
  }
}
