package dev.clearance.conformance;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.drools.ShippedRules;
import dev.clearance.finding.Check;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Test;
import dev.clearance.repository.PolicyFile;
import dev.clearance.scenario.Examples;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Breaks random rows of the shipped policies, one at a time, and counts which breaks the examples
 * of the workbooks and the conformance corpus notice. Run it by hand: arguments are the number of
 * mutants and the seed.
 *
 * <p>A mutant that nothing notices is tried on many random requests near its row; where the
 * reference evaluator then finds no difference either, it counts as equivalent, otherwise the
 * request that tells it apart is printed as a line of JSON.
 */
public final class MutationSample {

  private static final int REQUESTS_NEAR_A_ROW = 4000;

  private final Random random;
  private final RuleCompiler compiler;
  private final Map<String, List<Corpus.Line>> corpora = new LinkedHashMap<>();

  private MutationSample(Random random, RuleCompiler compiler) {
    this.random = random;
    this.compiler = compiler;
  }

  record Mutant(String change, Row row) {}

  public static void main(String[] arguments) throws IOException {
    int wanted = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.println("mutants " + wanted + ", seed " + seed);
    new MutationSample(new Random(seed), ShippedRules.compiler()).run(wanted);
  }

  private void run(int wanted) throws IOException {
    List<Row> rows = new ArrayList<>();
    Map<Row, PolicyFile> files = new java.util.IdentityHashMap<>();
    for (PolicyFile file : ShippedPolicies.release().files()) {
      corpora.put(file.rules().policy().id(), Corpus.of(file.rules().policy()));
      for (Row row : file.rules().policy().rows()) {
        rows.add(row);
        files.put(row, file);
      }
    }
    int byExamples = 0;
    int byCorpus = 0;
    int byEither = 0;
    int equivalent = 0;
    for (int i = 0; i < wanted; i++) {
      Row row = rows.get(random.nextInt(rows.size()));
      PolicyFile file = files.get(row);
      Policy policy = file.rules().policy();
      List<Mutant> mutants = mutants(policy, row);
      Mutant mutant = mutants.get(random.nextInt(mutants.size()));
      Policy broken = with(policy, mutant.row());
      DecisionPoint point =
          new DecisionPoint(
              new RulesInForce(
                  policy.vocabulary(),
                  List.of(new PolicyRules(broken, compiler.compile(broken), "mutant")),
                  List.of()));
      boolean examples = noticedByExamples(file, broken, point);
      boolean corpus = noticedByCorpus(broken);
      byExamples += examples ? 1 : 0;
      byCorpus += corpus ? 1 : 0;
      byEither += examples || corpus ? 1 : 0;
      if (!examples && !corpus) {
        String what =
            policy.id() + " " + row.place() + " (" + row.clause().code() + ") " + mutant.change();
        Optional<Facts> telling =
            tellingApart(policy, broken, row, mutant.row(), random, REQUESTS_NEAR_A_ROW);
        equivalent += telling.isEmpty() ? 1 : 0;
        System.out.println(
            telling
                .map(facts -> "survives: " + what + "\nREQUEST " + policy.id() + " " + json(facts))
                .orElse("equivalent: " + what));
      }
    }
    int real = wanted - equivalent;
    System.out.printf(
        "of %d mutants %d are equivalent; of the other %d: examples notice %d (%.1f %%), the corpus"
            + " %d (%.1f %%), either %d (%.1f %%)%n",
        wanted,
        equivalent,
        real,
        byExamples,
        100.0 * byExamples / real,
        byCorpus,
        100.0 * byCorpus / real,
        byEither,
        100.0 * byEither / real);
  }

  private static boolean noticedByExamples(PolicyFile file, Policy broken, DecisionPoint point) {
    return Examples.run(point, broken, file.workbook().examples(), ShippedPolicies.TODAY)
        .findings()
        .stream()
        .anyMatch(finding -> finding.check() == Check.FAILING_EXAMPLE);
  }

  /** The engine agrees with the reference evaluator on the corpus, which is quicker to ask. */
  private boolean noticedByCorpus(Policy broken) {
    ReferenceEvaluator evaluator = new ReferenceEvaluator(broken, ShippedPolicies.TODAY);
    for (Corpus.Line line : corpora.get(broken.id())) {
      if (!evaluator.evaluate(line.request()).equals(line.expected())) {
        return true;
      }
    }
    return false;
  }

  /** A request that the reference evaluator answers in two ways. */
  static Optional<Facts> tellingApart(
      Policy policy, Policy broken, Row row, Row mutant, Random random, int requests) {
    ReferenceEvaluator one = new ReferenceEvaluator(policy, ShippedPolicies.TODAY);
    ReferenceEvaluator other = new ReferenceEvaluator(broken, ShippedPolicies.TODAY);
    RandomRequests near = new RandomRequests(only(policy, row, mutant), random);
    RandomRequests anywhere = new RandomRequests(policy, random);
    for (int i = 0; i < requests; i++) {
      Facts facts = near.next();
      if (i % 2 == 1) {
        Facts more = anywhere.next();
        for (Attribute attribute : more.known()) {
          if (!facts.has(attribute)) {
            facts = facts.with(attribute, more.get(attribute).orElseThrow());
          }
        }
      }
      Answer expected = one.evaluate(facts);
      if (!expected.equals(other.evaluate(facts))) {
        return Optional.of(facts);
      }
    }
    return Optional.empty();
  }

  private static Policy only(Policy policy, Row row, Row mutant) {
    return rebuilt(
        policy,
        List.of(
            at(0, row, row.when(), row.effect()), at(1, mutant, mutant.when(), mutant.effect())));
  }

  static Policy with(Policy policy, Row changed) {
    List<Row> rows = new ArrayList<>(policy.rows());
    rows.set(changed.index(), changed);
    return rebuilt(policy, rows);
  }

  private static Policy rebuilt(Policy policy, List<Row> rows) {
    return new Policy(
        policy.id(),
        policy.title(),
        policy.issuer(),
        policy.appliesTo(),
        policy.source(),
        policy.note(),
        policy.inForce(),
        policy.vocabulary(),
        policy.clauses(),
        rows,
        policy.directory());
  }

  private static Row at(int index, Row row, List<Condition> when, Effect effect) {
    return row(index, row, when, effect, row.obligations(), row.overrides());
  }

  private static Row row(
      int index,
      Row row,
      List<Condition> when,
      Effect effect,
      List<Obligation> obligations,
      List<String> overrides) {
    return new Row(
        index,
        row.clause(),
        row.place(),
        when,
        effect,
        obligations,
        overrides,
        row.summary(),
        row.inForce(),
        row.acknowledged());
  }

  /** Every way in which this program breaks the row. */
  static List<Mutant> mutants(Policy policy, Row row) {
    List<Mutant> mutants = new ArrayList<>();
    changedEffects(policy, row)
        .forEach(
            (change, effect) ->
                mutants.add(new Mutant(change, at(row.index(), row, row.when(), effect))));
    changedConditions(row.when())
        .forEach(
            (change, when) ->
                mutants.add(new Mutant(change, at(row.index(), row, when, row.effect()))));
    for (int i = 0; i < row.obligations().size(); i++) {
      List<Obligation> fewer = new ArrayList<>(row.obligations());
      Obligation dropped = fewer.remove(i);
      mutants.add(
          new Mutant(
              "without the obligation " + dropped.code(),
              row(row.index(), row, row.when(), row.effect(), fewer, row.overrides())));
      for (Obligation other : policy.vocabulary().obligations().all()) {
        if (!row.obligations().contains(other)) {
          List<Obligation> replaced = new ArrayList<>(row.obligations());
          replaced.set(i, other);
          mutants.add(
              new Mutant(
                  dropped.code() + " becomes " + other.code(),
                  row(row.index(), row, row.when(), row.effect(), replaced, row.overrides())));
          break;
        }
      }
    }
    for (int i = 0; i < row.overrides().size(); i++) {
      List<String> fewer = new ArrayList<>(row.overrides());
      String dropped = fewer.remove(i);
      mutants.add(
          new Mutant(
              "no longer overrides " + dropped,
              row(row.index(), row, row.when(), row.effect(), row.obligations(), fewer)));
    }
    return mutants;
  }

  private static Map<String, Effect> changedEffects(Policy policy, Row row) {
    Map<String, Effect> changed = new LinkedHashMap<>();
    Effect effect = row.effect();
    if (effect instanceof Effect.Prohibit) {
      changed.put("allows", new Effect.Allow());
    } else if (effect instanceof Effect.Allow) {
      changed.put("prohibits", new Effect.Prohibit());
    } else if (effect instanceof Effect.Approve approve) {
      changed.put("allows without approval", new Effect.Allow());
      changedApprovers(policy, approve.approver())
          .forEach((change, approver) -> changed.put(change, new Effect.Approve(approver)));
    } else if (effect instanceof Effect.Duty duty) {
      changed.put("prohibits", new Effect.Prohibit());
      for (int i = 0; i < duty.breaches().size(); i++) {
        List<List<Condition>> fewer = new ArrayList<>(duty.breaches());
        fewer.remove(i);
        changed.put("without breach " + i, new Effect.Duty(fewer));
        int at = i;
        changedConditions(duty.breaches().get(i))
            .forEach(
                (change, conditions) -> {
                  if (!conditions.isEmpty()) {
                    List<List<Condition>> other = new ArrayList<>(duty.breaches());
                    other.set(at, conditions);
                    changed.put("breach " + at + " " + change, new Effect.Duty(other));
                  }
                });
      }
    } else if (effect instanceof Effect.Classify classify) {
      Attribute level = policy.vocabulary().classification().orElseThrow();
      for (String code : neighbours(level, classify.level())) {
        changed.put("gives " + code, new Effect.Classify(code, classify.secrecyPeriod()));
      }
    } else if (effect instanceof Effect.Define define) {
      for (int i = 0; i < define.assignments().size(); i++) {
        List<Assignment> other = new ArrayList<>(define.assignments());
        other.set(i, another(other.get(i)));
        changed.put("reads otherwise " + i, new Effect.Define(other));
      }
    } else if (effect instanceof Effect.Punish punish) {
      changedSanctions(policy, punish.sanction())
          .forEach((change, sanction) -> changed.put(change, new Effect.Punish(sanction)));
    }
    return changed;
  }

  private static Map<String, ApproverRequirement> changedApprovers(
      Policy policy, ApproverRequirement approver) {
    Map<String, ApproverRequirement> changed = new LinkedHashMap<>();
    List<ApproverLevel> all = List.copyOf(policy.vocabulary().approverLevels().all());
    for (int i = 0; i < approver.levels().size(); i++) {
      ApproverLevel level = approver.levels().get(i);
      int at = all.indexOf(level);
      for (ApproverLevel other :
          List.of(all.get((at + 1) % all.size()), all.get((at + all.size() - 1) % all.size()))) {
        if (!approver.levels().contains(other)) {
          List<ApproverLevel> levels = new ArrayList<>(approver.levels());
          levels.set(i, other);
          changed.put(
              level.code() + " becomes " + other.code(),
              new ApproverRequirement(approver.all(), levels, approver.title()));
        }
      }
    }
    if (approver.levels().size() > 1) {
      changed.put(
          "all or any",
          new ApproverRequirement(!approver.all(), approver.levels(), approver.title()));
    }
    return changed;
  }

  private static Assignment another(Assignment assignment) {
    if (assignment instanceof Assignment.AtLeast atLeast) {
      return new Assignment.AtLeast(
          atLeast.attribute(), neighbours(atLeast.attribute(), atLeast.level()).get(0));
    }
    Assignment.Becomes becomes = (Assignment.Becomes) assignment;
    Value value = becomes.value();
    if (value instanceof Value.Flag flag) {
      return new Assignment.Becomes(becomes.attribute(), new Value.Flag(!flag.yes()));
    }
    if (value instanceof Value.Code code) {
      return new Assignment.Becomes(
          becomes.attribute(), new Value.Code(neighbours(becomes.attribute(), code.code()).get(0)));
    }
    throw new IllegalStateException("no other value for " + value);
  }

  private static List<String> neighbours(Attribute attribute, String code) {
    List<String> codes = attribute.terms().stream().map(Term::code).toList();
    int at = codes.indexOf(code);
    List<String> beside = new ArrayList<>();
    if (at > 0) {
      beside.add(codes.get(at - 1));
    }
    if (at + 1 < codes.size()) {
      beside.add(codes.get(at + 1));
    }
    return beside;
  }

  private static Map<String, Sanction> changedSanctions(Policy policy, Sanction sanction) {
    Map<String, Sanction> changed = new LinkedHashMap<>();
    for (SanctionType type : policy.vocabulary().sanctionTypes().all()) {
      if (type.reward() == sanction.type().reward() && !type.equals(sanction.type())) {
        changed.put("becomes " + type.code(), with(sanction, type, sanction.min(), sanction.max()));
        break;
      }
    }
    sanction
        .min()
        .ifPresent(
            min ->
                changed.put(
                    "other lower bound",
                    with(
                        sanction,
                        sanction.type(),
                        Optional.of(min.add(BigDecimal.ONE)),
                        sanction.max())));
    sanction
        .max()
        .ifPresent(
            max ->
                changed.put(
                    "other upper bound",
                    with(
                        sanction,
                        sanction.type(),
                        sanction.min(),
                        Optional.of(max.add(BigDecimal.ONE)))));
    sanction
        .formula()
        .ifPresent(
            formula ->
                changed.put(
                    "without formula",
                    new Sanction(
                        sanction.type(),
                        sanction.min(),
                        sanction.max(),
                        sanction.currency(),
                        Optional.empty(),
                        Optional.empty(),
                        sanction.discretionary(),
                        sanction.note())));
    return changed;
  }

  private static Sanction with(
      Sanction sanction, SanctionType type, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    return new Sanction(
        type,
        min,
        max,
        sanction.currency(),
        sanction.formula(),
        sanction.formulaText(),
        sanction.discretionary(),
        sanction.note());
  }

  private static Map<String, List<Condition>> changedConditions(List<Condition> conditions) {
    Map<String, List<Condition>> changed = new LinkedHashMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      Condition condition = conditions.get(i);
      List<Condition> fewer = new ArrayList<>(conditions);
      fewer.remove(i);
      changed.put("without " + condition.attribute(), fewer);
      int at = i;
      changedTests(condition)
          .forEach(
              (change, test) -> {
                List<Condition> other = new ArrayList<>(conditions);
                other.set(at, new Condition(condition.attribute(), test));
                changed.put(condition.attribute() + " " + change, other);
              });
    }
    return changed;
  }

  private static Map<String, Test> changedTests(Condition condition) {
    Map<String, Test> changed = new LinkedHashMap<>();
    Attribute attribute = condition.attribute();
    Test test = condition.test();
    if (test instanceof Test.AnyOf anyOf) {
      changed.putAll(changedLists(attribute, anyOf.listed(), false));
    } else if (test instanceof Test.NoneOf noneOf) {
      changed.putAll(changedLists(attribute, noneOf.listed(), true));
    } else if (test instanceof Test.Is is) {
      changed.put("is not", new Test.Is(!is.yes()));
    } else if (test instanceof Test.Between between) {
      changed.put(
          "shifted up",
          new Test.Between(
              between.low().map(BigDecimal.ONE::add),
              between.lowIncluded(),
              between.high().map(BigDecimal.ONE::add),
              between.highIncluded()));
      changed.put(
          "with the bound turned",
          new Test.Between(
              between.low(),
              between.low().isPresent() != between.lowIncluded(),
              between.high(),
              between.low().isPresent()
                  ? between.highIncluded()
                  : between.high().isPresent() != between.highIncluded()));
    } else if (test instanceof Test.Members members) {
      for (int i = 0; members.listed().size() > 1 && i < members.listed().size(); i++) {
        List<String> listed = new ArrayList<>(members.listed());
        List<Set<String>> covered = new ArrayList<>(members.covered());
        String dropped = listed.remove(i);
        covered.remove(i);
        changed.put(
            "no longer " + dropped, new Test.Members(members.membership(), listed, covered));
      }
      for (Test.Membership other : Test.Membership.values()) {
        if (other != members.membership()) {
          Test.Members turned = new Test.Members(other, members.listed(), members.covered());
          changed.put("turned to " + other, turned);
        }
      }
    }
    return changed;
  }

  private static Map<String, Test> changedLists(
      Attribute attribute, List<String> listed, boolean not) {
    Map<String, Test> changed = new LinkedHashMap<>();
    for (int i = 0; listed.size() > 1 && i < listed.size(); i++) {
      List<String> fewer = new ArrayList<>(listed);
      String dropped = fewer.remove(i);
      changed.put("no longer " + dropped, list(attribute, fewer, not));
    }
    if (attribute.type() == AttributeType.LEVEL || attribute.type() == AttributeType.TERM) {
      Set<String> beside = new LinkedHashSet<>();
      listed.forEach(code -> beside.addAll(neighbours(attribute, code)));
      beside.removeAll(covered(attribute, listed));
      beside.stream()
          .limit(2)
          .forEach(
              code -> {
                List<String> more = new ArrayList<>(listed);
                more.add(code);
                changed.put("also " + code, list(attribute, more, not));
              });
    }
    return changed;
  }

  private static Test list(Attribute attribute, List<String> listed, boolean not) {
    Set<String> covered = covered(attribute, listed);
    return not ? new Test.NoneOf(listed, covered) : new Test.AnyOf(listed, covered);
  }

  private static Set<String> covered(Attribute attribute, List<String> listed) {
    Set<String> covered = new LinkedHashSet<>();
    listed.forEach(code -> covered.addAll(attribute.covered(code)));
    return covered;
  }

  static String json(Facts facts) {
    List<String> members = new ArrayList<>();
    for (Attribute attribute : facts.known()) {
      Value value = facts.get(attribute).orElseThrow();
      members.add('"' + attribute.path() + "\":" + json(value));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String json(Value value) {
    if (value instanceof Value.Codes codes) {
      List<String> quoted = codes.codes().stream().map(code -> '"' + code + '"').toList();
      return "[" + String.join(",", quoted) + "]";
    }
    boolean bare = value instanceof Value.Flag || value instanceof Value.Amount;
    return bare ? value.toString() : '"' + value.toString() + '"';
  }
}
