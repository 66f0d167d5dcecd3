package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Names;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an author wrote in 确认: the names of checks (or their codes), each for all clauses or, where
 * clause codes follow, for those only.
 */
record Acknowledgement(String text, Set<String> clauses) {

  private static final Map<Check, String> WORDS =
      Map.of(
          Check.CONFLICT, "冲突",
          Check.SHADOWED_ROW, "遮蔽",
          Check.DUPLICATE_ROW, "重复",
          Check.GAP, "空缺",
          Check.UNREACHABLE_SANCTION, "不可达",
          Check.ROW_WITHOUT_EXAMPLE, "无用例");

  private static final Pattern SEPARATOR = Pattern.compile("[\\s、,，;；:：()（）]+");

  /**
   * @param clauses the clause codes of the policy, which tell a code from a remark
   */
  static boolean silences(Row row, Check check, String otherClause, Set<String> clauses) {
    if (row.acknowledged().isEmpty()) {
      return false;
    }
    return new Acknowledgement(Names.normal(row.acknowledged()), clauses)
        .silences(check, otherClause);
  }

  private boolean silences(Check check, String otherClause) {
    if (text.isEmpty()) {
      return false;
    }
    boolean named = false;
    boolean any = false;
    boolean other = false;
    for (String word : SEPARATOR.split(spaced())) {
      if (isCheck(word)) {
        if (named && !any) {
          return true;
        }
        named = isWordFor(word, check);
        any = false;
      } else if (named && clauses.contains(word)) {
        any = true;
        other |= word.equals(otherClause);
      }
    }
    return named && !any || other;
  }

  /** Chinese words need no blank between the check and the clause. */
  private String spaced() {
    String spaced = text;
    for (String word : WORDS.values()) {
      spaced = spaced.replaceAll(Matcher.quoteReplacement(word), " " + word + " ");
    }
    return spaced.strip();
  }

  private static boolean isCheck(String word) {
    return WORDS.entrySet().stream().anyMatch(entry -> isWordFor(word, entry.getKey()));
  }

  private static boolean isWordFor(String word, Check check) {
    return word.equals(WORDS.get(check)) || word.equals(check.code());
  }
}
