package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Names;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language of 违反情形: alternatives on lines of their own, each one or more conditions joined by
 * 且, each condition the label of an attribute followed by what its column would say.
 */
final class Breaches {

  private static final Pattern ALTERNATIVES = Pattern.compile("[\\n;]");
  private static final Pattern AND = Pattern.compile("\\s+(?:且|(?i:and))\\s+");

  private static final int LONGEST_NAME = 200;

  private final Vocabulary vocabulary;
  private final Conditions conditions;

  Breaches(Vocabulary vocabulary, Conditions conditions) {
    this.vocabulary = vocabulary;
    this.conditions = conditions;
  }

  List<List<Condition>> read(String text, Spot spot) {
    List<List<Condition>> alternatives = new ArrayList<>();
    for (String alternative : ALTERNATIVES.split(text)) {
      if (!alternative.isBlank()) {
        alternatives.add(all(alternative.strip(), spot));
      }
    }
    if (alternatives.isEmpty() && !text.isBlank()) {
      spot.report(
          Check.UNREADABLE_CONDITION,
          spot.label() + " " + Spot.quoted(text) + " names no condition",
          "write an attribute and what must hold of it, or clear the cell");
    }
    return alternatives;
  }

  private List<Condition> all(String alternative, Spot spot) {
    List<Condition> all = new ArrayList<>();
    for (String part : parts(alternative)) {
      Optional<Attribute> attribute = attributeAtStart(part);
      if (attribute.isEmpty()) {
        String name = part.split(" ", 2)[0];
        spot.report(
            Check.UNKNOWN_ATTRIBUTE,
            "there is no attribute " + Spot.quoted(name),
            Findings.didYouMean(
                vocabulary.nearestAttribute(name),
                "begin with the name of an attribute, such as 行为"));
        continue;
      }
      String rest = part.substring(nameAtStart(part).length()).strip();
      if (Conditions.isAny(rest)) {
        spot.report(
            Check.UNREADABLE_CONDITION,
            "the condition " + Spot.quoted(part) + " names no value",
            "write what must hold after " + attribute.get().label().zh());
        continue;
      }
      Optional<Test> test = conditions.read(attribute.get(), rest, spot);
      test.ifPresent(one -> all.add(new Condition(attribute.get(), one)));
    }
    return all;
  }

  /** An English "and" inside a label joins nothing: after a joint an attribute follows. */
  private List<String> parts(String alternative) {
    List<String> parts = new ArrayList<>();
    Matcher joint = AND.matcher(alternative);
    int start = 0;
    while (joint.find()) {
      boolean chinese = joint.group().strip().equals("且");
      if (chinese || attributeAtStart(alternative.substring(joint.end())).isPresent()) {
        parts.add(alternative.substring(start, joint.start()).strip());
        start = joint.end();
      }
    }
    parts.add(alternative.substring(start).strip());
    return parts;
  }

  private Optional<Attribute> attributeAtStart(String text) {
    return vocabulary.attributeNamed(nameAtStart(text));
  }

  /** The longest name of an attribute with which the text begins; empty when there is none. */
  private String nameAtStart(String text) {
    String start = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    String normal = Names.normal(start) + " ";
    String longest = "";
    for (String name : vocabulary.attributeNames().keySet()) {
      if (name.length() > longest.length() && normal.startsWith(name + " ")) {
        longest = name;
      }
    }
    return longest;
  }
}
