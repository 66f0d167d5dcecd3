package dev.clearance.vocabulary;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How names are compared: full-width as half-width, any case, white space folded. */
public final class Names {

  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");

  /** Longer texts are no misspelt names, and comparing them takes too long. */
  private static final int LONGEST_NAME = 100;

  /** Steps of comparison for one hint; thousands of usual names stay below it. */
  private static final int MOST_EFFORT = 500_000;

  private Names() {}

  /** The form under which two spellings of a name are the same. */
  public static String normal(String text) {
    if (isPlain(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String visible = INVISIBLE.matcher(folded).replaceAll("");
    return BLANK.matcher(visible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a text is not empty and holds nothing that has another form: characters of ASCII,
   * Chinese ones, the mark between the items of a list, and single blanks within. Most cells are
   * such, and need not be brought into one.
   */
  public static boolean isPlain(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ascii = c > ' ' && c <= '~' || c == ' ' && before != ' ';
      boolean chinese = c >= '\u4E00' && c <= '\u9FFF' || c == '\u3001';
      if (!ascii && !chinese) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  /**
   * The candidate that is most like the text, if one is near enough to be what was meant: at most
   * one change in three characters, or one containing the other.
   */
  public static Optional<String> nearest(String text, Collection<String> candidates) {
    String wanted = normal(text);
    if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    String best = null;
    double bestScore = Double.MAX_VALUE;
    int effort = 0;
    for (String candidate : candidates) {
      String name = normal(candidate);
      effort += wanted.length() * name.length();
      if (effort > MOST_EFFORT) {
        break;
      }
      double score = dissimilarity(wanted, name);
      if (score < bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return bestScore <= 0.5 ? Optional.ofNullable(best) : Optional.empty();
  }

  private static double dissimilarity(String one, String other) {
    if (other.isEmpty()) {
      return Double.MAX_VALUE;
    }
    int longer = Math.max(one.length(), other.length());
    int shorter = Math.min(one.length(), other.length());
    double byEdits = (double) edits(one, other) / longer;
    boolean contained = shorter >= 2 && (one.contains(other) || other.contains(one));
    return contained ? Math.min(byEdits, 0.5 * (longer - shorter) / longer) : byEdits;
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  private static int edits(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[one.length()][other.length()];
  }
}
