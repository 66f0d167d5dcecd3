package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The language of cells that give a fact: one value, or the members of a set (无: none). */
final class Values {

  private static final Set<String> NONE = Set.of("无", "none");

  private final ClauseNames clauses;

  Values(ClauseNames clauses) {
    this.clauses = clauses;
  }

  Optional<Value> read(Attribute attribute, String text, Spot at) {
    Spot spot = new Spot(at.findings(), at.place(), attribute.label().zh());
    return switch (attribute.type()) {
      case TERM, LEVEL -> code(attribute, text, spot);
      case SET -> codes(attribute, text, spot);
      case NUMBER ->
          Scalars.number(text)
              .<Value>map(Value.Amount::new)
              .or(() -> wrong(spot, "a number", text, Scalars.A_NUMBER_IS));
      case BOOLEAN ->
          Scalars.flag(text)
              .<Value>map(Value.Flag::new)
              .or(() -> wrong(spot, "是 or 否", text, "write 是 or 否"));
      case DATE ->
          Scalars.day(text)
              .<Value>map(Value.Day::new)
              .or(() -> wrong(spot, "a date", text, Scalars.A_DAY_IS));
      case TEXT -> Optional.of(new Value.Text(text));
    };
  }

  private static Optional<Value> wrong(Spot spot, String kind, String text, String hint) {
    spot.report(
        Check.WRONG_TYPE, spot.label() + " takes " + kind + ", not " + Spot.quoted(text), hint);
    return Optional.empty();
  }

  private static Optional<Value> code(Attribute attribute, String text, Spot spot) {
    Optional<String> code = attribute.code(text);
    if (code.isEmpty()) {
      Conditions.unknownTerm(attribute, text, spot);
    }
    return code.map(Value.Code::new);
  }

  private Optional<Value> codes(Attribute attribute, String text, Spot spot) {
    if (NONE.contains(text.toLowerCase())) {
      return Optional.of(Value.Codes.of(Set.of()));
    }
    List<String> unknown = new ArrayList<>();
    Set<String> codes = new LinkedHashSet<>();
    if (attribute.source() == TermSource.CLAUSES) {
      for (ClauseNames.Named named : Items.read(text, clauses::all, unknown::add)) {
        named.codes().forEach(code -> codes.add(clauses.id(code)));
      }
      unknown.forEach(name -> clauses.reportUnknown(name, spot));
    } else {
      codes.addAll(Items.read(text, attribute::code, unknown::add, attribute::nearest));
      unknown.forEach(name -> Conditions.unknownTerm(attribute, name, spot));
    }
    return unknown.isEmpty() ? Optional.of(Value.Codes.of(codes)) : Optional.empty();
  }
}
