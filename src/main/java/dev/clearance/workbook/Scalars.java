package dev.clearance.workbook;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, days and yes or no as authors write them. */
final class Scalars {

  /** A number, as a piece of other patterns. */
  static final String NUMBER = "[+-]?(?:\\d{1,3}(?:,\\d{3}){1,8}|\\d{1,30})(?:\\.\\d{1,15})?";

  /** A day, as a piece of other patterns. */
  static final String DAY =
      "\\d{4}-\\d{1,2}-\\d{1,2}|\\d{4}/\\d{1,2}/\\d{1,2}|\\d{4}年\\d{1,2}月\\d{1,2}日";

  /** How a number is written, for hints. */
  static final String A_NUMBER_IS = "write it in digits, without a unit, such as 500";

  /** How a day is written, for hints. */
  static final String A_DAY_IS = "write it like 2026-01-01";

  private static final Pattern A_NUMBER = Pattern.compile(NUMBER);
  private static final Pattern A_DAY = Pattern.compile("(\\d{4})[-/年](\\d{1,2})[-/月](\\d{1,2})日?");
  private static final Set<String> YES = Set.of("是", "yes", "true");
  private static final Set<String> NO = Set.of("否", "no", "false");

  private Scalars() {}

  static Optional<BigDecimal> number(String text) {
    String digits = text.strip();
    return A_NUMBER.matcher(digits).matches()
        ? Optional.of(plain(new BigDecimal(digits.replace(",", ""))))
        : Optional.empty();
  }

  private static BigDecimal plain(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal shortest = number.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  static Optional<LocalDate> day(String text) {
    Matcher matcher = A_DAY.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<Boolean> flag(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (YES.contains(word)) {
      return Optional.of(true);
    }
    return NO.contains(word) ? Optional.of(false) : Optional.empty();
  }
}
