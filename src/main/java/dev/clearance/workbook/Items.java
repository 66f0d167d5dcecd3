package dev.clearance.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads lists whose items may themselves hold a separator: at each position the longest known name
 * counts, so that 财务资料、统计资料 can be one term or two.
 */
final class Items {

  /** No name holds more separators than this. */
  private static final int SEPARATORS_IN_A_NAME = 12;

  private Items() {}

  /**
   * @param text as {@link Texts#lines} gives it
   * @param known what a name stands for
   * @param unknown told every name that stands for nothing; of separators alone it is told too
   */
  static <T> List<T> read(
      String text, Function<String, Optional<T>> known, Consumer<String> unknown) {
    return read(text, known, unknown, name -> Optional.empty());
  }

  /**
   * @param nearest the known name that one may mean; it tells where a misspelt name ends that holds
   *     a separator
   */
  static <T> List<T> read(
      String text,
      Function<String, Optional<T>> known,
      Consumer<String> unknown,
      Function<String, Optional<String>> nearest) {
    List<T> items = new ArrayList<>();
    boolean anyItem = false;
    int position = 0;
    while (position < text.length()) {
      if (isSeparator(text.charAt(position)) || text.charAt(position) == ' ') {
        position++;
        continue;
      }
      anyItem = true;
      List<Integer> ends = ends(text, position);
      int taken = 0;
      for (int i = ends.size() - 1; i >= 0 && taken == 0; i--) {
        Optional<T> item = known.apply(text.substring(position, ends.get(i)).strip());
        if (item.isPresent()) {
          items.add(item.get());
          taken = ends.get(i);
        }
      }
      if (taken == 0) {
        taken = endOfUnknown(text, position, ends, nearest);
        unknown.accept(text.substring(position, taken).strip());
      }
      position = taken;
    }
    if (!anyItem && !text.isBlank()) {
      unknown.accept(text.strip());
    }
    return items;
  }

  private static int endOfUnknown(
      String text, int from, List<Integer> ends, Function<String, Optional<String>> nearest) {
    for (int i = Math.min(ends.size(), 3) - 1; i > 0; i--) {
      String span = text.substring(from, ends.get(i)).strip();
      Optional<String> name = nearest.apply(span);
      boolean spansSeparator = name.isPresent() && hasSeparator(Texts.line(name.get()));
      if (spansSeparator && Math.abs(name.get().length() - span.length()) <= 1) {
        return ends.get(i);
      }
    }
    return ends.get(0);
  }

  static boolean hasSeparator(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSeparator(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> ends(String text, int from) {
    List<Integer> ends = new ArrayList<>();
    for (int i = from; i < text.length() && ends.size() < SEPARATORS_IN_A_NAME; i++) {
      if (isSeparator(text.charAt(i))) {
        ends.add(i);
      }
    }
    if (ends.size() < SEPARATORS_IN_A_NAME) {
      ends.add(text.length());
    }
    return ends;
  }

  static boolean isSeparator(char c) {
    return c == '、' || c == ',' || c == '\n';
  }
}
