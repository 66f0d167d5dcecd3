package dev.clearance.policy;

import dev.clearance.vocabulary.Names;

/** How the numbering of a source nests: an article stands for all its items. */
public final class Locator {

  private static final String CHINESE_DIGITS = "〇零一二三四五六七八九十百";

  private Locator() {}

  /**
   * Whether the item stands at or below the article: 第十条 covers 第十条(一) and 第十条前段, but 4.2 does not
   * cover 4.21 and 二 does not cover 二十.
   */
  public static boolean covers(String article, String item) {
    String broad = Names.normal(article);
    String narrow = Names.normal(item);
    if (broad.isEmpty() || !narrow.startsWith(broad)) {
      return false;
    }
    if (narrow.length() == broad.length()) {
      return true;
    }
    char last = broad.charAt(broad.length() - 1);
    if (last == '第') {
      // Only the beginning of a number: it would stand for every article there is.
      return false;
    }
    char next = narrow.charAt(broad.length());
    boolean numberGoesOn =
        Character.isDigit(last) && Character.isDigit(next)
            || CHINESE_DIGITS.indexOf(last) >= 0 && CHINESE_DIGITS.indexOf(next) >= 0;
    return !numberGoesOn;
  }
}
