package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.scenario.Example;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of 预期处分: sanction types, each with an amount or a range where one is stated. */
final class Penalties {

  private static final Pattern WITH_AMOUNT = Pattern.compile("(.+?)\\s+(\\S+)");

  private final Vocabulary vocabulary;

  Penalties(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  Optional<List<Example.Penalty>> read(String text, Spot spot) {
    if (text.equals("无") || text.equalsIgnoreCase("none")) {
      return Optional.of(List.of());
    }
    List<String> unknown = new ArrayList<>();
    List<Example.Penalty> penalties = Items.read(text, item -> one(item, spot), unknown::add);
    for (String name : unknown) {
      Matcher matcher = WITH_AMOUNT.matcher(name);
      String type = matcher.matches() ? matcher.group(1) : name;
      spot.unknown(
          Check.UNKNOWN_SANCTION_TYPE, "sanction", name, vocabulary.sanctionTypes().nearest(type));
    }
    return unknown.isEmpty() ? Optional.of(penalties) : Optional.empty();
  }

  private Optional<Example.Penalty> one(String item, Spot spot) {
    Optional<SanctionType> plain = vocabulary.sanctionTypes().named(item);
    if (plain.isPresent()) {
      return Optional.of(
          new Example.Penalty(plain.get().code(), Optional.empty(), Optional.empty()));
    }
    Matcher matcher = WITH_AMOUNT.matcher(item);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<SanctionType> type = vocabulary.sanctionTypes().named(matcher.group(1));
    Optional<Conditions.Range<BigDecimal>> range = amount(matcher.group(2));
    if (type.isEmpty() || range.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal low = range.get().low();
    BigDecimal high = range.get().high();
    if (low.compareTo(high) > 0) {
      spot.report(
          Check.REVERSED_RANGE,
          spot.label() + " " + Spot.quoted(item) + " runs from high to low",
          "write " + high + ".." + low);
    }
    return Optional.of(new Example.Penalty(type.get().code(), Optional.of(low), Optional.of(high)));
  }

  private static Optional<Conditions.Range<BigDecimal>> amount(String text) {
    return Conditions.Range.read(text, Scalars::number)
        .or(() -> Scalars.number(text).map(one -> new Conditions.Range<>(one, one)));
  }
}
