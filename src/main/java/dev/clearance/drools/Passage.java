package dev.clearance.drools;

import org.drools.drl.ast.descr.RuleDescr;

/**
 * A part of a {@code .drl} file: a rule, or the whole of it.
 *
 * @param rule its name; empty for a whole file
 * @param start where in the file it begins
 * @param line of the file where it begins
 * @param consequence line of the file where {@code then} stands; 0 where there is none
 */
record Passage(String file, String rule, String text, int start, int line, int consequence) {

  static Passage ofFile(String file, String text) {
    return new Passage(file, "", text, 0, 1, 0);
  }

  static Passage ofRule(String file, String text, RuleDescr rule) {
    int start = rule.getStartCharacter();
    int end = Math.min(rule.getEndCharacter() + 1, text.length());
    return new Passage(
        file,
        rule.getName(),
        text.substring(start, end),
        start,
        rule.getLine(),
        rule.getConsequenceLine());
  }

  /** The file with blanks in its place. */
  String blankIn(String whole) {
    return whole.substring(0, start)
        + text.replaceAll("[^\\r\\n]", " ")
        + whole.substring(start + text.length());
  }

  /** The line of the file where a piece of code stands, however it is spaced; 0 when nowhere. */
  int lineOf(String code) {
    String sought = code.replaceAll("\\s", "");
    StringBuilder dense = new StringBuilder();
    int[] lines = new int[text.length()];
    int at = line;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (!Character.isWhitespace(letter)) {
        lines[dense.length()] = at;
        dense.append(letter);
      }
      at += letter == '\n' ? 1 : 0;
    }
    int found = sought.isEmpty() ? -1 : dense.indexOf(sought);
    return found < 0 ? 0 : lines[found];
  }

  /** As a message begins that is about it. */
  String inWords() {
    return rule.isEmpty() ? "" : "in the rule \"" + rule + "\": ";
  }
}
