package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.Assignment;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of 视为: {@code 密级 为 内部} sets a fact, {@code 密级 不低于 秘密} raises a level. */
final class Assignments {

  private static final Pattern SEVERAL = Pattern.compile("[\\n;]");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(.+?)\\s+(为|不低于|(?i:is|at least))\\s+(.+)");

  private final Vocabulary vocabulary;
  private final Values values;

  Assignments(Vocabulary vocabulary, Values values) {
    this.vocabulary = vocabulary;
    this.values = values;
  }

  List<Assignment> read(String text, Spot spot) {
    List<Assignment> assignments = new ArrayList<>();
    boolean any = false;
    for (String one : SEVERAL.split(text)) {
      if (!one.isBlank()) {
        any = true;
        readOne(one.strip(), spot).ifPresent(assignments::add);
      }
    }
    if (!any) {
      reportUnreadable(text, spot);
    }
    return assignments;
  }

  private static void reportUnreadable(String text, Spot spot) {
    spot.report(
        Check.UNREADABLE_CONDITION,
        "视为 does not read " + Spot.quoted(text),
        "write an attribute, then 为 or 不低于, then a value");
  }

  private Optional<Assignment> readOne(String text, Spot spot) {
    Matcher matcher = ASSIGNMENT.matcher(text);
    if (!matcher.matches()) {
      reportUnreadable(text, spot);
      return Optional.empty();
    }
    Optional<Attribute> named = vocabulary.attributeNamed(matcher.group(1));
    if (named.isEmpty()) {
      spot.report(
          Check.UNKNOWN_ATTRIBUTE,
          "there is no attribute " + Spot.quoted(matcher.group(1)),
          Findings.didYouMean(
              vocabulary.nearestAttribute(matcher.group(1)),
              "begin with the name of an attribute, such as 密级"));
      return Optional.empty();
    }
    Attribute attribute = named.get();
    boolean raises = !matcher.group(2).equals("为") && !matcher.group(2).equalsIgnoreCase("is");
    if (raises && attribute.type() != AttributeType.LEVEL) {
      spot.report(
          Check.WRONG_TYPE,
          attribute.label().zh() + " has no order, so nothing can be 不低于",
          "write 为");
      return Optional.empty();
    }
    Optional<Value> value = values.read(attribute, matcher.group(3), spot);
    if (raises) {
      return value.map(level -> new Assignment.AtLeast(attribute, ((Value.Code) level).code()));
    }
    return value.map(set -> new Assignment.Becomes(attribute, set));
  }
}
