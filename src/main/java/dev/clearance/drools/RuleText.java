package dev.clearance.drools;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told of {@code .drl} files by reading them. */
final class RuleText {

  private static final String QUOTED = "\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'";
  private static final Pattern COMMENT_OR_QUOTED =
      Pattern.compile("//[^\\n]*+|/\\*.*?\\*/|" + QUOTED, Pattern.DOTALL);
  private static final Pattern ASKED =
      Pattern.compile("\\bcode\\s*\\(\\s*([\"'])([\\w.]+)\\1\\s*\\)");

  /** Ways to facts that do not name them, or to the day. */
  private static final Pattern ELSEWHERE = Pattern.compile("\\b(code|facts|asOf|Facts)\\b");

  private RuleText() {}

  /**
   * The attributes that rules ask for as {@code code("path")}. Empty when they reach facts in any
   * other way, or look at the day.
   */
  static Optional<Set<String>> reads(Collection<String> files) {
    Set<String> paths = new TreeSet<>();
    for (String text : files) {
      StringBuilder rest = new StringBuilder();
      Matcher asked = ASKED.matcher(withoutComments(text));
      while (asked.find()) {
        paths.add(asked.group(2));
        asked.appendReplacement(rest, "");
      }
      asked.appendTail(rest);
      if (ELSEWHERE.matcher(COMMENT_OR_QUOTED.matcher(rest).replaceAll(" ")).find()) {
        return Optional.empty();
      }
    }
    return Optional.of(paths);
  }

  private static String withoutComments(String text) {
    return COMMENT_OR_QUOTED
        .matcher(text)
        .replaceAll(
            found -> found.group().startsWith("/") ? " " : Matcher.quoteReplacement(found.group()));
  }
}
