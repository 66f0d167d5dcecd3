package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.Formula;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Names;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of 算式: numbers, percentages, labels of number attributes, + - × ÷ and brackets. */
final class Formulas {

  private static final Pattern NUMBER =
      Pattern.compile("(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,30}(?:\\.\\d{1,15})?)(%?)");
  private static final int DEEPEST = 50;
  private static final int LONGEST = 1_000;

  private final Vocabulary vocabulary;

  Formulas(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  Optional<Formula> read(String text, Spot spot) {
    if (text.length() > LONGEST) {
      spot.report(Check.UNREADABLE_FORMULA, "算式 is too long to be read");
      return Optional.empty();
    }
    try {
      Reading reading = new Reading(Names.normal(text));
      Formula formula = reading.sum(0);
      reading.expectEnd();
      return Optional.of(formula);
    } catch (Unreadable e) {
      spot.report(e.check, String.valueOf(e.getMessage()), e.hint);
      return Optional.empty();
    }
  }

  private static final class Unreadable extends RuntimeException {
    private final Check check;
    private final String hint;

    Unreadable(Check check, String message, String hint) {
      super(message, null, false, false);
      this.check = check;
      this.hint = hint;
    }
  }

  private final class Reading {

    private final String text;
    private int position;

    Reading(String text) {
      this.text = text;
    }

    Formula sum(int depth) {
      if (depth > DEEPEST) {
        throw new Unreadable(
            Check.UNREADABLE_FORMULA, "算式 has too many brackets inside each other", "");
      }
      Formula left = product(depth);
      while (true) {
        if (accept("+")) {
          left = new Formula.Operation(Formula.Operator.PLUS, left, product(depth));
        } else if (accept("-") || accept("−")) {
          left = new Formula.Operation(Formula.Operator.MINUS, left, product(depth));
        } else {
          return left;
        }
      }
    }

    private Formula product(int depth) {
      Formula left = factor(depth);
      while (true) {
        if (accept("×") || accept("*")) {
          left = new Formula.Operation(Formula.Operator.TIMES, left, factor(depth));
        } else if (accept("÷") || accept("/")) {
          left = new Formula.Operation(Formula.Operator.DIVIDED_BY, left, factor(depth));
        } else {
          return left;
        }
      }
    }

    private Formula factor(int depth) {
      skipBlanks();
      Optional<Attribute> attribute = attribute();
      if (attribute.isPresent()) {
        return new Formula.Reference(attribute.get());
      }
      if (accept("(")) {
        Formula inside = sum(depth + 1);
        if (!accept(")")) {
          throw new Unreadable(
              Check.UNREADABLE_FORMULA, "算式 lacks a closing bracket", "close every bracket");
        }
        return inside;
      }
      Matcher number = NUMBER.matcher(text).region(position, text.length());
      if (number.lookingAt()) {
        position = number.end();
        BigDecimal value = new BigDecimal(number.group(1).replace(",", ""));
        boolean percent = !number.group(2).isEmpty();
        return new Formula.Constant(percent ? value.movePointLeft(2) : value);
      }
      throw unknown();
    }

    private Unreadable unknown() {
      Matcher word =
          Pattern.compile("[^\\s+*/×÷−()]+").matcher(text).region(position, text.length());
      if (!word.lookingAt()) {
        return new Unreadable(
            Check.UNREADABLE_FORMULA,
            "算式 " + Spot.quoted(text) + " lacks a number or an attribute",
            "write it like 10% × 合同总价款 + 100");
      }
      return new Unreadable(
          Check.UNKNOWN_ATTRIBUTE,
          "there is no attribute " + Spot.quoted(word.group()),
          Findings.didYouMean(
              vocabulary.nearestAttribute(word.group()), "write it like 10% × 合同总价款 + 100"));
    }

    private Optional<Attribute> attribute() {
      String name = "";
      for (Map.Entry<String, Attribute> entry : vocabulary.attributeNames().entrySet()) {
        if (entry.getKey().length() > name.length() && text.startsWith(entry.getKey(), position)) {
          name = entry.getKey();
        }
      }
      if (name.isEmpty()) {
        return Optional.empty();
      }
      position += name.length();
      Attribute attribute = vocabulary.attributeNames().get(name);
      if (attribute.type() != AttributeType.NUMBER) {
        throw new Unreadable(
            Check.WRONG_TYPE, "算式 uses " + attribute.label().zh() + ", which is no number", "");
      }
      return Optional.of(attribute);
    }

    private boolean accept(String sign) {
      skipBlanks();
      if (!text.startsWith(sign, position)) {
        return false;
      }
      position += sign.length();
      return true;
    }

    private void skipBlanks() {
      while (position < text.length() && text.charAt(position) == ' ') {
        position++;
      }
    }

    void expectEnd() {
      skipBlanks();
      if (position < text.length()) {
        throw new Unreadable(
            Check.UNREADABLE_FORMULA,
            "算式 cannot be read from " + Spot.quoted(text.substring(position)) + " on",
            "write it like 10% × 合同总价款 + 100");
      }
    }
  }
}
