package dev.clearance.web;

import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.policy.Entity;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts in what a foreign system sends: what the vocabulary declares is taken, all else is
 * passed over.
 *
 * <p>A word that an attribute does not list is a fact all the same: it is given, and it is none of
 * the listed ones. A value of the wrong JSON type is no fact: it satisfies no condition, neither
 * one that permits nor one that forbids, and the answer names it among what is missing.
 */
final class LenientFacts {

  /** As for the native requests: far beyond, an exact decimal becomes a long text. */
  private static final int MOST_DIGITS = 30;

  private static final Set<String> PARTS = Set.of("subject", "action", "resource", "context");

  private final RequestShape shape;
  private final RulesInForce rules;
  private final List<PolicyRules> policies;
  private final Map<Attribute, Value> given = new HashMap<>();

  /**
   * @param policies those that are asked, whose clauses may go by short names
   */
  LenientFacts(Questions.Moment moment, List<PolicyRules> policies) {
    this.shape = moment.shape();
    this.rules = moment.point().rules();
    this.policies = policies;
  }

  /** What stands under {@code properties} of a subject, an action or a resource. */
  void properties(String entity, JsonValue.Members properties) {
    below(shape.root.member(entity), properties);
  }

  /**
   * What stands in the context. It also holds the facts that belong to none of the four parts of a
   * request, each under its own name: {@code context.incident.intent}.
   */
  void context(JsonValue.Members context) {
    RequestShape.Member declared = shape.root.member("context");
    context
        .byName()
        .forEach(
            (name, value) -> {
              RequestShape.Member member = declared == null ? null : declared.member(name);
              if (member == null && !PARTS.contains(name)) {
                member = shape.root.member(name);
              }
              take(member, value);
            });
  }

  /** A member of an entity itself, such as its id; it counts whatever its properties say. */
  void put(String path, String text) {
    shape
        .vocabulary
        .attribute(path)
        .ifPresent(
            attribute -> {
              given.remove(attribute);
              value(attribute, new JsonValue.Str(text))
                  .ifPresent(value -> given.put(attribute, value));
            });
  }

  /** What a directory knows of an entity counts where the request says nothing. */
  void fill(Entity entity) {
    for (Attribute attribute : entity.properties().known()) {
      entity.properties().get(attribute).ifPresent(value -> given.putIfAbsent(attribute, value));
    }
  }

  Facts facts() {
    return Facts.of(shape.vocabulary, given);
  }

  private void below(RequestShape.@Nullable Member object, JsonValue.Members members) {
    if (object != null) {
      members.byName().forEach((name, value) -> take(object.member(name), value));
    }
  }

  private void take(RequestShape.@Nullable Member member, JsonValue value) {
    if (member == null) {
      return;
    }
    Attribute attribute = member.attribute;
    if (value instanceof JsonValue.Members members) {
      below(member, members);
    } else if (attribute != null) {
      value(attribute, value).ifPresent(known -> given.put(attribute, known));
    }
  }

  private Optional<Value> value(Attribute attribute, JsonValue value) {
    return switch (attribute.type()) {
      case TERM, LEVEL -> text(value).map(name -> word(attribute, name));
      case SET -> set(attribute, value);
      case NUMBER -> number(value);
      case BOOLEAN ->
          value instanceof JsonValue.Flag flag
              ? Optional.of(new Value.Flag(flag.yes()))
              : Optional.empty();
      case DATE -> text(value).flatMap(LenientFacts::day).map(Value.Day::new);
      case TEXT -> text(value).map(Value.Text::new);
    };
  }

  private static Optional<String> text(JsonValue value) {
    return value instanceof JsonValue.Str str ? Optional.of(str.text()) : Optional.empty();
  }

  /**
   * An unlisted word is kept as text: a test for listed words fails, one for none of them holds.
   */
  private static Value word(Attribute attribute, String name) {
    Optional<String> code = attribute.code(name);
    return code.isPresent() ? new Value.Code(code.get()) : new Value.Text(name);
  }

  /** Unlisted members stay in the set, where they count as none of the listed ones. */
  private Optional<Value> set(Attribute attribute, JsonValue value) {
    if (!(value instanceof JsonValue.Items items)) {
      return Optional.empty();
    }
    List<String> members = new ArrayList<>();
    for (JsonValue item : items.items()) {
      if (!(item instanceof JsonValue.Str name)) {
        return Optional.empty();
      }
      if (attribute.source() == TermSource.CLAUSES) {
        List<String> ids = RequestReader.clauseIds(name.text(), rules, policies);
        members.addAll(ids.isEmpty() ? List.of(name.text()) : ids);
      } else {
        members.add(attribute.code(name.text()).orElse(name.text()));
      }
    }
    return Optional.of(Value.Codes.of(members));
  }

  private static Optional<Value> number(JsonValue value) {
    if (!(value instanceof JsonValue.Number number) || number.exact().isEmpty()) {
      return Optional.empty();
    }
    BigDecimal exact = number.exact().get();
    boolean beyond =
        (long) exact.precision() - exact.scale() > MOST_DIGITS || exact.scale() > MOST_DIGITS;
    return beyond ? Optional.empty() : Optional.of(new Value.Amount(exact));
  }

  static Optional<LocalDate> day(String text) {
    if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      try {
        return Optional.of(LocalDate.parse(text));
      } catch (DateTimeException noSuchDay) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
