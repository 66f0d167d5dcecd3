package dev.clearance.workbook;

import java.util.LinkedHashMap;
import java.util.Map;

/** The few fixed words that a column takes: the Chinese ones first, then the English. */
final class Words {

  private Words() {}

  /**
   * @param pairs the Chinese and the English word, parted by a blank, each with its meaning
   */
  private static <T> Map<String, T> read(Map<String, T> pairs) {
    Map<String, T> words = new LinkedHashMap<>();
    pairs.forEach((pair, meaning) -> words.put(pair.split(" ")[0], meaning));
    pairs.forEach((pair, meaning) -> words.put(pair.split(" ")[1], meaning));
    return words;
  }

  static <T> Map<String, T> of(String a, T first, String b, T second) {
    Map<String, T> pairs = new LinkedHashMap<>();
    pairs.put(a, first);
    pairs.put(b, second);
    return read(pairs);
  }

  static <T> Map<String, T> of(String a, T first, String b, T second, String c, T third) {
    Map<String, T> pairs = new LinkedHashMap<>();
    pairs.put(a, first);
    pairs.put(b, second);
    pairs.put(c, third);
    return read(pairs);
  }

  static <T> Map<String, T> of(
      String a, T first, String b, T second, String c, T third, String d, T fourth) {
    Map<String, T> pairs = new LinkedHashMap<>();
    pairs.put(a, first);
    pairs.put(b, second);
    pairs.put(c, third);
    pairs.put(d, fourth);
    return read(pairs);
  }

  /** Words that mean their Chinese form. */
  static Map<String, String> meaningThemselves(String... pairs) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String pair : pairs) {
      words.put(pair, pair.split(" ")[0]);
    }
    return read(words);
  }
}
