package dev.clearance.security;

import static dev.clearance.security.Role.DECIDE;
import static dev.clearance.security.Role.EDITOR;
import static dev.clearance.security.Role.REVIEWER;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Every entrance and who may pass it. What is not listed here leads nowhere, whatever controllers
 * there are: a new path is closed until somebody says who may use it.
 */
final class Doors {

  static final List<Door> ALL =
      List.of(
          Door.asking("POST", "/v1/decisions", DECIDE),
          Door.asking("POST", "/access/v1/**", DECIDE),
          Door.asking("POST", "/v1/decisions/batch", DECIDE),
          Door.guarded("POST", "/v1/decisions/replay", REVIEWER),
          Door.guarded("GET", "/v1/decisions/{id}", REVIEWER),
          Door.asking("POST", "/v1/classifications", DECIDE),
          Door.asking("POST", "/v1/sanctions", REVIEWER),
          Door.asking("POST", "/policies/{id}/access/v1/**", DECIDE),
          Door.asking("GET", "/v1/policies", DECIDE),
          Door.asking("GET", "/v1/policies/{id}", DECIDE),
          Door.asking("GET", "/v1/vocabulary", DECIDE),
          Door.guarded("*", "/v1/policies/{id}/workbook", EDITOR),
          Door.guarded("GET", "/v1/policies/{id}/findings", EDITOR),
          Door.guarded("*", "/v1/policies/{id}/versions/**", EDITOR),
          Door.guarded("POST", "/v1/workbooks/check", EDITOR),
          Door.open("GET", "/.well-known/**"),
          Door.open("GET", "/actuator/health/**"),
          Door.asking("GET", "/actuator/**", DECIDE),
          Door.asking("GET", "/v3/api-docs/**", DECIDE),
          Door.asking("GET", "/docs/**", DECIDE),
          Door.asking("GET", "/", DECIDE));

  private record Entrance(Door door, PathPatternRequestMatcher matcher) {
    static Entrance of(Door door) {
      return new Entrance(door, PathPatternRequestMatcher.withDefaults().matcher(door.path()));
    }

    boolean takes(String method) {
      String asked = method.equals("HEAD") || method.equals("OPTIONS") ? "GET" : method;
      return door.method().equals("*") || door.method().equals(asked);
    }
  }

  private static final List<Entrance> ENTRANCES = ALL.stream().map(Entrance::of).toList();

  private Doors() {}

  /**
   * The door that a request comes to. One with a method that its path does not take comes to a door
   * of that path, to be told so behind it.
   */
  static Optional<Door> of(HttpServletRequest request) {
    Optional<Door> samePath = Optional.empty();
    for (Entrance entrance : ENTRANCES) {
      if (entrance.matcher().matches(request)) {
        if (entrance.takes(request.getMethod())) {
          return Optional.of(entrance.door());
        }
        samePath = samePath.or(() -> Optional.of(entrance.door()));
      }
    }
    return samePath;
  }
}
