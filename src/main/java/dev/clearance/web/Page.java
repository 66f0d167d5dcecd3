package dev.clearance.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a search's results is asked for.
 *
 * @param limit at most so many results; as before, or {@link #USUAL}, where it is not given
 * @param token where to go on, as an earlier answer told it
 */
record Page(Optional<Integer> limit, Optional<String> token) {

  static final int USUAL = 100;
  static final int MOST = 1_000;

  /** Where a page begins, and how long it is. */
  record Start(int limit, int position) {

    /**
     * What a client sends to go on from here. It names the question and the version of the rules,
     * since a position means nothing under others.
     */
    String token(String question) {
      String text = limit + "." + position + "." + question;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * @param question digest of the question and of the rules
   * @param candidates how many there are
   * @throws ProblemException when the token is not one of this question under these rules
   */
  Start start(String question, int candidates) {
    if (token.isEmpty()) {
      return new Start(limit.orElse(USUAL), 0);
    }
    String[] parts = decoded(token.get()).split("\\.", -1);
    if (parts.length != 3 || !isCount(parts[0], MOST) || !parts[1].matches("[0-9]{1,9}")) {
      throw refused("unreadable-token", "page.token is none of ours.");
    }
    if (!parts[2].equals(question) || Integer.parseInt(parts[1]) > candidates) {
      throw refused(
          "stale-token",
          "page.token belongs to another question, or the rules have changed since.");
    }
    return new Start(limit.orElse(Integer.parseInt(parts[0])), Integer.parseInt(parts[1]));
  }

  private static boolean isCount(String text, int most) {
    return text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= most;
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      return "";
    }
  }

  private static ProblemException refused(String code, String detail) {
    Fault fault = new Fault("/page/token", code, detail, "ask again without page.token");
    return new ProblemException(Problem.invalid(List.of(fault)));
  }
}
