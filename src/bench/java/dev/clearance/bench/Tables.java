package dev.clearance.bench;

import dev.clearance.conformance.RandomRequests;
import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
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
import dev.clearance.policy.Test;
import dev.clearance.repository.PolicyFile;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Policies to be asked, and requests for them. The same name gives the same tables each time. */
record Tables(List<Policy> policies, List<DecisionRequest> requests, DecisionPoint point) {

  static final LocalDate DAY = ShippedPolicies.TODAY;
  private static final int REQUESTS = 4096;

  /**
   * @param name {@code shipped}, or rows and policies: {@code 4000/20}
   */
  static Tables of(String name) {
    if (name.equals("shipped")) {
      return shipped();
    }
    String[] size = name.split("/");
    return synthetic(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
  }

  /** The workbooks of the repository, asked their own examples with other ids and near misses. */
  private static Tables shipped() {
    Random random = new Random(1);
    List<DecisionRequest> requests = new ArrayList<>();
    for (PolicyFile file : ShippedPolicies.release().files()) {
      Policy policy = file.rules().policy();
      List<String> id = List.of(policy.id());
      RandomRequests near = new RandomRequests(policy, random);
      file.workbook()
          .examples()
          .forEach(
              example -> {
                Facts facts = example.facts();
                for (int i = 0; i < 4; i++) {
                  requests.add(new DecisionRequest(id, DAY, withIds(facts, random)));
                }
                requests.add(new DecisionRequest(id, DAY, withIds(near.next(), random)));
              });
    }
    Collections.shuffle(requests, random);
    List<Policy> policies =
        ShippedPolicies.release().files().stream().map(file -> file.rules().policy()).toList();
    return new Tables(policies, requests, ShippedPolicies.release().point());
  }

  /** Each request is somebody's, about something: texts differ from one to the next. */
  private static Facts withIds(Facts facts, Random random) {
    Facts with = facts;
    for (Attribute attribute : facts.vocabulary().attributes()) {
      if (attribute.type() == AttributeType.TEXT && !facts.has(attribute)) {
        with = with.with(attribute, new Value.Text("id-" + random.nextInt(1_000_000)));
      }
    }
    return with;
  }

  private static Tables synthetic(int rows, int count) {
    Random random = new Random(7);
    List<Policy> policies = policies(rows, count, random);
    List<DecisionRequest> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      requests.add(meeting(policies.get(random.nextInt(count)), random));
    }
    return new Tables(policies, requests, point(policies, ShippedRules.compiler()));
  }

  /** The policies of synthetic tables, of which nothing is built yet. */
  static List<Policy> policies(String name) {
    String[] size = name.split("/");
    return policies(Integer.parseInt(size[0]), Integer.parseInt(size[1]), new Random(7));
  }

  private static List<Policy> policies(int rows, int count, Random random) {
    List<Policy> policies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      policies.add(policy("policy-" + i, rows / count, VOCABULARY, random));
    }
    return policies;
  }

  static DecisionPoint point(List<Policy> policies, RuleCompiler compiler) {
    List<PolicyRules> rules = new ArrayList<>();
    for (Policy policy : policies) {
      rules.add(new PolicyRules(policy, compiler.compile(policy), "version of " + policy.id()));
    }
    return new DecisionPoint(new RulesInForce(VOCABULARY, rules, List.of()));
  }

  /**
   * The same questions, with more policies like these loaded until there are so many. Nobody asks
   * them.
   */
  Tables among(int count) {
    Random random = new Random(8);
    List<Policy> more = new ArrayList<>(policies);
    while (more.size() < count) {
      int rows = policies.get(0).rows().size();
      more.add(policy("further-" + more.size(), rows, VOCABULARY, random));
    }
    return new Tables(more, requests, point(more, ShippedRules.compiler()));
  }

  /** One more request, near some row. */
  DecisionRequest any(Random random) {
    Policy policy = policies.get(random.nextInt(policies.size()));
    if (policy.vocabulary() == VOCABULARY) {
      return meeting(policy, random);
    }
    Facts facts = withIds(new RandomRequests(policy, random).next(), random);
    return new DecisionRequest(List.of(policy.id()), DAY, facts);
  }

  /** The same by somebody else, about something else. */
  static DecisionRequest bySomebody(DecisionRequest request, Random random) {
    Facts facts = request.facts();
    for (Attribute attribute : facts.vocabulary().attributes()) {
      if (attribute.type() == AttributeType.TEXT
          && facts.get(attribute).filter(id -> id.toString().startsWith("id-")).isPresent()) {
        facts = facts.without(attribute);
      }
    }
    return new DecisionRequest(request.policies(), request.asOf(), withIds(facts, random));
  }

  private static DecisionRequest meeting(Policy policy, Random random) {
    Row row = policy.rows().get(random.nextInt(policy.rows().size()));
    return new DecisionRequest(List.of(policy.id()), DAY, meeting(row, random));
  }

  private static Facts meeting(Row row, Random random) {
    Facts facts = Facts.none(VOCABULARY);
    for (Attribute attribute : VOCABULARY.attributes()) {
      if (attribute.type() == AttributeType.TEXT || random.nextInt(3) > 0) {
        facts = facts.with(attribute, any(attribute, random));
      }
    }
    for (Condition condition : row.when()) {
      Value value = any(condition.attribute(), random);
      for (int i = 0; i < 200 && !condition.test().holds(value); i++) {
        value = any(condition.attribute(), random);
      }
      facts = facts.with(condition.attribute(), value);
    }
    return facts;
  }

  private static Value any(Attribute attribute, Random random) {
    return switch (attribute.type()) {
      case NUMBER -> Value.Amount.of(random.nextInt(50));
      case BOOLEAN -> new Value.Flag(random.nextBoolean());
      case TEXT -> new Value.Text("id-" + random.nextInt(1_000_000));
      default -> new Value.Code(
          List.copyOf(attribute.terms()).get(random.nextInt(attribute.terms().size())).code());
    };
  }

  private static final Vocabulary VOCABULARY = makeVocabulary();
  private static final List<ApproverLevel> APPROVERS =
      List.copyOf(VOCABULARY.approverLevels().all());
  private static final List<Obligation> OBLIGATIONS =
      List.copyOf(VOCABULARY.obligations().all());

  private static Vocabulary makeVocabulary() {
    List<Attribute> all = new ArrayList<>();
    add(all, "subject.id", AttributeType.TEXT, 0);
    add(all, "resource.id", AttributeType.TEXT, 0);
    add(all, "action", AttributeType.TERM, 40);
    add(all, Vocabulary.CLASSIFICATION, AttributeType.LEVEL, 5);
    add(all, "subject.role", AttributeType.TERM, 12);
    add(all, "resource.type", AttributeType.TERM, 15);
    add(all, "resource.category", AttributeType.TERM, 10);
    add(all, "context.channel", AttributeType.TERM, 8);
    add(all, "context.place", AttributeType.TERM, 6);
    add(all, "context.purpose", AttributeType.TERM, 6);
    add(all, "context.recipient", AttributeType.TERM, 6);
    add(all, "context.copies", AttributeType.NUMBER, 0);
    add(all, "context.days", AttributeType.NUMBER, 0);
    add(all, "context.encrypted", AttributeType.BOOLEAN, 0);
    add(all, "context.witnessed", AttributeType.BOOLEAN, 0);
    List<ApproverLevel> approvers = new ArrayList<>();
    List<Obligation> obligations = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      approvers.add(new ApproverLevel("rank-" + i, label("rank " + i), OptionalInt.of(i), true));
      obligations.add(new Obligation("obligation-" + i, label("obligation " + i)));
    }
    return new Vocabulary(all, approvers, obligations, List.of());
  }

  private static void add(List<Attribute> all, String path, AttributeType type, int count) {
    List<Term> terms = new ArrayList<>();
    String last = path.substring(path.indexOf('.') + 1);
    for (int i = 0; i < count; i++) {
      String code = last + "-" + i;
      terms.add(new Term(code, label(code), List.of(), Optional.empty()));
    }
    all.add(new Attribute(all.size(), path, type, label(path), "", TermSource.OWN, terms));
  }

  private static Policy policy(String id, int size, Vocabulary vocabulary, Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Label label = label("clause " + i);
      String code = Integer.toString(i + 1);
      Clause clause =
          new Clause(id + "/" + code, code, "第" + code + "条", "", label, "", "", List.of());
      Place place = Place.of(id + ".xlsx").inSheet("许可").atRow(i + 2);
      Effect effect = effect(random);
      List<Obligation> obligations =
          effect instanceof Effect.Duty || random.nextInt(3) == 0
              ? List.of(OBLIGATIONS.get(random.nextInt(5)))
              : List.of();
      rows.add(
          new Row(
              i,
              clause,
              place,
              conditions(vocabulary, size, random),
              effect,
              obligations,
              List.of(),
              label,
              InForce.ALWAYS,
              ""));
    }
    return new Policy(
        id, label(id), "", "", "", "", InForce.ALWAYS, vocabulary, List.of(), rows, List.of());
  }

  private static Effect effect(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Effect.Prohibit();
      case 1 ->
          new Effect.Approve(
              new ApproverRequirement(false, List.of(APPROVERS.get(random.nextInt(5))), "head"));
      case 2 -> new Effect.Duty(List.of());
      default -> new Effect.Allow();
    };
  }

  /** The act and two to five more; larger tables ask for more. */
  private static List<Condition> conditions(Vocabulary vocabulary, int size, Random random) {
    List<Attribute> rest = new ArrayList<>(vocabulary.attributes());
    rest.removeIf(a -> a.type() == AttributeType.TEXT || a.path().equals(Vocabulary.ACTION));
    Collections.shuffle(rest, random);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(vocabulary.attribute(Vocabulary.ACTION).orElseThrow(), random));
    int more = (size > 1000 ? 3 : 2) + random.nextInt(3);
    rest.subList(0, more).forEach(attribute -> conditions.add(condition(attribute, random)));
    return conditions;
  }

  private static Condition condition(Attribute attribute, Random random) {
    Test test =
        switch (attribute.type()) {
          case NUMBER ->
              new Test.Between(
                  Optional.of(BigDecimal.valueOf(random.nextInt(40))),
                  false,
                  Optional.empty(),
                  false);
          case BOOLEAN -> new Test.Is(random.nextBoolean());
          default -> {
            List<Term> terms = List.copyOf(attribute.terms());
            Set<String> codes = new LinkedHashSet<>();
            int count = random.nextInt(4) == 0 ? 2 : 1;
            for (int i = 0; i < count; i++) {
              codes.add(terms.get(random.nextInt(terms.size())).code());
            }
            yield new Test.AnyOf(List.copyOf(codes), codes);
          }
        };
    return new Condition(attribute, test);
  }

  private static Label label(String text) {
    return new Label(text, text);
  }
}
