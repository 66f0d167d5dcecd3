package dev.clearance.web;

/** Text that callers send: JSON can spell half a character, which no text may hold. */
final class Text {

  private static final int LONGEST_ECHO = 60;

  private Text() {}

  /** Whether every surrogate has its other half. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  /** The same text with a replacement character for each half. */
  static String mended(String text) {
    if (isWellFormed(text)) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    for (int i = 0; i < mended.length(); i++) {
      if (Character.isSurrogate(mended.charAt(i))) {
        if (isPair(text, i)) {
          i++;
        } else {
          mended.setCharAt(i, '\uFFFD');
        }
      }
    }
    return mended.toString();
  }

  /** Shortened, so that an answer does not echo a long body. */
  static String quoted(String text) {
    int end = Math.min(text.length(), LONGEST_ECHO);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return "\"" + text.substring(0, end) + (end < text.length() ? "…" : "") + "\"";
  }
}
