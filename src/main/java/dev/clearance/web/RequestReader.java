package dev.clearance.web;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Locator;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Names;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads one request, token by token, against the words that the vocabulary knows. Strict: whatever
 * it does not know is a fault, and all faults are told together. An object of this class reads one
 * request.
 */
final class RequestReader {

  private static final int LONGEST_TEXT = 200;

  /** Amounts that no regulation reaches; far beyond them an exact decimal becomes a long text. */
  private static final int MOST_DIGITS = 30;

  private final JsonParser parser;
  private final RulesInForce rules;
  private final RequestShape shape;
  private final LocalDate today;
  private final Hints hints;
  private final Faults faults;

  private final Map<Attribute, Value> given = new HashMap<>();
  private final Set<String> policies = new LinkedHashSet<>();
  private final List<Clausal> clausal = new ArrayList<>();
  private boolean policiesAreFaulty;
  private @Nullable LocalDate asOf;

  /** Names of clauses, understood once the policies are known. */
  private record Clausal(Attribute attribute, List<String> names, List<Pointer> places) {}

  RequestReader(
      JsonParser parser, RulesInForce rules, RequestShape shape, LocalDate today, Hints hints) {
    this.parser = parser;
    this.rules = rules;
    this.shape = shape;
    this.today = today;
    this.hints = hints;
    this.faults = new Faults(hints);
  }

  /**
   * The request that starts at the parser's current token; the parser is left at its last one.
   *
   * @throws ProblemException with every fault of the request
   */
  DecisionRequest read() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      faults.add(Pointer.ROOT, "wrong-type", "A request must be an object, not " + kind() + ".");
      parser.skipChildren();
      throw new ProblemException(Problem.invalid(faults.all()));
    }
    members(shape.root, Pointer.ROOT, false);
    if (!policiesAreFaulty) {
      List<PolicyRules> asked = asked();
      for (Clausal names : clausal) {
        put(names.attribute(), clauses(names, asked), names.places().get(0));
      }
    }
    if (!faults.none()) {
      throw new ProblemException(Problem.invalid(faults.all()));
    }
    return new DecisionRequest(
        List.copyOf(policies), asOf == null ? today : asOf, Facts.of(shape.vocabulary, given));
  }

  // --- objects

  private void members(RequestShape.Member object, Pointer at, boolean inProperties) {
    Seen seen = new Seen();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      Pointer here = at.member(name);
      if (!Text.isWellFormed(name)) {
        faults.add(here, "unpaired-surrogate", "The name holds half a character.");
        parser.skipChildren();
      } else if (!seen.add(name)) {
        faults.add(here, "duplicate-name", "The name stands twice in one object.");
        parser.skipChildren();
      } else {
        member(object, name, here, inProperties);
      }
    }
  }

  private void member(RequestShape.Member object, String name, Pointer here, boolean inProperties) {
    boolean top = object == shape.root;
    RequestShape.Member member = object.member(name);
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      faults.add(here, "null-value", "The value is null.", "leave the member out");
    } else if (top && name.equals("policies")) {
      policies(here);
    } else if (top && name.equals("asOf")) {
      readAsOf(here);
    } else if (member != null) {
      value(member, here);
    } else if (object.entity && !inProperties && name.equals("properties")) {
      properties(object, here);
    } else if (object.takesName() && !inProperties && name.equals("name")) {
      attribute(required(object.attribute), here);
    } else {
      unknownMember(object, name, here);
    }
  }

  private void properties(RequestShape.Member object, Pointer here) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      members(object, here, true);
    } else {
      wrongType(here, object.path + ".properties", "an object", "");
    }
  }

  private void value(RequestShape.Member member, Pointer here) {
    if (parser.currentToken() == JsonToken.START_OBJECT && member.isObject()) {
      members(member, here, false);
    } else if (member.attribute != null) {
      attribute(member.attribute, here);
    } else {
      wrongType(here, member.path, "an object", "");
    }
  }

  private void unknownMember(RequestShape.Member object, String name, Pointer here) {
    boolean top = object == shape.root;
    String path = top ? name : object.path + "." + name;
    String detail =
        top
            ? "A request has no member " + Text.quoted(name) + "."
            : "The vocabulary has no attribute " + Text.quoted(path) + ".";
    faults.addUnknown(
        here,
        top ? "unknown-member" : "unknown-attribute",
        detail,
        name,
        () -> nearestMember(object, name, path));
    parser.skipChildren();
  }

  private Optional<String> nearestMember(RequestShape.Member object, String name, String path) {
    List<String> names = object.names();
    if (object == shape.root) {
      names.add("policies");
      names.add("asOf");
    }
    return Names.nearest(name, names).or(() -> shape.vocabulary.nearestAttribute(path));
  }

  // --- policies and day

  private void policies(Pointer here) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      policiesAreFaulty = true;
      String hint =
          parser.currentToken() == JsonToken.VALUE_STRING
              ? "write [" + Text.quoted(parser.getString()) + "]"
              : "";
      wrongType(here, "policies", "an array of strings", hint);
      return;
    }
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Pointer item = here.item(index++);
      Optional<String> id = string(item, "A policy", "a string");
      if (id.isEmpty()) {
        policiesAreFaulty = true;
      } else if (rules.policy(id.get()).isPresent()) {
        policies.add(id.get());
      } else {
        policiesAreFaulty = true;
        unknownPolicy(item, id.get());
      }
    }
  }

  private void unknownPolicy(Pointer item, String id) {
    String hint =
        hints
            .nearest(id, () -> PolicyNames.nearest(rules, id))
            .map(Hints::meant)
            .orElseGet(() -> PolicyNames.choice(rules));
    faults.add(item, "unknown-policy", "No policy " + Text.quoted(id) + " is loaded.", hint);
  }

  private void readAsOf(Pointer here) {
    date(here, "asOf").ifPresent(day -> asOf = day);
  }

  /** The policies that will answer; that there are none is a fault. */
  private List<PolicyRules> asked() {
    List<PolicyRules> asked = rules.select(List.copyOf(policies));
    if (asked.isEmpty()) {
      faults.add(
          Pointer.ROOT.member("policies"),
          "policy-required",
          "The request does not say which policy answers.",
          PolicyNames.choice(rules));
    }
    return asked;
  }

  // --- values

  private void attribute(Attribute attribute, Pointer here) {
    Optional<? extends Value> value =
        switch (attribute.type()) {
          case TERM, LEVEL -> term(attribute, here).map(Value.Code::new);
          case SET -> set(attribute, here);
          case NUMBER -> number(attribute, here);
          case BOOLEAN -> flag(attribute, here);
          case DATE -> date(here, attribute.path()).map(Value.Day::new);
          case TEXT -> text(attribute, here);
        };
    value.ifPresent(known -> put(attribute, known, here));
  }

  private void put(Attribute attribute, Value value, Pointer here) {
    Value before = given.putIfAbsent(attribute, value);
    if (before != null && !before.equals(value)) {
      faults.add(
          here, "conflicting-values", attribute.path() + " is given twice with different values.");
    }
  }

  private Optional<String> term(Attribute attribute, Pointer here) {
    return string(here, attribute.path(), "a string").flatMap(name -> code(attribute, here, name));
  }

  private Optional<String> member(Attribute attribute, Pointer item) {
    return string(item, memberOf(attribute), "a string")
        .flatMap(name -> code(attribute, item, name));
  }

  private static String memberOf(Attribute attribute) {
    return "A member of " + attribute.path();
  }

  private Optional<String> code(Attribute attribute, Pointer here, String name) {
    Optional<String> code = attribute.code(name);
    if (code.isEmpty()) {
      unknownTerm(attribute, here, name);
    }
    return code;
  }

  private void unknownTerm(Attribute attribute, Pointer here, String name) {
    String detail =
        attribute.path()
            + " ("
            + attribute.label().zh()
            + ") has no term "
            + Text.quoted(name)
            + ".";
    faults.addUnknown(
        here,
        "unknown-term",
        detail,
        name,
        () -> attribute.nearest(name).map(n -> spell(attribute, n)));
  }

  /** Code and label, whichever of its names was near. */
  private static String spell(Attribute attribute, String name) {
    String code = attribute.code(name).orElse(name);
    return code + " (" + attribute.labelOf(code).zh() + ")";
  }

  private Optional<Value> set(Attribute attribute, Pointer here) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      String hint =
          parser.currentToken() == JsonToken.VALUE_STRING
              ? "write [" + Text.quoted(parser.getString()) + "]"
              : "";
      wrongType(here, attribute.path(), "an array of strings", hint);
      return Optional.empty();
    }
    boolean clauses = attribute.source() == TermSource.CLAUSES;
    List<String> found = new ArrayList<>();
    List<Pointer> places = new ArrayList<>();
    places.add(here);
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Pointer item = here.item(index++);
      Optional<String> member =
          clauses ? string(item, memberOf(attribute), "a string") : member(attribute, item);
      if (member.isPresent()) {
        found.add(member.get());
        places.add(item);
      }
    }
    if (clauses) {
      clausal.add(new Clausal(attribute, found, places));
      return Optional.empty();
    }
    return Optional.of(Value.Codes.of(found));
  }

  private Optional<Value> number(Attribute attribute, Pointer here) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      boolean quotedNumber = token == JsonToken.VALUE_STRING && looksLikeNumber(parser.getString());
      String hint = quotedNumber ? "write " + parser.getString() + " without quotes" : "";
      wrongType(here, attribute.path(), "a number", hint);
      return Optional.empty();
    }
    BigDecimal number;
    try {
      number = parser.getDecimalValue();
    } catch (StreamReadException | ArithmeticException | NumberFormatException beyond) {
      number = null;
    }
    boolean beyond =
        number == null
            || (long) number.precision() - number.scale() > MOST_DIGITS
            || number.scale() > MOST_DIGITS;
    if (beyond) {
      faults.add(
          here,
          "number-out-of-range",
          attribute.path()
              + " has more than "
              + MOST_DIGITS
              + " digits before or after the decimal point.");
      return Optional.empty();
    }
    return Optional.of(new Value.Amount(number));
  }

  private static boolean looksLikeNumber(String text) {
    return text.matches("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?");
  }

  private Optional<Value> flag(Attribute attribute, Pointer here) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return Optional.of(new Value.Flag(token == JsonToken.VALUE_TRUE));
    }
    String hint = "";
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getString();
      boolean yes = text.equalsIgnoreCase("true") || text.equals("是");
      boolean no = text.equalsIgnoreCase("false") || text.equals("否");
      hint = yes || no ? "write " + yes + " without quotes" : "";
    }
    wrongType(here, attribute.path(), "true or false", hint);
    return Optional.empty();
  }

  private Optional<LocalDate> date(Pointer here, String path) {
    Optional<String> text = string(here, path, "a date such as \"2026-11-22\"");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      try {
        return Optional.of(LocalDate.parse(text.get()));
      } catch (DateTimeException noSuchDay) {
        // Told below, as any other text that is no day.
      }
    }
    faults.add(
        here,
        "unreadable-date",
        path + " is no date: " + Text.quoted(text.get()) + ".",
        "write year-month-day, such as 2026-11-22");
    return Optional.empty();
  }

  private Optional<Value> text(Attribute attribute, Pointer here) {
    Optional<String> text = string(here, attribute.path(), "a string");
    if (text.isPresent() && text.get().length() > LONGEST_TEXT) {
      faults.add(
          here, "too-long", attribute.path() + " is longer than " + LONGEST_TEXT + " characters.");
      return Optional.empty();
    }
    return text.map(Value.Text::new);
  }

  private Optional<String> string(Pointer here, String path, String wanted) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      faults.add(here, "null-value", "The value is null.", "leave it out");
      return Optional.empty();
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      wrongType(here, path, wanted, "");
      return Optional.empty();
    }
    String text = parser.getString();
    if (!Text.isWellFormed(text)) {
      faults.add(here, "unpaired-surrogate", "The text holds half a character.");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  // --- clauses

  private Value clauses(Clausal named, List<PolicyRules> asked) {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < named.names().size(); i++) {
      String name = named.names().get(i);
      List<String> found = clauseIds(name, rules, asked);
      if (found.isEmpty()) {
        faults.addUnknown(
            named.places().get(i + 1),
            "unknown-clause",
            "There is no clause " + Text.quoted(name) + " in the policies that are asked.",
            name,
            () -> nearestClause(name, asked));
      }
      ids.addAll(found);
    }
    return Value.Codes.of(ids);
  }

  /** By full id, by the code that tables use, or by a locator that stands for what is below it. */
  static List<String> clauseIds(String name, RulesInForce rules, List<PolicyRules> asked) {
    int slash = name.indexOf('/');
    if (slash > 0) {
      Optional<Clause> clause =
          rules
              .policy(name.substring(0, slash))
              .flatMap(policy -> policy.policy().clause(name.substring(slash + 1)));
      if (clause.isPresent()) {
        return List.of(clause.get().id());
      }
    }
    List<String> byCode = new ArrayList<>();
    List<String> byLocator = new ArrayList<>();
    for (PolicyRules policy : asked) {
      for (Clause clause : policy.policy().clauses()) {
        if (clause.code().equals(name)) {
          byCode.add(clause.id());
        }
        if (Locator.covers(name, clause.locator())) {
          byLocator.add(clause.id());
        }
      }
    }
    return byCode.isEmpty() ? byLocator : byCode;
  }

  private static Optional<String> nearestClause(String name, List<PolicyRules> asked) {
    List<String> names = new ArrayList<>();
    for (PolicyRules policy : asked) {
      for (Clause clause : policy.policy().clauses()) {
        names.add(name.indexOf('/') > 0 ? clause.id() : clause.code());
        names.add(clause.locator());
      }
    }
    return Names.nearest(name, names);
  }

  // --- words

  private void wrongType(Pointer here, String path, String wanted, String hint) {
    faults.add(here, "wrong-type", path + " must be " + wanted + ", not " + kind() + ".", hint);
    parser.skipChildren();
  }

  private String kind() {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> token.asString();
      default -> "null";
    };
  }

  private static Attribute required(@Nullable Attribute attribute) {
    if (attribute == null) {
      throw new IllegalStateException("only an attribute takes a name");
    }
    return attribute;
  }

  /** The names of one object; most objects are small, and a hostile one is not read slowly. */
  private static final class Seen {
    private static final int SMALL = 12;
    private final List<String> few = new ArrayList<>(SMALL);
    private @Nullable Set<String> many;

    boolean add(String name) {
      if (many != null) {
        return many.add(name);
      }
      if (few.contains(name)) {
        return false;
      }
      few.add(name);
      if (few.size() == SMALL) {
        many = new HashSet<>(few);
      }
      return true;
    }
  }
}
