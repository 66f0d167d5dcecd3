package dev.clearance.web;

import dev.clearance.decision.Decision;
import dev.clearance.decision.PolicyRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** Answers AuthZEN evaluations, one or many, under the rules of one moment. */
final class Evaluations {

  static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Evaluations.class);

  /** What an item takes from the whole request where it does not say it itself. */
  private static final List<String> DEFAULTS = List.of("subject", "action", "resource", "context");

  private final Questions.Moment moment;
  private final Optional<PolicyRules> named;
  private final Hints hints = new Hints();

  /** When the remaining items need no answer. */
  private enum Semantic {
    EXECUTE_ALL,
    DENY_ON_FIRST_DENY,
    PERMIT_ON_FIRST_PERMIT;

    boolean endsAfter(boolean permitted) {
      return permitted ? this == PERMIT_ON_FIRST_PERMIT : this == DENY_ON_FIRST_DENY;
    }

    static Optional<Semantic> named(String name) {
      return switch (name) {
        case "execute_all" -> Optional.of(EXECUTE_ALL);
        case "deny_on_first_deny" -> Optional.of(DENY_ON_FIRST_DENY);
        case "permit_on_first_permit" -> Optional.of(PERMIT_ON_FIRST_PERMIT);
        default -> Optional.empty();
      };
    }
  }

  private final Ledger ledger;
  private final Ledger.Call call;

  Evaluations(
      Questions.Moment moment, Optional<PolicyRules> named, Ledger ledger, Ledger.Call call) {
    this.moment = moment;
    this.ledger = ledger;
    this.call = call;
    this.named = named;
  }

  /**
   * @throws ProblemException when the request is not valid
   */
  byte[] one(JsonValue.Members request) {
    AuthzenReader.Evaluation asked = new AuthzenReader(moment, named, hints).evaluation(request);
    Decision decision = ledger.decide(call, moment.point(), asked.request());
    return Json.bytes(json -> answer(decision, asked.explain(), json));
  }

  /**
   * Without items the request is one evaluation by itself.
   *
   * @throws ProblemException when the request as a whole is not valid
   */
  byte[] many(JsonValue.Members request) {
    Faults faults = new Faults(hints);
    Semantic semantic = semantic(request, faults);
    List<JsonValue> items = items(request, faults);
    if (!faults.none()) {
      throw new ProblemException(Problem.invalid(faults.all()));
    }
    if (items.isEmpty()) {
      return one(request);
    }
    if (items.size() > MOST) {
      throw new ProblemException(
          Problem.tooLarge("The request holds more than " + MOST + " evaluations."));
    }
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("evaluations");
          for (JsonValue item : items) {
            if (semantic.endsAfter(answer(item, request, json))) {
              break;
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static Semantic semantic(JsonValue.Members request, Faults faults) {
    Pointer here = Pointer.ROOT.member("options");
    Optional<JsonValue> options = request.get("options");
    if (options.isEmpty()) {
      return Semantic.EXECUTE_ALL;
    }
    if (!(options.get() instanceof JsonValue.Members members)) {
      faults.add(
          here, "wrong-type", "options must be an object, not " + options.get().kind() + ".");
      return Semantic.EXECUTE_ALL;
    }
    Optional<JsonValue> name = members.get("evaluations_semantic");
    Optional<Semantic> semantic =
        name.flatMap(
            value ->
                value instanceof JsonValue.Str str ? Semantic.named(str.text()) : Optional.empty());
    if (name.isPresent() && semantic.isEmpty()) {
      faults.add(
          here.member("evaluations_semantic"),
          "unknown-semantic",
          "options.evaluations_semantic has a value that is not known here.",
          "write execute_all, deny_on_first_deny or permit_on_first_permit");
    }
    return semantic.orElse(Semantic.EXECUTE_ALL);
  }

  private static List<JsonValue> items(JsonValue.Members request, Faults faults) {
    Optional<JsonValue> items = request.get("evaluations");
    if (items.isEmpty()) {
      return List.of();
    }
    if (items.get() instanceof JsonValue.Items list) {
      return list.items();
    }
    faults.add(
        Pointer.ROOT.member("evaluations"),
        "wrong-type",
        "evaluations must be an array, not " + items.get().kind() + ".");
    return List.of();
  }

  /** Whether the item is permitted; one that cannot be answered is not. */
  private boolean answer(JsonValue item, JsonValue.Members request, JsonGenerator json) {
    AuthzenReader.Evaluation asked;
    Decision decision;
    try {
      asked = new AuthzenReader(moment, named, hints).evaluation(merged(item, request));
      decision = ledger.decide(call, moment.point(), asked.request());
    } catch (ProblemException invalid) {
      error(invalid.problem(), json);
      return false;
    } catch (RuntimeException failure) {
      // One item that the rules cannot answer is no reason to withhold the other answers.
      LOG.error("one evaluation of a batch failed", failure);
      error(Problem.internal(), json);
      return false;
    }
    answer(decision, asked.explain(), json);
    return decision.permitted();
  }

  /** What an item says of a part replaces all that the request says of it. */
  private static JsonValue.Members merged(JsonValue item, JsonValue.Members request) {
    if (!(item instanceof JsonValue.Members own)) {
      Fault fault =
          new Fault(
              "", "wrong-type", "An evaluation must be an object, not " + item.kind() + ".", "");
      throw new ProblemException(Problem.invalid(List.of(fault)));
    }
    Map<String, JsonValue> merged = new LinkedHashMap<>();
    for (String part : DEFAULTS) {
      own.get(part).or(() -> request.get(part)).ifPresent(value -> merged.put(part, value));
    }
    return new JsonValue.Members(merged);
  }

  private static void answer(Decision decision, boolean explain, JsonGenerator json) {
    json.writeStartObject();
    json.writeBooleanProperty("decision", decision.permitted());
    if (explain) {
      json.writeName("context");
      new AnswerWriter(json).decision(decision);
    }
    json.writeEndObject();
  }

  private static void error(Problem problem, JsonGenerator json) {
    json.writeStartObject();
    json.writeBooleanProperty("decision", false);
    json.writeObjectPropertyStart("context");
    json.writeObjectPropertyStart("error");
    json.writeNumberProperty("status", problem.status());
    json.writeStringProperty("message", message(problem));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String message(Problem problem) {
    if (problem.faults().isEmpty()) {
      return problem.detail();
    }
    return problem.faults().stream()
        .map(
            fault ->
                fault.hint().isEmpty()
                    ? fault.detail()
                    : fault.detail() + " (" + fault.hint() + ")")
        .collect(Collectors.joining(" "));
  }
}
