package dev.clearance.decision;

import dev.clearance.conformance.FactsLine;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.drools.ShippedRules;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Test;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Builds policies of a few rows, with a vocabulary of a few words. */
final class SmallPolicy {

  static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  static final ApproverLevel CLERK = internal("clerk", 10);
  static final ApproverLevel HEAD = internal("head", 20);
  static final ApproverLevel BOSS = internal("boss", 30);
  static final ApproverLevel ISSUER = external("issuer");
  static final ApproverLevel CLIENT = external("client");

  private static final List<Attribute> ATTRIBUTES = attributes();
  static final Attribute ACTION = ATTRIBUTES.get(0);
  static final Attribute LEVEL = ATTRIBUTES.get(1);
  static final Attribute CATEGORY = ATTRIBUTES.get(2);
  static final Attribute KIND = ATTRIBUTES.get(3);
  static final Attribute COPIES = ATTRIBUTES.get(4);
  static final Attribute SAFEGUARDS = ATTRIBUTES.get(5);
  static final Attribute APPROVALS = ATTRIBUTES.get(6);
  static final Attribute CONDUCT = ATTRIBUTES.get(7);
  static final Attribute INTENT = ATTRIBUTES.get(8);
  static final Attribute LOSS = ATTRIBUTES.get(9);
  static final Attribute BROKEN = ATTRIBUTES.get(10);
  static final Attribute NOTE = ATTRIBUTES.get(11);

  static final Vocabulary VOCABULARY =
      new Vocabulary(
          ATTRIBUTES,
          List.of(CLERK, HEAD, BOSS, ISSUER, CLIENT),
          List.of(obligation("register"), obligation("seal"), obligation("report")),
          List.of(
              new SanctionType("warning", label("warning"), false),
              new SanctionType("fine", label("fine"), false),
              new SanctionType("bonus", label("bonus"), true)));

  private static final RuleCompiler COMPILER = ShippedRules.compiler();

  private final String id;
  private final List<Row> rows = new ArrayList<>();
  private InForce inForce = InForce.ALWAYS;

  SmallPolicy(String id) {
    this.id = id;
  }

  SmallPolicy prohibit(String code, Condition... when) {
    return add(code, new Effect.Prohibit(), when);
  }

  SmallPolicy allow(String code, Condition... when) {
    return add(code, new Effect.Allow(), when);
  }

  SmallPolicy anyOf(String code, List<ApproverLevel> levels, Condition... when) {
    return add(code, new Effect.Approve(new ApproverRequirement(false, levels, code)), when);
  }

  SmallPolicy allOf(String code, List<ApproverLevel> levels, Condition... when) {
    return add(code, new Effect.Approve(new ApproverRequirement(true, levels, code)), when);
  }

  /** A duty that this condition breaks. */
  SmallPolicy dutyBrokenBy(String code, Condition breach, Condition... when) {
    return add(code, new Effect.Duty(List.of(List.of(breach))), when);
  }

  SmallPolicy duty(String code, Condition... when) {
    return add(code, new Effect.Duty(List.of()), when);
  }

  SmallPolicy punish(String code, String type, Condition... when) {
    return add(code, new Effect.Punish(sanction(type)), when);
  }

  SmallPolicy add(String code, Effect effect, Condition... when) {
    Label summary = label("clause " + code);
    Clause clause =
        new Clause(id + "/" + code, code, "第" + code + "条", "", summary, "", "", List.of());
    int index = rows.size();
    Place place = Place.of(id + ".xlsx").inSheet("许可").atRow(index + 2);
    rows.add(
        new Row(
            index,
            clause,
            place,
            List.of(when),
            effect,
            List.of(),
            List.of(),
            summary,
            InForce.ALWAYS,
            ""));
    return this;
  }

  /** What the last row sets aside. */
  SmallPolicy overriding(String... codes) {
    Row row = last();
    return replaceLast(row.obligations(), List.of(codes), row.inForce());
  }

  /** What the last row asks for. */
  SmallPolicy asking(String... codes) {
    Row row = last();
    List<Obligation> asked = Stream.of(codes).map(SmallPolicy::obligation).toList();
    return replaceLast(asked, row.overrides(), row.inForce());
  }

  /** When the last row is in force; blank for open. */
  SmallPolicy rowInForce(String from, String to) {
    Row row = last();
    return replaceLast(row.obligations(), row.overrides(), period(from, to));
  }

  SmallPolicy inForce(String from, String to) {
    inForce = period(from, to);
    return this;
  }

  private Row last() {
    return rows.get(rows.size() - 1);
  }

  private SmallPolicy replaceLast(
      List<Obligation> obligations, List<String> overrides, InForce period) {
    Row row = last();
    rows.set(
        row.index(),
        new Row(
            row.index(),
            row.clause(),
            row.place(),
            row.when(),
            row.effect(),
            obligations,
            overrides,
            row.summary(),
            period,
            ""));
    return this;
  }

  private static InForce period(String from, String to) {
    return new InForce(day(from), day(to));
  }

  private static Optional<LocalDate> day(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
  }

  PolicyRules rules() {
    Policy policy =
        new Policy(id, label(id), "", "", "", "", inForce, VOCABULARY, List.of(), rows, List.of());
    return new PolicyRules(policy, COMPILER.compile(policy), "version of " + id);
  }

  static DecisionPoint point(SmallPolicy... policies) {
    List<PolicyRules> rules = Stream.of(policies).map(SmallPolicy::rules).toList();
    List<String> all = Stream.of(policies).map(policy -> policy.id).toList();
    return new DecisionPoint(new RulesInForce(VOCABULARY, rules, all));
  }

  Decision decide(String facts) {
    return point(this).decide(request(facts));
  }

  CaseReview review(String facts) {
    return point(this).review(request(facts));
  }

  static DecisionRequest request(String facts) {
    return request(facts, TODAY);
  }

  static DecisionRequest request(String facts, LocalDate asOf) {
    return new DecisionRequest(List.of(), asOf, facts(facts));
  }

  static Facts facts(String line) {
    return FactsLine.read(VOCABULARY, line);
  }

  static Condition is(Attribute attribute, String... codes) {
    Set<String> covered = new LinkedHashSet<>();
    for (String code : codes) {
      covered.addAll(attribute.covered(code));
    }
    return new Condition(attribute, new Test.AnyOf(List.of(codes), covered));
  }

  static Condition over(Attribute attribute, long bound) {
    BigDecimal low = BigDecimal.valueOf(bound);
    return new Condition(
        attribute, new Test.Between(Optional.of(low), false, Optional.empty(), false));
  }

  static Condition lacks(Attribute attribute, String... codes) {
    return members(Test.Membership.LACKS_ANY, attribute, codes);
  }

  static Condition has(Attribute attribute, String... codes) {
    return members(Test.Membership.HAS_ALL, attribute, codes);
  }

  private static Condition members(
      Test.Membership membership, Attribute attribute, String... codes) {
    List<Set<String>> covered = Stream.of(codes).map(attribute::covered).toList();
    return new Condition(attribute, new Test.Members(membership, List.of(codes), covered));
  }

  static Sanction sanction(String type) {
    return new Sanction(
        VOCABULARY.sanctionTypes().withCode(type).orElseThrow(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        "");
  }

  private static List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>();
    declare(all, "action", AttributeType.TERM, "copy", "read", "send");
    declare(all, Vocabulary.CLASSIFICATION, AttributeType.LEVEL, "public", "internal", "secret");
    declare(all, "resource.category", AttributeType.TERM, "plan", "finance", "gossip");
    declare(all, "resource.type", AttributeType.TERM, "document", "photocopy>document", "device");
    declare(all, "context.copies", AttributeType.NUMBER);
    declare(all, "context.safeguards", AttributeType.SET, "registered", "sealed");
    all.add(
        attribute(
            all.size(),
            "context.signed",
            AttributeType.SET,
            TermSource.APPROVER_LEVELS,
            "clerk",
            "head",
            "boss",
            "issuer",
            "client"));
    declare(all, "incident.conduct", AttributeType.TERM, "leak", "loss", "merit");
    declare(all, "incident.intent", AttributeType.TERM, "wilful", "careless");
    declare(all, "incident.loss", AttributeType.NUMBER);
    all.add(attribute(all.size(), "incident.broken", AttributeType.SET, TermSource.CLAUSES));
    declare(all, "context.note", AttributeType.TEXT);
    return all;
  }

  private static void declare(
      List<Attribute> all, String path, AttributeType type, String... codes) {
    all.add(attribute(all.size(), path, type, TermSource.OWN, codes));
  }

  private static Attribute attribute(
      int index, String path, AttributeType type, TermSource source, String... codes) {
    List<Term> terms = new ArrayList<>();
    for (String code : codes) {
      String[] broader = code.split(">");
      Optional<String> up = broader.length > 1 ? Optional.of(broader[1]) : Optional.empty();
      terms.add(new Term(broader[0], label(broader[0]), List.of(), up));
    }
    return new Attribute(index, path, type, label(path), "", source, terms);
  }

  private static ApproverLevel internal(String code, int rank) {
    return new ApproverLevel(code, label(code), OptionalInt.of(rank), true);
  }

  private static ApproverLevel external(String code) {
    return new ApproverLevel(code, label(code), OptionalInt.empty(), false);
  }

  private static Obligation obligation(String code) {
    return new Obligation(code, label(code));
  }

  private static Label label(String text) {
    return new Label(text, text);
  }
}
