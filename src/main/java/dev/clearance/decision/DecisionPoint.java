package dev.clearance.decision;

import dev.clearance.decision.VerdictMemory.Remembered;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Truth;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The policy decision point. Answers are pure: the same request under the same rules gives the same
 * answer.
 */
public final class DecisionPoint {

  private final RulesInForce rules;
  private final Optional<VerdictMemory> memory;

  public DecisionPoint(RulesInForce rules) {
    this(rules, Optional.empty());
  }

  private DecisionPoint(RulesInForce rules, Optional<VerdictMemory> memory) {
    this.rules = rules;
    this.memory = memory;
  }

  /** Answers as this one does, and keeps verdicts for requests that look the same. */
  public DecisionPoint remembering(VerdictMemory verdicts) {
    return new DecisionPoint(rules, Optional.of(verdicts));
  }

  public RulesInForce rules() {
    return rules;
  }

  /**
   * May the act be done?
   *
   * @throws IllegalArgumentException when a policy that the request names is not loaded, or none is
   *     named and no default says which; callers check before they ask
   */
  public Decision decide(DecisionRequest request) {
    List<PolicyRules> policies = policies(request);
    Facts facts = withApprovals(request.facts());
    String version = version(policies);
    Remembered answer =
        memory.isPresent()
            ? remembered(memory.get(), policies, facts, request.asOf(), version)
            : new Remembered(verdict(policies, facts, request.asOf(), version), Optional.empty());
    return new Decision(
        answer.verdict(),
        answer.text(),
        () -> id("decision", policies, facts, request.asOf(), version));
  }

  private static Remembered remembered(
      VerdictMemory memory,
      List<PolicyRules> policies,
      Facts facts,
      LocalDate asOf,
      String version) {
    Likeness likeness = Projection.likeness(policies, facts, asOf);
    Optional<Remembered> known = memory.recall(likeness);
    return known.isPresent()
        ? known.get()
        : memory.keep(likeness, verdict(policies, facts, asOf, version));
  }

  private static Verdict verdict(
      List<PolicyRules> policies, Facts facts, LocalDate asOf, String version) {
    List<Reading> readings = read(policies, facts, asOf);
    Outcome outcome = Combining.outcome(readings);
    Penalties penalties = outcome == Outcome.PERMIT ? Penalties.NONE : Penalties.of(readings, asOf);
    List<Approval> approvals = Combining.approvals(readings);
    Optional<LeadingApprover> approver =
        outcome == Outcome.APPROVAL_REQUIRED ? Combining.leading(approvals) : Optional.empty();
    return new Verdict(
        outcome,
        approver,
        approvals,
        Combining.obligations(readings),
        penalties.certain(),
        penalties.possible(),
        derivations(readings),
        setAside(readings, penalties),
        citations(readings, penalties.rows()),
        OpenQuestions.of(facts, readings, asOf, outcome),
        version);
  }

  /** Only whether the act may be done, for questions about many acts. Throws as {@link #decide}. */
  public boolean permits(DecisionRequest request) {
    Facts facts = withApprovals(request.facts());
    return Combining.outcome(read(policies(request), facts, request.asOf())) == Outcome.PERMIT;
  }

  /** Which clauses did the act break, and what follows? Throws as {@link #decide}. */
  public CaseReview review(DecisionRequest request) {
    Answering answering = answer("sanctions", request);
    List<Reading> readings = answering.readings();
    Penalties penalties = Penalties.of(readings, request.asOf());
    List<Citation> broken = new ArrayList<>();
    readings.forEach(reading -> reading.broken().forEach(row -> broken.add(Citation.of(row))));
    return new CaseReview(
        Combining.outcome(readings),
        broken,
        penalties.certain(),
        penalties.possible(),
        setAside(readings, penalties),
        derivations(readings),
        citations(readings, penalties.rows()),
        penalties.missing(readings),
        answering.id(),
        answering.version());
  }

  /** Which level does the information have? Throws as {@link #decide}. */
  public Classification classify(DecisionRequest request) {
    Answering answering = answer("classification", request);
    Optional<Attribute> attribute = rules.vocabulary().classification();
    Optional<Term> highest = Optional.empty();
    Optional<String> period = Optional.empty();
    Set<String> clauses = new LinkedHashSet<>();
    List<Row> rows = new ArrayList<>();
    Set<Attribute> missing = new TreeSet<>(java.util.Comparator.comparingInt(Attribute::index));
    for (Reading reading : answering.readings()) {
      if (attribute.isEmpty()) {
        break;
      }
      Optional<Term> level = level(reading.facts(), attribute.get());
      if (level.isPresent()
          && (highest.isEmpty() || isHigher(attribute.get(), level.get(), highest.get()))) {
        highest = level;
        clauses.clear();
        period = Optional.empty();
      }
      for (Row row : reading.counted()) {
        boolean aboutLevel = isAboutLevel(row, attribute.get());
        if (aboutLevel) {
          rows.add(row);
        }
        if (aboutLevel
            && level.isPresent()
            && level.equals(highest)
            && gives(reading, row, level.get())) {
          clauses.add(row.clause().id());
          if (period.isEmpty() && row.effect() instanceof Effect.Classify classify) {
            period = classify.secrecyPeriod();
          }
        }
      }
      missing.addAll(couldReclassify(reading, attribute.get(), request));
    }
    List<Derivation> derived = derivations(answering.readings());
    return new Classification(
        highest,
        period,
        List.copyOf(clauses),
        derived,
        rows.stream().map(Citation::of).toList(),
        List.copyOf(missing),
        answering.id(),
        answering.version());
  }

  private static Optional<Term> level(Facts facts, Attribute attribute) {
    return Optional.ofNullable(facts.codeAt(attribute.index())).flatMap(attribute::term);
  }

  private static boolean isHigher(Attribute attribute, Term one, Term other) {
    return attribute.rank(one.code()) > attribute.rank(other.code());
  }

  private static boolean isAboutLevel(Row row, Attribute attribute) {
    return row.effect() instanceof Effect.Classify
        || row.effect() instanceof Effect.Define define
            && define.assignments().stream().anyMatch(a -> a.attribute().equals(attribute));
  }

  private static boolean gives(Reading reading, Row row, Term level) {
    if (row.effect() instanceof Effect.Classify classify) {
      return classify.level().equals(level.code());
    }
    return reading.matches().derivations().stream()
        .anyMatch(d -> d.row() == row && d.value().equals(new Value.Code(level.code())));
  }

  /** Attributes of classification rows that are open and would raise the level. */
  private static Set<Attribute> couldReclassify(
      Reading reading, Attribute attribute, DecisionRequest request) {
    Set<Attribute> missing = new LinkedHashSet<>();
    Facts facts = reading.facts();
    if (!reading.policy().policy().inForce().contains(request.asOf())) {
      return missing;
    }
    for (Row row : reading.policy().policy().rows()) {
      if (row.effect() instanceof Effect.Classify classify
          && row.inForce().contains(request.asOf())
          && row.truth(facts) == Truth.OPEN
          && level(facts, attribute)
              .map(level -> attribute.rank(classify.level()) > attribute.rank(level.code()))
              .orElse(true)) {
        row.when().stream()
            .map(condition -> condition.attribute())
            .filter(open -> !facts.has(open))
            .forEach(missing::add);
      }
    }
    return missing;
  }

  private record Answering(List<Reading> readings, String id, String version) {}

  private Answering answer(String question, DecisionRequest request) {
    List<PolicyRules> policies = policies(request);
    Facts facts = withApprovals(request.facts());
    String version = version(policies);
    return new Answering(
        read(policies, facts, request.asOf()),
        id(question, policies, facts, request.asOf(), version),
        version);
  }

  private static String version(List<PolicyRules> policies) {
    if (policies.size() == 1) {
      return policies.get(0).version();
    }
    StringBuilder versions = new StringBuilder();
    policies.forEach(policy -> versions.append(policy.version()).append('\n'));
    return Digest.of(versions.toString());
  }

  private static String id(
      String question, List<PolicyRules> policies, Facts facts, LocalDate asOf, String version) {
    StringBuilder canonical = new StringBuilder(512).append(question);
    policies.forEach(policy -> canonical.append('\n').append(policy.policy().id()));
    canonical.append('\n').append(asOf).append('\n').append(version).append('\n');
    facts.appendTo(canonical);
    return Digest.of(canonical.toString());
  }

  private List<PolicyRules> policies(DecisionRequest request) {
    List<PolicyRules> policies = rules.select(request.policies());
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("the request does not say which policy answers");
    }
    return policies;
  }

  private static List<Reading> read(List<PolicyRules> policies, Facts facts, LocalDate asOf) {
    List<Reading> readings = new ArrayList<>(policies.size());
    for (PolicyRules policy : policies) {
      Matches matches =
          policy.policy().inForce().contains(asOf)
              ? policy.rules().match(facts, asOf)
              : new Matches(facts, List.of(), List.of(), false);
      readings.add(Reading.of(policy, matches));
    }
    return readings;
  }

  /** Approvals that are not given are none held. */
  private static Facts withApprovals(Facts facts) {
    Optional<Attribute> approvals = facts.vocabulary().approvals();
    return approvals.isEmpty() || facts.has(approvals.get())
        ? facts
        : facts.with(approvals.get(), NO_APPROVALS);
  }

  private static final Value NO_APPROVALS = Value.Codes.of(List.of());

  private static List<Derivation> derivations(List<Reading> readings) {
    if (readings.size() == 1) {
      return readings.get(0).matches().derivations();
    }
    List<Derivation> derivations = new ArrayList<>();
    readings.forEach(reading -> derivations.addAll(reading.matches().derivations()));
    return derivations;
  }

  private static List<SetAside> setAside(List<Reading> readings, Penalties penalties) {
    List<SetAside> setAside = new ArrayList<>();
    readings.forEach(reading -> setAside.addAll(reading.setAside()));
    setAside.addAll(penalties.setAside());
    return setAside;
  }

  private static List<Citation> citations(List<Reading> readings, List<Row> sanctions) {
    List<Citation> citations = new ArrayList<>();
    for (Reading reading : readings) {
      reading.counted().forEach(row -> citations.add(Citation.of(row)));
    }
    sanctions.forEach(row -> citations.add(Citation.of(row)));
    return citations;
  }
}
