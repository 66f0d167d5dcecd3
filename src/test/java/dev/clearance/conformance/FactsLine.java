package dev.clearance.conformance;

import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of a request on one line, by labels or codes: {@code 行为 订机票; 签字 总经理、财务总监}. A set of
 * nothing is {@code 无}.
 */
public final class FactsLine {

  private FactsLine() {}

  public static Facts read(Vocabulary vocabulary, String line) {
    Map<Attribute, Value> facts = new LinkedHashMap<>();
    for (String part : line.split("[;；]")) {
      String text = part.strip();
      if (text.isEmpty()) {
        continue;
      }
      int blank = text.indexOf(' ');
      Attribute attribute =
          vocabulary
              .attributeNamed(text.substring(0, blank))
              .orElseThrow(() -> new IllegalArgumentException("no attribute in " + text));
      facts.put(attribute, value(attribute, text.substring(blank + 1).strip()));
    }
    return Facts.of(vocabulary, facts);
  }

  private static Value value(Attribute attribute, String text) {
    return switch (attribute.type()) {
      case TERM, LEVEL -> new Value.Code(code(attribute, text));
      case SET -> {
        List<String> codes = new ArrayList<>();
        for (String item : text.equals("无") ? new String[0] : text.split("、")) {
          codes.add(attribute.source() == TermSource.CLAUSES ? item : code(attribute, item));
        }
        yield Value.Codes.of(codes);
      }
      case NUMBER -> new Value.Amount(new BigDecimal(text));
      case BOOLEAN -> new Value.Flag(text.equals("是") || text.equals("true"));
      case DATE -> new Value.Day(LocalDate.parse(text));
      case TEXT -> new Value.Text(text);
    };
  }

  private static String code(Attribute attribute, String name) {
    return attribute
        .code(name)
        .orElseThrow(() -> new IllegalArgumentException(attribute + " has no " + name));
  }
}
