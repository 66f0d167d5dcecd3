package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.TermSource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of condition cells; what a cell may say depends on the type of its attribute. */
final class Conditions {

  private static final Set<String> ANY = Set.of("", "任意", "-", "—", "any");
  private static final Pattern NOT = Pattern.compile("(?s)(?:非|(?i:not)\\b)(\\s*)(.*)");

  /** Longer texts are no ranges, and looking for the middle of one takes too long. */
  private static final int LONGEST_RANGE = 200;

  private static final Pattern RANGE_WORD = Pattern.compile("\\s*(?:\\.{2,3}|至|到|~)\\s*");
  private static final Pattern COMPARISON =
      Pattern.compile("(>=|=>|≥|≧|<=|=<|≤|≦|>|<|=)?\\s*(\\S.*)");
  private static final Pattern MEMBERS =
      Pattern.compile("(?s)(含任一|含|缺|无|(?i:has any|has|lacks|none of))\\s*(.*)");
  private static final Pattern AND_ABOVE =
      Pattern.compile("(?i)(.+?)\\s*(?:及以上|and above|or above)");
  private static final Pattern AND_BELOW =
      Pattern.compile("(?i)(.+?)\\s*(?:及以下|and below|or below)");

  private final ClauseNames clauses;
  private final Map<Attribute, Map<String, Test>> read = new HashMap<>();

  Conditions(ClauseNames clauses) {
    this.clauses = clauses;
  }

  /** Whether the cell leaves its attribute open. */
  static boolean isAny(String text) {
    return ANY.contains(text.toLowerCase());
  }

  /**
   * @param text as {@link Texts#lines} gives it
   * @return the test, or nothing when findings say why not
   */
  Optional<Test> read(Attribute attribute, String text, Spot at) {
    Map<String, Test> known = read.computeIfAbsent(attribute, any -> new HashMap<>());
    Test before = known.get(text);
    if (before != null) {
      return Optional.of(before);
    }
    Spot spot = new Spot(at.findings(), at.place(), attribute.label().zh());
    Optional<Test> test =
        switch (attribute.type()) {
          case TERM -> term(attribute, text, spot);
          case LEVEL -> level(attribute, text, spot);
          case SET -> members(attribute, text, spot);
          case NUMBER -> number(text, spot);
          case BOOLEAN -> flag(text, spot);
          case DATE -> day(text, spot);
          case TEXT -> text(text, spot);
        };
    test.ifPresent(one -> known.put(text, one));
    return test;
  }

  private static Optional<Test> term(Attribute attribute, String text, Spot spot) {
    boolean not = isNegated(text, attribute);
    List<String> unknown = new ArrayList<>();
    List<String> listed =
        Items.read(
            not ? withoutNot(text) : text, attribute::code, unknown::add, attribute::nearest);
    unknown.forEach(name -> unknownTerm(attribute, name, spot));
    return listOf(attribute, listed, unknown, not, spot);
  }

  static void unknownTerm(Attribute attribute, String name, Spot spot) {
    Check check =
        attribute.source() == TermSource.APPROVER_LEVELS
            ? Check.UNKNOWN_APPROVER_LEVEL
            : Check.UNKNOWN_TERM;
    spot.report(
        check,
        attribute.label().zh() + " has no term " + Spot.quoted(name),
        Findings.didYouMean(attribute.nearest(name)));
  }

  private static Optional<Test> listOf(
      Attribute attribute, List<String> listed, List<String> unknown, boolean not, Spot spot) {
    if (!unknown.isEmpty()) {
      return Optional.empty();
    }
    if (listed.isEmpty()) {
      spot.report(
          Check.UNREADABLE_CONDITION,
          attribute.label().zh() + " names no value",
          "leave the cell blank for any value");
      return Optional.empty();
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(listed));
    Set<String> covered = new LinkedHashSet<>();
    distinct.forEach(code -> covered.addAll(attribute.covered(code)));
    return Optional.of(
        not ? new Test.NoneOf(distinct, covered) : new Test.AnyOf(distinct, covered));
  }

  /** 非 before a blank negates; without one it may begin a name, such as 非密. */
  private static boolean isNegated(String text, Attribute attribute) {
    Matcher matcher = NOT.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    boolean apart = !matcher.group(1).isEmpty();
    return apart || attribute.code(firstItem(text)).isEmpty();
  }

  private static String firstItem(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Items.isSeparator(text.charAt(i))) {
        return text.substring(0, i).strip();
      }
    }
    return text;
  }

  private static String withoutNot(String text) {
    Matcher matcher = NOT.matcher(text);
    return matcher.matches() ? matcher.group(2) : text;
  }

  private static Optional<Test> level(Attribute attribute, String text, Spot spot) {
    boolean not = isNegated(text, attribute);
    List<String> unknown = new ArrayList<>();
    List<Boolean> reversed = new ArrayList<>();
    List<List<String>> spans =
        Items.read(
            not ? withoutNot(text) : text,
            item -> span(attribute, item, spot, reversed),
            unknown::add);
    unknown.forEach(name -> unknownTerm(attribute, withoutSpan(name), spot));
    if (!reversed.isEmpty()) {
      return Optional.empty();
    }
    List<String> codes = new ArrayList<>(spans.stream().flatMap(Collection::stream).toList());
    codes.sort(Comparator.comparingInt(attribute::rank));
    return listOf(attribute, codes, unknown, not, spot);
  }

  /** The levels that one item of a list stands for, lowest first. */
  private static Optional<List<String>> span(
      Attribute attribute, String item, Spot spot, List<Boolean> reversed) {
    Optional<String> exact = attribute.code(item);
    if (exact.isPresent()) {
      return Optional.of(List.of(exact.get()));
    }
    if (item.length() > LONGEST_RANGE) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>();
    attribute.terms().forEach(term -> all.add(term.code()));
    Matcher above = AND_ABOVE.matcher(item);
    Matcher below = AND_BELOW.matcher(item);
    Matcher compared = COMPARISON.matcher(item);
    if (above.matches()) {
      return attribute.code(above.group(1)).map(code -> from(all, code));
    }
    if (below.matches()) {
      return attribute.code(below.group(1)).map(code -> upTo(all, code));
    }
    if (compared.matches() && compared.group(1) != null) {
      Optional<String> code = attribute.code(compared.group(2));
      return switch (compared.group(1)) {
        case ">=", "=>", "≥", "≧" -> code.map(bound -> from(all, bound));
        case "<=", "=<", "≤", "≦" -> code.map(bound -> upTo(all, bound));
        default -> Optional.empty();
      };
    }
    Matcher between = RANGE_WORD.matcher(item);
    while (between.find()) {
      Optional<String> low = attribute.code(item.substring(0, between.start()));
      Optional<String> high = attribute.code(item.substring(between.end()));
      if (low.isEmpty() || high.isEmpty()) {
        continue;
      }
      int first = all.indexOf(low.get());
      int last = all.indexOf(high.get());
      if (first > last) {
        reversed.add(true);
        spot.report(
            Check.REVERSED_RANGE,
            attribute.label().zh() + " " + Spot.quoted(item) + " runs from high to low",
            "write " + item.substring(between.end()) + "至" + item.substring(0, between.start()));
        return Optional.of(List.of());
      }
      return Optional.of(List.copyOf(all.subList(first, last + 1)));
    }
    return Optional.empty();
  }

  private static List<String> from(List<String> all, String code) {
    return List.copyOf(all.subList(all.indexOf(code), all.size()));
  }

  private static List<String> upTo(List<String> all, String code) {
    return List.copyOf(all.subList(0, all.indexOf(code) + 1));
  }

  private static String withoutSpan(String item) {
    Matcher above = AND_ABOVE.matcher(item);
    Matcher below = AND_BELOW.matcher(item);
    if (above.matches()) {
      return above.group(1);
    }
    return below.matches() ? below.group(1) : item;
  }

  private Optional<Test> members(Attribute attribute, String text, Spot spot) {
    Matcher matcher = MEMBERS.matcher(text);
    if (!matcher.matches() || matcher.group(2).isBlank()) {
      spot.report(
          Check.UNREADABLE_CONDITION,
          attribute.label().zh()
              + " "
              + Spot.quoted(text)
              + " does not say whether this must be there or must be lacking",
          "write 含, 含任一, 缺 or 无 before the values");
      return Optional.empty();
    }
    Test.Membership membership =
        switch (matcher.group(1).toLowerCase()) {
          case "含", "has" -> Test.Membership.HAS_ALL;
          case "含任一", "has any" -> Test.Membership.HAS_ANY;
          case "缺", "lacks" -> Test.Membership.LACKS_ANY;
          default -> Test.Membership.LACKS_ALL;
        };
    return attribute.source() == TermSource.CLAUSES
        ? clauseMembers(membership, matcher.group(2), spot)
        : termMembers(attribute, membership, matcher.group(2), spot);
  }

  private static Optional<Test> termMembers(
      Attribute attribute, Test.Membership membership, String text, Spot spot) {
    List<String> unknown = new ArrayList<>();
    List<String> listed = Items.read(text, attribute::code, unknown::add, attribute::nearest);
    unknown.forEach(name -> unknownTerm(attribute, name, spot));
    if (!unknown.isEmpty()) {
      return Optional.empty();
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(listed));
    List<Set<String>> covered = new ArrayList<>();
    distinct.forEach(code -> covered.add(attribute.covered(code)));
    return Optional.of(new Test.Members(membership, distinct, covered));
  }

  private Optional<Test> clauseMembers(Test.Membership membership, String text, Spot spot) {
    List<String> unknown = new ArrayList<>();
    List<ClauseNames.Named> listed = Items.read(text, clauses::all, unknown::add);
    unknown.forEach(name -> clauses.reportUnknown(name, spot));
    if (!unknown.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    List<Set<String>> covered = new ArrayList<>();
    for (ClauseNames.Named named : new LinkedHashSet<>(listed)) {
      names.add(named.name());
      Set<String> ids = new LinkedHashSet<>();
      named.codes().forEach(code -> ids.add(clauses.id(code)));
      covered.add(ids);
    }
    return Optional.of(new Test.Members(membership, names, covered));
  }

  private static Optional<Test> number(String text, Spot spot) {
    Optional<Range<BigDecimal>> range = Range.read(text, Scalars::number);
    if (range.isPresent()) {
      BigDecimal low = range.get().low();
      BigDecimal high = range.get().high();
      if (low.compareTo(high) > 0) {
        return reversed(text, high + ".." + low, spot);
      }
      return Optional.of(between(Optional.of(low), true, Optional.of(high), true));
    }
    Matcher matcher = COMPARISON.matcher(text);
    Optional<BigDecimal> number =
        matcher.matches() ? Scalars.number(matcher.group(2)) : Optional.empty();
    if (number.isEmpty()) {
      spot.report(
          Check.WRONG_TYPE,
          spot.label() + " takes a number, not " + Spot.quoted(text),
          "write 7, >24, ≥60, <5, ≤3 or 10..500");
      return Optional.empty();
    }
    String sign = matcher.group(1) == null ? "=" : matcher.group(1);
    return Optional.of(
        switch (sign) {
          case ">" -> between(number, false, Optional.empty(), false);
          case ">=", "=>", "≥", "≧" -> between(number, true, Optional.empty(), false);
          case "<" -> between(Optional.empty(), false, number, false);
          case "<=", "=<", "≤", "≦" -> between(Optional.empty(), false, number, true);
          default -> between(number, true, number, true);
        });
  }

  private static Test between(
      Optional<BigDecimal> low, boolean withLow, Optional<BigDecimal> high, boolean withHigh) {
    return new Test.Between(low, withLow, high, withHigh);
  }

  /** The two ends of a range, as they are written. */
  record Range<T>(T low, T high) {

    static <T> Optional<Range<T>> read(String text, Function<String, Optional<T>> end) {
      if (text.length() > LONGEST_RANGE) {
        return Optional.empty();
      }
      Matcher between = RANGE_WORD.matcher(text);
      while (between.find()) {
        Optional<T> low = end.apply(text.substring(0, between.start()));
        Optional<T> high = end.apply(text.substring(between.end()));
        if (low.isPresent() && high.isPresent()) {
          return Optional.of(new Range<>(low.get(), high.get()));
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<Test> reversed(String text, String turned, Spot spot) {
    spot.report(
        Check.REVERSED_RANGE,
        spot.label() + " " + Spot.quoted(text) + " runs from high to low",
        "write " + turned);
    return Optional.empty();
  }

  private static Optional<Test> flag(String text, Spot spot) {
    Optional<Boolean> flag = Scalars.flag(text);
    if (flag.isEmpty()) {
      spot.report(
          Check.WRONG_TYPE,
          spot.label() + " takes 是 or 否, not " + Spot.quoted(text),
          "write 是 or 否");
    }
    return flag.map(Test.Is::new);
  }

  private static Optional<Test> day(String text, Spot spot) {
    Optional<Range<LocalDate>> range = Range.read(text, Scalars::day);
    if (range.isPresent()) {
      LocalDate first = range.get().low();
      LocalDate last = range.get().high();
      if (first.isAfter(last)) {
        return reversed(text, last + ".." + first, spot);
      }
      return Optional.of(new Test.Within(Optional.of(first), Optional.of(last)));
    }
    Matcher matcher = COMPARISON.matcher(text);
    Optional<LocalDate> day = matcher.matches() ? Scalars.day(matcher.group(2)) : Optional.empty();
    if (day.isEmpty()) {
      spot.report(
          Check.WRONG_TYPE,
          spot.label() + " takes a date, not " + Spot.quoted(text),
          "write 2026-01-01, ≥2026-01-01 or 2026-01-01..2026-12-31");
      return Optional.empty();
    }
    String sign = matcher.group(1) == null ? "=" : matcher.group(1);
    return Optional.of(
        switch (sign) {
          case ">" -> new Test.Within(day.map(bound -> bound.plusDays(1)), Optional.empty());
          case ">=", "=>", "≥", "≧" -> new Test.Within(day, Optional.empty());
          case "<" -> new Test.Within(Optional.empty(), day.map(bound -> bound.minusDays(1)));
          case "<=", "=<", "≤", "≦" -> new Test.Within(Optional.empty(), day);
          default -> new Test.Within(day, day);
        });
  }

  private static Optional<Test> text(String text, Spot spot) {
    Matcher matcher = NOT.matcher(text);
    boolean not = matcher.matches() && !matcher.group(1).isEmpty();
    Set<String> listed =
        new LinkedHashSet<>(
            Items.read(
                not ? matcher.group(2) : text,
                item -> firstItem(item).equals(item) ? Optional.of(item) : Optional.empty(),
                item -> {}));
    if (listed.isEmpty()) {
      spot.report(
          Check.UNREADABLE_CONDITION,
          spot.label() + " names no value",
          "leave the cell blank for any value");
      return Optional.empty();
    }
    List<String> values = List.copyOf(listed);
    return Optional.of(not ? new Test.NoneOf(values, listed) : new Test.AnyOf(values, listed));
  }
}
