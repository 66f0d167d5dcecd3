package dev.clearance.web;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.Digest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.policy.Entity;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one question of the AuthZEN Authorization API. What the standard demands of a request must
 * be there, and all that is wrong is told together; what is not known is passed over. An object of
 * this class reads one question.
 */
final class AuthzenReader {

  private static final JsonValue.Members NOTHING = new JsonValue.Members(Map.of());

  private final Questions.Moment moment;
  private final RulesInForce rules;
  private final Optional<PolicyRules> named;
  private final Hints hints;
  private final Faults faults;

  /**
   * A question and whether its answer is to be explained.
   *
   * @param explain the native answer rides along only where it is asked for
   */
  record Evaluation(DecisionRequest request, boolean explain) {}

  /** A subject, an action or a resource: its own members and its properties. */
  private record Part(Map<String, String> own, JsonValue.Members properties) {

    static final Part MISSING = new Part(Map.of(), NOTHING);

    String get(String name) {
      return own.getOrDefault(name, "");
    }
  }

  /** What surrounds the act. */
  private record Frame(List<PolicyRules> policies, LocalDate asOf, JsonValue.Members context) {

    List<String> ids() {
      return policies.stream().map(policy -> policy.policy().id()).toList();
    }
  }

  /**
   * @param named the policy that the path names
   */
  AuthzenReader(Questions.Moment moment, Optional<PolicyRules> named, Hints hints) {
    this.moment = moment;
    this.rules = moment.point().rules();
    this.named = named;
    this.hints = hints;
    this.faults = new Faults(hints);
  }

  /**
   * @throws ProblemException with every fault of the question
   */
  Evaluation evaluation(JsonValue.Members request) {
    Part subject = part(request, "subject", "type", "id");
    Part action = part(request, "action", "name");
    Part resource = part(request, "resource", "type", "id");
    Frame frame = frame(request);
    refuseFaults();
    boolean explain = frame.context().get("explain").equals(Optional.of(new JsonValue.Flag(true)));
    return new Evaluation(ask(frame, facts(frame, subject, action, resource)), explain);
  }

  /**
   * @throws ProblemException with every fault of the question
   */
  Search search(Search.Kind kind, JsonValue.Members request) {
    Part subject =
        kind == Search.Kind.SUBJECT
            ? part(request, "subject", "type")
            : part(request, "subject", "type", "id");
    Part action = kind == Search.Kind.ACTION ? Part.MISSING : part(request, "action", "name");
    Part resource =
        kind == Search.Kind.RESOURCE
            ? part(request, "resource", "type")
            : part(request, "resource", "type", "id");
    Frame frame = frame(request);
    Page page = page(request);
    refuseFaults();
    return switch (kind) {
      case SUBJECT -> {
        String type = subject.get("type");
        yield search(
            kind,
            type,
            isKnown(frame, false, resource) ? listed(frame, true, subject) : List.of(),
            id -> ask(frame, facts(frame, entity(type, id), action, resource)),
            frame,
            subject.properties(),
            page);
      }
      case RESOURCE -> {
        String type = resource.get("type");
        yield search(
            kind,
            type,
            isKnown(frame, true, subject) ? listed(frame, false, resource) : List.of(),
            id -> ask(frame, facts(frame, subject, action, entity(type, id))),
            frame,
            resource.properties(),
            page);
      }
      case ACTION ->
          search(
              kind,
              "",
              isKnown(frame, true, subject) && isKnown(frame, false, resource)
                  ? actions()
                  : List.of(),
              name ->
                  ask(
                      frame,
                      facts(frame, subject, new Part(Map.of("name", name), NOTHING), resource)),
              frame,
              NOTHING,
              page);
    };
  }

  private static Search search(
      Search.Kind kind,
      String type,
      List<String> candidates,
      Search.Question question,
      Frame frame,
      JsonValue.Members narrowing,
      Page page) {
    StringBuilder asked = new StringBuilder(kind.name()).append('\n').append(type).append('\n');
    frame.policies().forEach(policy -> asked.append(policy.version()).append('\n'));
    asked.append(narrowing).append('\n').append(question.about(""));
    return new Search(kind, type, candidates, question, page, Digest.of(asked.toString()));
  }

  private void refuseFaults() {
    if (!faults.none()) {
      throw new ProblemException(Problem.invalid(faults.all()));
    }
  }

  // --- the parts of a request

  private Part part(JsonValue.Members request, String name, String... required) {
    Pointer here = Pointer.ROOT.member(name);
    Optional<JsonValue> value = request.get(name);
    if (value.isEmpty()) {
      faults.add(here, "missing-member", name + " is missing.");
      return Part.MISSING;
    }
    if (!(value.get() instanceof JsonValue.Members members)) {
      wrongType(here, name, "an object", value.get());
      return Part.MISSING;
    }
    Map<String, String> own = new java.util.HashMap<>();
    for (String member : required) {
      string(members, member, here, name + "." + member).ifPresent(text -> own.put(member, text));
    }
    return new Part(own, object(members, "properties", here, name + ".properties"));
  }

  private Optional<String> string(
      JsonValue.Members members, String member, Pointer at, String path) {
    Optional<JsonValue> value = members.get(member);
    if (value.isEmpty()) {
      faults.add(at.member(member), "missing-member", path + " is missing.");
    } else if (value.get() instanceof JsonValue.Str str) {
      return Optional.of(str.text());
    } else {
      wrongType(at.member(member), path, "a string", value.get());
    }
    return Optional.empty();
  }

  /** An object that may be left out. */
  private JsonValue.Members object(
      JsonValue.Members members, String member, Pointer at, String path) {
    Optional<JsonValue> value = members.get(member);
    if (value.isEmpty()) {
      return NOTHING;
    }
    if (value.get() instanceof JsonValue.Members object) {
      return object;
    }
    wrongType(at.member(member), path, "an object", value.get());
    return NOTHING;
  }

  private void wrongType(Pointer here, String path, String wanted, JsonValue value) {
    faults.add(here, "wrong-type", path + " must be " + wanted + ", not " + value.kind() + ".");
  }

  private Frame frame(JsonValue.Members request) {
    JsonValue.Members context = object(request, "context", Pointer.ROOT, "context");
    return new Frame(policies(context), asOf(context), context);
  }

  private LocalDate asOf(JsonValue.Members context) {
    Optional<JsonValue> value = context.get("asOf");
    if (value.isEmpty()) {
      return moment.today();
    }
    Pointer here = Pointer.ROOT.member("context").member("asOf");
    Optional<LocalDate> day =
        value.get() instanceof JsonValue.Str str ? LenientFacts.day(str.text()) : Optional.empty();
    if (day.isEmpty()) {
      // Another day's rules are no answer to a question about this one.
      faults.add(
          here,
          "unreadable-date",
          "context.asOf is no date.",
          "write year-month-day, such as 2026-11-22");
    }
    return day.orElse(moment.today());
  }

  private List<PolicyRules> policies(JsonValue.Members context) {
    Pointer here = Pointer.ROOT.member("context").member("policies");
    Optional<JsonValue> value = context.get("policies");
    Set<String> ids = new LinkedHashSet<>();
    if (value.isPresent()) {
      if (!(value.get() instanceof JsonValue.Items items)) {
        wrongType(here, "context.policies", "an array of strings", value.get());
        return List.of();
      }
      boolean known = true;
      for (int i = 0; i < items.items().size(); i++) {
        known &= policy(items.items().get(i), here.item(i), ids);
      }
      if (!known) {
        return List.of();
      }
    }
    if (named.isPresent()) {
      String id = named.get().policy().id();
      if (!ids.isEmpty() && !ids.equals(Set.of(id))) {
        faults.add(
            here,
            "conflicting-values",
            "The path asks the policy " + id + ", context.policies asks others.");
      }
      return List.of(named.get());
    }
    List<PolicyRules> asked = rules.select(List.copyOf(ids));
    if (asked.isEmpty()) {
      faults.add(
          here,
          "policy-required",
          "The request does not say which policy answers.",
          PolicyNames.choice(rules));
    }
    return asked;
  }

  private boolean policy(JsonValue item, Pointer here, Set<String> ids) {
    if (!(item instanceof JsonValue.Str id)) {
      wrongType(here, "A policy", "a string", item);
      return false;
    }
    if (rules.policy(id.text()).isEmpty()) {
      String hint =
          hints
              .nearest(id.text(), () -> PolicyNames.nearest(rules, id.text()))
              .map(Hints::meant)
              .orElseGet(() -> PolicyNames.choice(rules));
      faults.add(
          here, "unknown-policy", "No policy " + Text.quoted(id.text()) + " is loaded.", hint);
      return false;
    }
    ids.add(id.text());
    return true;
  }

  private Page page(JsonValue.Members request) {
    JsonValue.Members page = object(request, "page", Pointer.ROOT, "page");
    Pointer here = Pointer.ROOT.member("page");
    Optional<Integer> limit = Optional.empty();
    Optional<JsonValue> most = page.get("limit");
    if (most.isPresent()) {
      limit =
          most.get() instanceof JsonValue.Number number
              ? number.exact().flatMap(AuthzenReader::count)
              : Optional.empty();
      if (limit.isEmpty()) {
        faults.add(
            here.member("limit"), "wrong-type", "page.limit must be a whole number, 0 or more.");
      }
    }
    Optional<String> token = Optional.empty();
    if (page.get("token").isPresent()) {
      token = string(page, "token", here, "page.token").filter(text -> !text.isEmpty());
    }
    return new Page(limit, token);
  }

  private static Optional<Integer> count(BigDecimal number) {
    boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    if (!whole || number.signum() < 0) {
      return Optional.empty();
    }
    return Optional.of(number.min(BigDecimal.valueOf(Page.MOST)).intValueExact());
  }

  // --- from parts to facts

  private Facts facts(Frame frame, Part subject, Part action, Part resource) {
    LenientFacts facts = new LenientFacts(moment, frame.policies());
    facts.context(frame.context());
    facts.properties("subject", subject.properties());
    facts.properties("action", action.properties());
    facts.properties("resource", resource.properties());
    facts.put("subject.type", subject.get("type"));
    facts.put("subject.id", subject.get("id"));
    facts.put(Vocabulary.ACTION, action.get("name"));
    facts.put("resource.type", resource.get("type"));
    facts.put("resource.id", resource.get("id"));
    find(frame, true, subject.get("type"), subject.get("id")).forEach(facts::fill);
    find(frame, false, resource.get("type"), resource.get("id")).forEach(facts::fill);
    return facts.facts();
  }

  private static DecisionRequest ask(Frame frame, Facts facts) {
    return new DecisionRequest(frame.ids(), frame.asOf(), facts);
  }

  private static Part entity(String type, String id) {
    return new Part(Map.of("type", type, "id", id), NOTHING);
  }

  // --- directories

  private static List<Entity> find(Frame frame, boolean subject, String type, String id) {
    List<Entity> found = new ArrayList<>();
    for (PolicyRules policy : frame.policies()) {
      policy.directory().find(subject, type, id).ifPresent(found::add);
    }
    return found;
  }

  /** Where no directory lists any subject, or any resource, ids are the caller's own affair. */
  private static boolean isKnown(Frame frame, boolean subject, Part part) {
    return frame.policies().stream().noneMatch(policy -> policy.directory().lists(subject))
        || !find(frame, subject, part.get("type"), part.get("id")).isEmpty();
  }

  /** The ids that are listed under the type and have the properties that the request gives. */
  private List<String> listed(Frame frame, boolean subject, Part part) {
    LenientFacts properties = new LenientFacts(moment, frame.policies());
    properties.properties(subject ? "subject" : "resource", part.properties());
    Facts wanted = properties.facts();
    Set<String> ids = new LinkedHashSet<>();
    for (PolicyRules policy : frame.policies()) {
      for (Entity entity : policy.directory().ofType(subject, part.get("type"))) {
        if (has(find(frame, subject, part.get("type"), entity.id()), wanted, frame)) {
          ids.add(entity.id());
        }
      }
    }
    return List.copyOf(ids);
  }

  private boolean has(List<Entity> entity, Facts wanted, Frame frame) {
    if (wanted.known().isEmpty()) {
      return true;
    }
    LenientFacts listed = new LenientFacts(moment, frame.policies());
    entity.forEach(listed::fill);
    Facts facts = listed.facts();
    for (Attribute attribute : wanted.known()) {
      if (!facts.get(attribute).equals(wanted.get(attribute))) {
        return false;
      }
    }
    return true;
  }

  private List<String> actions() {
    return rules
        .vocabulary()
        .attribute(Vocabulary.ACTION)
        .map(action -> action.terms().stream().map(Term::code).toList())
        .orElse(List.of());
  }
}
