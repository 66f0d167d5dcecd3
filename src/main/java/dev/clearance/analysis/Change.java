package dev.clearance.analysis;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All requests whose answer changes in one way.
 *
 * @param parts what changes in their answer
 * @param situations which requests those are; together all of them, unless there are too many
 * @param count how many combinations of values that the rows can tell apart
 * @param unlisted how many of those lie in none of the situations
 */
public record Change(
    List<Part> parts, List<Situation> situations, BigInteger count, BigInteger unlisted) {

  /**
   * One part of an answer.
   *
   * @param about 结论, 审批, 须履行, 密级, 条款 or 处分
   * @param before in labels; empty for nothing
   * @param beforeCodes the same in codes
   */
  public record Part(
      String about,
      String before,
      String after,
      List<String> beforeCodes,
      List<String> afterCodes) {

    public Part {
      beforeCodes = List.copyOf(beforeCodes);
      afterCodes = List.copyOf(afterCodes);
    }

    static Part of(String about, Words before, Words after) {
      return new Part(about, before.text(), after.text(), before.codes(), after.codes());
    }

    @Override
    public String toString() {
      return about
          + ": "
          + (before.isEmpty() ? "无" : before)
          + " → "
          + (after.isEmpty() ? "无" : after);
    }
  }

  /** What one side of a part says. */
  record Words(String text, List<String> codes) {

    static final Words NONE = new Words("", List.of());
  }

  public Change {
    parts = List.copyOf(parts);
    situations = List.copyOf(situations);
  }

  @Override
  public String toString() {
    return parts.stream().map(Part::toString).collect(Collectors.joining("; "))
        + situations.stream().map(one -> "\n  " + one).collect(Collectors.joining())
        + (unlisted.signum() == 0 ? "" : "\n  … " + unlisted);
  }
}
