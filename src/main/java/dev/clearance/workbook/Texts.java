package dev.clearance.workbook;

import dev.clearance.vocabulary.Names;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** How the text of a cell is brought into the one form that parsers read. */
final class Texts {

  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
  private static final Pattern LINE_BREAK =
      Pattern.compile("\\h*(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])\\s*");
  private static final Pattern BLANK = Pattern.compile("[\\h\\p{Zs}]+");
  private static final Pattern ANY_BLANK = Pattern.compile("[\\s\\p{Z}]+");

  private static final Pattern NOTHING = Pattern.compile("[\\s\\p{Z}\\p{Cf}]*");

  private Texts() {}

  /** Whether nobody sees anything in the cell. */
  static boolean isBlank(String raw) {
    return !Names.isPlain(raw) && NOTHING.matcher(raw).matches();
  }

  /** Half-width, without invisible characters and needless blanks; lines stay apart. */
  static String lines(String raw) {
    if (Names.isPlain(raw)) {
      return raw;
    }
    String folded = Normalizer.normalize(raw, Normalizer.Form.NFKC);
    String visible = INVISIBLE.matcher(folded).replaceAll("");
    String spaced = BLANK.matcher(visible).replaceAll(" ");
    return LINE_BREAK.matcher(spaced).replaceAll("\n").strip();
  }

  /** As {@link #lines}, with the lines joined by blanks. */
  static String line(String raw) {
    return Names.isPlain(raw) ? raw : ANY_BLANK.matcher(lines(raw)).replaceAll(" ");
  }

  /** For texts that are only shown: as written, without what nobody sees. */
  static String shown(String raw) {
    return Names.isPlain(raw) ? raw : INVISIBLE.matcher(raw).replaceAll("").strip();
  }
}
