package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.decision.Outcome;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Standing;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The answer to one request, from the rows directly: it explains the samples that are shown. */
final class Judgement {

  private final Policy policy;
  private final Freedom freedom;
  private final LocalDate day;
  private final List<Row> matched = new ArrayList<>();
  private final List<Row> reading = new ArrayList<>();
  private final List<Row> counted = new ArrayList<>();
  private final List<Row> sanctions = new ArrayList<>();
  private Facts facts;

  private Judgement(Policy policy, Freedom freedom, Facts request, LocalDate day) {
    this.policy = policy;
    this.freedom = freedom;
    this.day = day;
    Facts given = inWordsOf(policy.vocabulary(), request);
    Optional<Attribute> approvals = policy.vocabulary().approvals();
    this.facts =
        approvals.isPresent() && !given.has(approvals.get())
            ? given.with(approvals.get(), Value.Codes.of(List.of()))
            : given;
  }

  /** Facts are stored by vocabulary; another version may order its attributes otherwise. */
  private static Facts inWordsOf(Vocabulary vocabulary, Facts facts) {
    if (facts.vocabulary() == vocabulary) {
      return facts;
    }
    Map<Attribute, Value> own = new LinkedHashMap<>();
    for (Attribute attribute : facts.known()) {
      vocabulary
          .attribute(attribute.path())
          .ifPresent(known -> own.put(known, facts.get(attribute).orElseThrow()));
    }
    return Facts.of(vocabulary, own);
  }

  static Judgement of(Policy policy, Freedom freedom, Facts given, LocalDate day) {
    Judgement judgement = new Judgement(policy, freedom, given, day);
    if (policy.inForce().contains(day)) {
      judgement.judge();
    }
    return judgement;
  }

  private void judge() {
    classify();
    define();
    for (Row row : policy.rows()) {
      if (isNorm(row) && row.inForce().contains(day) && row.applies(facts)) {
        matched.add(row);
      }
    }
    Set<String> overridden = overridden(matched);
    matched.stream().filter(row -> !overridden.contains(row.clause().code())).forEach(counted::add);
    punish();
  }

  static boolean isNorm(Row row) {
    return row.effect() instanceof Effect.Prohibit
        || row.effect() instanceof Effect.Approve
        || row.effect() instanceof Effect.Allow
        || row.effect() instanceof Effect.Duty;
  }

  private static Set<String> overridden(List<Row> rows) {
    Set<String> overridden = new HashSet<>();
    rows.forEach(row -> overridden.addAll(row.overrides()));
    return overridden;
  }

  private void classify() {
    Optional<Attribute> attribute = policy.vocabulary().classification();
    Facts given = facts;
    for (Row row : policy.rows()) {
      if (row.effect() instanceof Effect.Classify classify
          && row.inForce().contains(day)
          && row.applies(given)) {
        matched.add(row);
        assign(new Assignment.AtLeast(attribute.orElseThrow(), classify.level()), row);
      }
    }
  }

  private void define() {
    Set<Row> applied = new HashSet<>();
    boolean again = true;
    while (again) {
      again = false;
      for (Row row : policy.rows()) {
        if (row.effect() instanceof Effect.Define define
            && row.inForce().contains(day)
            && row.applies(facts)
            && applied.add(row)) {
          again = true;
          matched.add(row);
          define.assignments().forEach(assignment -> assign(assignment, row));
        }
      }
    }
  }

  private void assign(Assignment assignment, Row row) {
    Optional<Value> change = assignment.change(facts);
    if (change.isPresent()) {
      facts = facts.with(assignment.attribute(), change.get());
      reading.add(row);
    }
  }

  private void punish() {
    Optional<Attribute> violations = policy.vocabulary().violations();
    Facts known = facts;
    if (violations.isPresent()) {
      Set<String> broken = new TreeSet<>();
      if (facts.get(violations.get()).orElse(null) instanceof Value.Codes given) {
        broken.addAll(given.codes());
      }
      broken().forEach(row -> broken.add(row.clause().id()));
      known = facts.with(violations.get(), Value.Codes.of(broken));
    }
    List<Row> applying = new ArrayList<>();
    for (Row row : policy.rows()) {
      if (row.effect() instanceof Effect.Punish
          && row.inForce().contains(day)
          && row.applies(known)) {
        applying.add(row);
      }
    }
    Set<String> overridden = overridden(matched);
    overridden.addAll(overridden(applying));
    applying.stream()
        .filter(row -> !overridden.contains(row.clause().code()))
        .forEach(sanctions::add);
  }

  private List<Row> standing(Standing standing) {
    return counted.stream().filter(row -> row.standing(facts) == standing).toList();
  }

  List<Row> broken() {
    return counted.stream()
        .filter(
            row ->
                row.standing(facts) == Standing.FORBIDS
                    || row.standing(facts) == Standing.LACKS_APPROVAL)
        .toList();
  }

  Outcome outcome() {
    if (!standing(Standing.FORBIDS).isEmpty()) {
      return Outcome.DENY;
    }
    if (!standing(Standing.LACKS_APPROVAL).isEmpty()) {
      return Outcome.APPROVAL_REQUIRED;
    }
    boolean permitted =
        !standing(Standing.PERMITS).isEmpty()
            || policy.inForce().contains(day) && freedom.isFree(facts, day);
    return permitted ? Outcome.PERMIT : Outcome.NOT_COVERED;
  }

  /** The rows without which the outcome would not be what it is. */
  List<Row> deciding() {
    return switch (outcome()) {
      case DENY -> standing(Standing.FORBIDS);
      case APPROVAL_REQUIRED -> standing(Standing.LACKS_APPROVAL);
      case PERMIT -> standing(Standing.PERMITS);
      case NOT_COVERED -> List.of();
    };
  }

  Optional<ApproverLevel> approver() {
    List<ApproverRequirement> unmet =
        standing(Standing.LACKS_APPROVAL).stream().map(OutcomeQuestion::requirement).toList();
    return outcome() == Outcome.APPROVAL_REQUIRED
        ? Optional.of(OutcomeQuestion.leading(unmet))
        : Optional.empty();
  }

  Set<String> obligations() {
    Set<String> codes = new LinkedHashSet<>();
    counted.forEach(row -> row.obligations().forEach(one -> codes.add(one.code())));
    return codes;
  }

  /** The request as finally read. */
  Facts facts() {
    return facts;
  }

  List<Row> counted() {
    return counted;
  }

  /** Rows that changed how the facts read. */
  List<Row> reading() {
    return reading;
  }

  List<Row> sanctions() {
    return sanctions;
  }

  Optional<String> level() {
    return policy.vocabulary().classification().map(level -> facts.codeAt(level.index()));
  }
}
