package dev.clearance.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.clearance.cache.BoundedMemory;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RuleBase;
import dev.clearance.decision.RulesInForce;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.drools.ShippedRules;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Value;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer from memory is the answer that the rules give, whatever was asked before. */
class RememberedDecisionsTest {

  private static final LocalDate TODAY = ShippedPolicies.TODAY;
  private static final int REQUESTS = 400;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  static Stream<PolicyRules> policies() {
    return ShippedPolicies.release().files().stream().map(file -> file.rules());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aRememberedAnswerIsTheFreshOne(PolicyRules rules) {
    DecisionPoint fresh = ShippedPolicies.release().point();
    BoundedMemory memory = BoundedMemory.ofVerdicts(10_000);
    RandomRequests requests = new RandomRequests(rules.policy(), random);
    for (int i = 0; i < REQUESTS; i++) {
      Facts facts = requests.next();
      same(fresh, memory, request(List.of(rules.policy().id()), TODAY, facts));
      same(fresh, memory, request(List.of(rules.policy().id()), TODAY, varied(facts)));
    }
    assertThat(stats(memory).hitCount()).isPositive();
  }

  @Test
  void soItIsForSeveralPolicies() {
    DecisionPoint fresh = ShippedPolicies.release().point();
    BoundedMemory memory = BoundedMemory.ofVerdicts(10_000);
    List<PolicyRules> all = policies().toList();
    for (int i = 0; i < REQUESTS; i++) {
      PolicyRules one = pick(all);
      List<String> ids = List.of(one.policy().id(), pick(all).policy().id());
      Facts facts = new RandomRequests(one.policy(), random).next();
      same(fresh, memory, request(ids, TODAY, facts));
      same(fresh, memory, request(ids, TODAY, varied(facts)));
    }
    assertThat(stats(memory).hitCount()).isPositive();
  }

  /** Every second row is in force for a while only, and the rules change again and again. */
  @ParameterizedTest
  @CsvSource({"housing-centre", "coal-mine", "vendor-pledge"})
  void soItIsAcrossDaysAndVersions(String id) throws IOException {
    Policy policy = ShippedPolicies.release().file(id).orElseThrow().rules().policy();
    RuleCompiler compiler = ShippedRules.compiler();
    BoundedMemory memory = BoundedMemory.ofVerdicts(5_000);
    RandomRequests requests = new RandomRequests(policy, random);
    List<Facts> asked = Stream.generate(requests::next).limit(200).toList();
    for (int version = 0; version < 5; version++) {
      Policy changed = withRows(policy, limited(policy.rows()));
      DecisionPoint fresh = point(changed, compiler, "the same version throughout");
      for (int i = 0; i < REQUESTS; i++) {
        LocalDate day = TODAY.plusDays(random.nextInt(40) - 20);
        Facts facts = random.nextBoolean() ? pick(asked) : varied(pick(asked));
        same(fresh, memory, request(List.of(id), day, facts));
      }
    }
    assertThat(stats(memory).hitCount()).isPositive();
  }

  @Test
  void aFullMemoryForgetsAndStaysRight() {
    DecisionPoint fresh = ShippedPolicies.release().point();
    BoundedMemory memory = BoundedMemory.ofVerdicts(20);
    PolicyRules rules = policies().findFirst().orElseThrow();
    RandomRequests requests = new RandomRequests(rules.policy(), random);
    for (int i = 0; i < 1000; i++) {
      same(fresh, memory, request(List.of(rules.policy().id()), TODAY, requests.next()));
    }
    memory.cache().cleanUp();
    assertThat(memory.cache().estimatedSize()).isLessThanOrEqualTo(20);
  }

  @Test
  void whatNoRowMentionsDoesNotKeepRequestsApart() {
    PolicyRules rules = ShippedPolicies.release().file("housing-centre").orElseThrow().rules();
    Set<Attribute> mentioned = mentioned(rules.policy());
    List<Attribute> texts =
        rules.policy().vocabulary().attributes().stream()
            .filter(a -> a.type() == AttributeType.TEXT && !mentioned.contains(a))
            .toList();
    assertThat(texts).as("attributes that hold ids or names").isNotEmpty();
    BoundedMemory memory = BoundedMemory.ofVerdicts(100);
    DecisionPoint point = memory.of(ShippedPolicies.release().point());
    Facts facts = new RandomRequests(rules.policy(), random).next();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Facts one = facts;
      for (Attribute attribute : texts) {
        one = one.with(attribute, new Value.Text("id " + random.nextInt()));
      }
      LocalDate day = TODAY.plusDays(i);
      ids.add(point.decide(request(List.of("housing-centre"), day, one)).decisionId());
    }
    assertThat(stats(memory).missCount()).as("-Dseed=" + seed).isEqualTo(1);
    assertThat(ids).doesNotHaveDuplicates();
  }

  /** Rules of a folder may look at an attribute that no row of a policy mentions. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Act( code("subject.id") == "admin" )
          Act( code( "subject.id" ) == "admin" )
          Act( facts.get("subject.id").isPresent() )
          Act( code("subject" + ".id") == "admin" )
          """)
  void whatTheSharedRulesLookAtKeepsRequestsApart(String pattern) throws IOException {
    Map<String, String> texts = new TreeMap<>(ShippedRules.texts());
    texts.put(
        "more.drl",
        """
        package clearance.rules;
        import dev.clearance.drools.Act;
        rule "More is free" // code("nothing")
        when
            $act : %s
        then
            $act.isFree();
        end
        """
            .formatted(pattern));
    Policy policy = policies().findFirst().orElseThrow().policy();
    RuleBase rules = compiler(texts).compile(policy);

    if (pattern.contains("code") && !pattern.contains("+")) {
      assertThat(rules.alsoReads()).contains(Set.of("resource.classification", "subject.id"));
    } else {
      assertThat(rules.alsoReads()).isEmpty();
    }
  }

  @Test
  void ofTheShippedRulesItIsKnownWhatTheyLookAt() {
    assertThat(policies().map(rules -> rules.rules().alsoReads()).distinct())
        .containsExactly(Optional.of(Set.of("resource.classification")));
  }

  private void same(DecisionPoint fresh, BoundedMemory memory, DecisionRequest request) {
    Decision expected = fresh.decide(request);
    assertThat(memory.of(fresh).decide(request))
        .as("%s with -Dseed=%s", request, seed)
        .isEqualTo(expected);
  }

  /**
   * The same request with a few values more or other ones, so that some look alike and some not.
   */
  private Facts varied(Facts facts) {
    Facts varied = facts;
    for (Attribute attribute : facts.known()) {
      if (attribute.type() == AttributeType.NUMBER && random.nextBoolean()) {
        varied = varied.with(attribute, Value.Amount.of(random.nextInt(40)));
      } else if (attribute.type() == AttributeType.TEXT) {
        varied = varied.with(attribute, new Value.Text("text " + random.nextInt(5)));
      } else if (attribute.type() == AttributeType.TERM && random.nextInt(4) == 0) {
        String code = pick(List.copyOf(attribute.terms())).code();
        varied = varied.with(attribute, new Value.Code(code));
      } else if (attribute.type() == AttributeType.TERM && random.nextInt(20) == 0) {
        varied = varied.with(attribute, new Value.Text("unlisted " + random.nextInt(5)));
      } else if (random.nextInt(12) == 0) {
        varied = varied.without(attribute);
      }
    }
    return varied;
  }

  private List<Row> limited(List<Row> rows) {
    List<Row> limited = new ArrayList<>();
    for (Row row : rows) {
      boolean always = random.nextBoolean();
      LocalDate from = TODAY.plusDays(random.nextInt(30) - 15);
      LocalDate to = from.plusDays(1 + random.nextInt(10));
      boolean openEnd = random.nextBoolean();
      InForce period = new InForce(Optional.of(from), openEnd ? Optional.empty() : Optional.of(to));
      limited.add(
          new Row(
              row.index(),
              row.clause(),
              row.place(),
              row.when(),
              row.effect(),
              row.obligations(),
              row.overrides(),
              row.summary(),
              always ? InForce.ALWAYS : period,
              row.acknowledged()));
    }
    return limited;
  }

  private static Policy withRows(Policy policy, List<Row> rows) {
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

  private static DecisionPoint point(Policy policy, RuleCompiler compiler, String version) {
    PolicyRules rules = new PolicyRules(policy, compiler.compile(policy), version);
    return new DecisionPoint(new RulesInForce(policy.vocabulary(), List.of(rules), List.of()));
  }

  private static RuleCompiler compiler(Map<String, String> texts) {
    return RuleCompiler.of(texts).value().orElseThrow();
  }

  private static Set<Attribute> mentioned(Policy policy) {
    Set<Attribute> mentioned = new HashSet<>();
    for (Row row : policy.rows()) {
      row.when().forEach(condition -> mentioned.add(condition.attribute()));
      if (row.effect() instanceof Effect.Duty duty) {
        duty.breaches().forEach(breach -> breach.forEach(c -> mentioned.add(c.attribute())));
      }
    }
    return mentioned;
  }

  private static DecisionRequest request(List<String> policies, LocalDate day, Facts facts) {
    return new DecisionRequest(policies, day, facts);
  }

  private static CacheStats stats(BoundedMemory memory) {
    return memory.cache().stats();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
