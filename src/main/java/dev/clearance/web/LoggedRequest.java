package dev.clearance.web;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The request of a logged line, read as it was understood then: words that no attribute lists,
 * which foreign systems may send, stay what they were.
 *
 * @param isMasked whether some values are hidden; these are as if they had not been given
 */
record LoggedRequest(DecisionRequest request, boolean isMasked) {

  /** No line of the log under these words. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("the logged request cannot be read", null, false, false);
    }
  }

  static LoggedRequest read(Logged logged, RequestShape shape) throws Unreadable {
    Reading reading = new Reading(shape);
    List<String> policies = new ArrayList<>();
    Optional<LocalDate> asOf = Optional.empty();
    for (Map.Entry<String, JsonNode> member : logged.request().properties()) {
      switch (member.getKey()) {
        case "policies" -> member.getValue().forEach(id -> policies.add(id.asString("")));
        case "asOf" -> asOf = Optional.of(day(member.getValue()));
        default -> reading.member(shape.root.member(member.getKey()), member.getValue());
      }
    }
    if (asOf.isEmpty() || !policies.equals(List.copyOf(logged.policies().keySet()))) {
      throw new Unreadable();
    }
    Facts facts = Facts.of(shape.vocabulary, reading.given);
    return new LoggedRequest(new DecisionRequest(policies, asOf.get(), facts), reading.masked);
  }

  private static LocalDate day(JsonNode value) throws Unreadable {
    try {
      return LocalDate.parse(value.asString(""));
    } catch (DateTimeException noDay) {
      throw new Unreadable();
    }
  }

  private static final class Reading {
    private final RequestShape shape;
    private final Map<Attribute, Value> given = new HashMap<>();
    private boolean masked;

    Reading(RequestShape shape) {
      this.shape = shape;
    }

    void member(RequestShape.@Nullable Member member, JsonNode value) throws Unreadable {
      if (member == null) {
        throw new Unreadable();
      }
      if (!value.isObject()) {
        own(member, value);
        return;
      }
      for (Map.Entry<String, JsonNode> inner : value.properties()) {
        RequestShape.Member below = member.member(inner.getKey());
        if (below == null && inner.getKey().equals("name")) {
          own(member, inner.getValue());
        } else {
          member(below, inner.getValue());
        }
      }
    }

    private void own(RequestShape.Member member, JsonNode value) throws Unreadable {
      Attribute attribute = member.attribute;
      if (attribute == null) {
        throw new Unreadable();
      }
      if (value.isString() && value.stringValue().equals(FactsWriter.MASK)) {
        masked = true;
        return;
      }
      given.put(attribute, value(attribute, value));
    }

    private Value value(Attribute attribute, JsonNode value) throws Unreadable {
      switch (attribute.type()) {
        case TERM, LEVEL -> {
          if (value.isString()) {
            String word = value.stringValue();
            boolean listed = attribute.code(word).equals(Optional.of(word));
            return listed ? new Value.Code(word) : new Value.Text(word);
          }
        }
        case TEXT -> {
          if (value.isString()) {
            return new Value.Text(value.stringValue());
          }
        }
        case SET -> {
          List<String> members = new ArrayList<>();
          value.forEach(one -> members.add(one.asString("")));
          return Value.Codes.of(members);
        }
        case NUMBER -> {
          if (value.isNumber()) {
            return new Value.Amount(new BigDecimal(value.asString()));
          }
        }
        case BOOLEAN -> {
          if (value.isBoolean()) {
            return new Value.Flag(value.booleanValue());
          }
        }
        case DATE -> {
          return new Value.Day(day(value));
        }
      }
      throw new Unreadable();
    }
  }
}
