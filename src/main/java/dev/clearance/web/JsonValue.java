package dev.clearance.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * JSON as it stands, for requests whose members are not all known beforehand. Text in it is well
 * formed and no object has a name twice.
 */
sealed interface JsonValue {

  record Members(Map<String, JsonValue> byName) implements JsonValue {

    /** A member that is null is as if it were left out. */
    Optional<JsonValue> get(String name) {
      return Optional.ofNullable(byName.get(name)).filter(value -> !(value instanceof Null));
    }
  }

  record Items(List<JsonValue> items) implements JsonValue {}

  record Str(String text) implements JsonValue {}

  /**
   * A number.
   *
   * @param exact absent when it is beyond what any amount can be
   */
  record Number(Optional<BigDecimal> exact) implements JsonValue {}

  record Flag(boolean yes) implements JsonValue {}

  record Null() implements JsonValue {}

  /** As a message names it. */
  default String kind() {
    if (this instanceof Members) {
      return "an object";
    } else if (this instanceof Items) {
      return "an array";
    } else if (this instanceof Str) {
      return "a string";
    } else if (this instanceof Number) {
      return "a number";
    } else if (this instanceof Flag flag) {
      return Boolean.toString(flag.yes());
    }
    return "null";
  }

  /**
   * The one document that the body holds.
   *
   * @throws ProblemException when it is no JSON, or beyond the limits
   */
  static JsonValue read(Body body) {
    try (JsonParser parser = Json.parser(body.bytes(), body.length())) {
      try {
        parser.nextToken();
        JsonValue value = value(parser, Pointer.ROOT);
        Json.end(parser);
        return value;
      } catch (JacksonException malformed) {
        throw Json.problem(parser, malformed);
      }
    }
  }

  private static JsonValue value(JsonParser parser, Pointer here) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw refused(here, "malformed-json", "The body holds nothing.");
    }
    return switch (token) {
      case START_OBJECT -> members(parser, here);
      case START_ARRAY -> items(parser, here);
      case VALUE_STRING -> new Str(text(parser, here));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> new Flag(true);
      case VALUE_FALSE -> new Flag(false);
      default -> new Null();
    };
  }

  private static Members members(JsonParser parser, Pointer here) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      Pointer there = here.member(name);
      if (!Text.isWellFormed(name)) {
        throw refused(there, "unpaired-surrogate", "The name holds half a character.");
      }
      if (members.put(name, value(parser, there)) != null) {
        throw refused(there, "duplicate-name", "The name stands twice in one object.");
      }
    }
    return new Members(members);
  }

  private static Items items(JsonParser parser, Pointer here) {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, here.item(items.size())));
    }
    return new Items(items);
  }

  private static String text(JsonParser parser, Pointer here) {
    String text = parser.getString();
    if (!Text.isWellFormed(text)) {
      throw refused(here, "unpaired-surrogate", "The text holds half a character.");
    }
    return text;
  }

  private static Number number(JsonParser parser) {
    try {
      return new Number(Optional.of(parser.getDecimalValue()));
    } catch (StreamReadException | ArithmeticException | NumberFormatException beyond) {
      return new Number(Optional.empty());
    }
  }

  private static ProblemException refused(Pointer here, String code, String detail) {
    return new ProblemException(
        Problem.invalid(List.of(new Fault(here.toString(), code, detail, ""))));
  }
}
