package dev.clearance.decision;

import static dev.clearance.decision.SmallPolicy.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Formula;
import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What findings come to, in policies of a few rows. */
class DecisionPointTest {

  private static final Condition COPY = is(ACTION, "copy");

  @Nested
  class SpecialBeforeGeneral {

    @Test
    void aSpecialRowSetsTheGeneralOneAside() {
      Decision decision =
          new SmallPolicy("p")
              .prohibit("1", COPY)
              .allow("2", COPY)
              .overriding("1")
              .decide("action copy");

      assertThat(decision.outcome()).isEqualTo(Outcome.PERMIT);
      assertThat(aside(decision.setAside())).isEqualTo("1 by 2");
      assertThat(codes(decision.citations())).isEqualTo("2");
    }

    @Test
    void aRowThatDoesNotApplySetsNothingAside() {
      Decision decision =
          new SmallPolicy("p")
              .prohibit("1", COPY)
              .allow("2", COPY, is(KIND, "device"))
              .overriding("1")
              .decide("action copy; resource.type document");

      assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
      assertThat(decision.setAside()).isEmpty();
    }

    @Test
    void aRowThatIsSetAsideStillSetsAside() {
      Decision decision =
          new SmallPolicy("p")
              .prohibit("1", COPY)
              .prohibit("2", COPY)
              .overriding("1")
              .allow("3", COPY)
              .overriding("2")
              .decide("action copy");

      assertThat(decision.outcome()).isEqualTo(Outcome.PERMIT);
      assertThat(aside(decision.setAside())).isEqualTo("1 by 2, 2 by 3");
    }

    @Test
    void allRowsOfTheNamedClauseAreSetAside() {
      Decision decision =
          new SmallPolicy("p")
              .prohibit("1", COPY)
              .prohibit("1", is(KIND, "document"))
              .allow("2", COPY)
              .overriding("1")
              .decide("action copy; resource.type photocopy");

      assertThat(aside(decision.setAside())).isEqualTo("1 by 2, 1 by 2");
    }

    @Test
    void aPolicySetsNothingOfAnotherAside() {
      SmallPolicy one = new SmallPolicy("one").prohibit("1", COPY);
      SmallPolicy other = new SmallPolicy("other").allow("2", COPY).overriding("1");

      Decision decision = point(one, other).decide(request("action copy"));

      assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
      assertThat(decision.setAside()).isEmpty();
    }
  }

  @Nested
  class Combined {

    /** Rows that apply by name; each letter is one policy's. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            prohibit allow approve      |                       | deny
            duty-broken allow           |                       | deny
            allow approve               |                       | approval-required
            allow approve-held          |                       | permit
            approve-held                |                       | permit
            allow                       |                       | permit
            duty                        |                       | permit
            general-duty                |                       | not-covered
            general-duty-broken         |                       | deny
                                        |                       | not-covered
            allow                       | prohibit              | deny
            approve                     | allow                 | approval-required
            allow                       | general-duty          | permit
            general-duty                | general-duty          | not-covered
            approve-held                | approve               | approval-required
            """)
    void denyOverridesWithinAPolicyAndAcross(String ones, String others, String outcome) {
      Decision decision =
          point(policy("one", ones), policy("other", others))
              .decide(request("action copy; resource.type document; context.signed clerk"));

      assertThat(decision.outcome().code()).isEqualTo(outcome);
    }

    private SmallPolicy policy(String id, String rows) {
      SmallPolicy policy = new SmallPolicy(id);
      for (String row : rows == null ? new String[0] : rows.split(" ")) {
        switch (row) {
          case "prohibit" -> policy.prohibit(row, COPY);
          case "allow" -> policy.allow(row, COPY);
          case "approve" -> policy.anyOf(row, List.of(BOSS), COPY);
          case "approve-held" -> policy.anyOf(row, List.of(CLERK), COPY);
          case "duty" -> policy.duty(row, COPY);
          case "duty-broken" -> policy.dutyBrokenBy(row, is(KIND, "document"), COPY);
          case "general-duty" -> policy.duty(row, is(KIND, "document"));
          case "general-duty-broken" -> policy.dutyBrokenBy(row, COPY, is(KIND, "document"));
          default -> throw new IllegalArgumentException(row);
        }
      }
      return policy;
    }

    @ParameterizedTest
    @CsvSource({"public, permit", "internal, not-covered", "secret, deny"})
    void publicInformationIsFreeUnlessARowSaysOtherwise(String level, String outcome) {
      SmallPolicy policy = new SmallPolicy("p").prohibit("1", COPY, is(LEVEL, "secret"));

      assertThat(policy.decide("action copy; resource.classification " + level).outcome().code())
          .isEqualTo(outcome);
    }

    @Test
    void obligationsAreListedOnceWithAllTheirClausesWhateverTheOutcome() {
      Decision decision =
          new SmallPolicy("p")
              .prohibit("1", COPY)
              .asking("report")
              .duty("2", COPY)
              .asking("register", "report")
              .allow("3", COPY)
              .asking("seal")
              .allow("4", is(ACTION, "copy", "read"))
              .overriding("3")
              .decide("action copy");

      assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
      assertThat(decision.obligations())
          .extracting(owed -> owed.obligation().code() + " " + owed.clauses())
          .containsExactly("report [p/1, p/2]", "register [p/2]");
    }
  }

  @Nested
  class Approvals {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            any | head           | 无             | no
            any | head           | clerk          | no
            any | head           | head           | yes
            any | head           | boss           | yes
            any | head           | issuer         | no
            any | head、boss     | head           | yes
            any | boss、issuer   | issuer         | yes
            any | boss、issuer   | head、client   | no
            any | issuer         | boss           | no
            any | issuer、client | client         | yes
            all | head、boss     | boss           | no
            all | head、boss     | head、boss     | yes
            all | boss、head     | head、boss     | yes
            all | clerk、head    | head、boss     | yes
            all | head、boss     | head、clerk    | no
            all | head、issuer   | boss           | no
            all | head、issuer   | boss、issuer   | yes
            all | head、issuer   | boss、client   | no
            """)
    void areMetByRankOrByTheBodyItself(String how, String needed, String held, String met) {
      List<dev.clearance.vocabulary.ApproverLevel> levels =
          java.util.stream.Stream.of(needed.split("、"))
              .map(code -> VOCABULARY.approverLevels().withCode(code).orElseThrow())
              .toList();
      SmallPolicy policy = new SmallPolicy("p");
      policy =
          how.equals("all") ? policy.allOf("1", levels, COPY) : policy.anyOf("1", levels, COPY);

      assertThat(policy.decide("action copy; context.signed " + held).permitted())
          .isEqualTo(met.equals("yes"));
    }

    @Test
    void theLeadingApproverIsTheHighestOfThoseStillNeeded() {
      Decision decision =
          new SmallPolicy("p")
              .anyOf("1", List.of(CLERK), COPY)
              .anyOf("2", List.of(BOSS, HEAD), COPY)
              .anyOf("3", List.of(ISSUER), COPY)
              .decide("action copy; context.signed clerk");

      // An anyOf counts with its lowest sufficient level.
      assertThat(decision.approver()).contains(new LeadingApprover(HEAD, "2"));
      assertThat(decision.approvals())
          .extracting(approval -> approval.requirement().title() + " " + approval.held())
          .containsExactly("1 true", "2 false", "3 false");
    }

    @Test
    void anAllOfCountsWithEachLevel() {
      Decision decision =
          new SmallPolicy("p")
              .anyOf("1", List.of(HEAD), COPY)
              .allOf("2", List.of(CLERK, BOSS), COPY)
              .decide("action copy");

      assertThat(decision.approver()).contains(new LeadingApprover(BOSS, "2"));
    }

    @Test
    void theFirstExternalBodyLeadsWhereNoneIsInternal() {
      Decision decision =
          new SmallPolicy("p")
              .anyOf("1", List.of(CLIENT, ISSUER), COPY)
              .anyOf("2", List.of(ISSUER), COPY)
              .decide("action copy");

      assertThat(decision.approver()).contains(new LeadingApprover(CLIENT, "1"));
    }

    @Test
    void noApproverLeadsWhereTheActIsDenied() {
      Decision decision =
          new SmallPolicy("p")
              .anyOf("1", List.of(HEAD), COPY)
              .prohibit("2", COPY)
              .decide("action copy");

      assertThat(decision.approver()).isEmpty();
      assertThat(decision.approvals()).hasSize(1);
    }
  }

  @Nested
  class PenaltiesOfAnAct {

    private final SmallPolicy policy =
        new SmallPolicy("p")
            .prohibit("1", COPY)
            .allow("2", is(ACTION, "read"))
            .punish("7", "warning", brokeAny("p/1"))
            .punish("8", "fine", brokeAny("p/1"), is(INTENT, "wilful"))
            .overriding("7")
            .punish("9", "bonus", is(CONDUCT, "merit"));

    private Condition brokeAny(String clause) {
      return new Condition(
          BROKEN,
          new dev.clearance.policy.Test.Members(
              dev.clearance.policy.Test.Membership.HAS_ANY,
              List.of(clause),
              List.of(java.util.Set.of(clause))));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            action copy                             | warning 7 | fine 8 if incident.intent | ''
            action copy; incident.intent wilful     | fine 8    | ''                        | 7 by 8
            action copy; incident.intent careless   | warning 7 | ''                        | ''
            action read                             | ''        | ''                        | ''
            action send                             | ''        | ''                        | ''
            action send; incident.broken p/1        | warning 7 | fine 8 if incident.intent | ''
            action send; incident.conduct merit     | bonus 9   | ''                        | ''
            """)
    void areCertainPossibleOrSetAside(String facts, String certain, String possible, String aside) {
      Decision decision = policy.decide(facts);

      assertThat(penalties(decision.certainPenalties())).isEqualTo(certain);
      assertThat(penalties(decision.possiblePenalties())).isEqualTo(possible);
      assertThat(aside(decision.setAside())).isEqualTo(aside);
    }

    @Test
    void aFormulaIsComputedOrShown() {
      Formula twice =
          new Formula.Operation(
              Formula.Operator.TIMES,
              new Formula.Constant(new BigDecimal("2")),
              new Formula.Reference(LOSS));
      Sanction fine = SmallPolicy.sanction("fine");
      Sanction computed =
          new Sanction(
              fine.type(),
              Optional.empty(),
              Optional.empty(),
              Optional.of("CNY"),
              Optional.of(twice),
              Optional.of("2 × 损失"),
              false,
              "");
      SmallPolicy losses =
          new SmallPolicy("p").add("1", new Effect.Punish(computed), is(CONDUCT, "loss"));

      CaseReview known = losses.review("incident.conduct loss; incident.loss 10.05");
      CaseReview unknown = losses.review("incident.conduct loss");

      assertThat(known.certain())
          .containsExactly(
              new Penalty(
                  computed, Optional.of(new BigDecimal("20.10")), List.of(), List.of("p/1")));
      assertThat(known.missing()).isEmpty();
      assertThat(unknown.certain())
          .containsExactly(new Penalty(computed, Optional.empty(), List.of(), List.of("p/1")));
      assertThat(unknown.missing()).containsExactly(LOSS);
    }
  }

  @Nested
  class MissingFacts {

    @Test
    void anOpenConditionThatWouldChangeTheOutcome() {
      SmallPolicy policy =
          new SmallPolicy("p").allow("1", COPY).prohibit("2", COPY, over(COPIES, 3));

      assertThat(missing(policy, "action copy")).isEqualTo("context.copies");
      assertThat(missing(policy, "action copy; context.copies 3")).isEmpty();
      assertThat(missing(policy, "action copy; context.copies 4")).isEmpty();
      assertThat(missing(policy, "")).isEqualTo("action resource.classification context.copies");
    }

    @Test
    void anOpenConditionThatWouldChangeNothing() {
      SmallPolicy policy =
          new SmallPolicy("p").prohibit("1", COPY).prohibit("2", COPY, over(COPIES, 3));

      assertThat(missing(policy, "action copy")).isEmpty();
    }

    @Test
    void aBreachThatIsStillOpen() {
      SmallPolicy policy =
          new SmallPolicy("p").dutyBrokenBy("1", lacks(SAFEGUARDS, "registered", "sealed"), COPY);

      assertThat(missing(policy, "action copy")).isEqualTo("context.safeguards");
      assertThat(missing(policy, "action copy; context.safeguards registered、sealed")).isEmpty();
      assertThat(missing(policy, "action copy; context.safeguards sealed")).isEmpty();
    }

    @Test
    void aCategoryThatWouldGiveALevel() {
      SmallPolicy policy =
          new SmallPolicy("p")
              .prohibit("1", COPY, is(LEVEL, "secret"))
              .add("2", new Effect.Classify("secret", Optional.empty()), is(CATEGORY, "plan"));

      assertThat(missing(policy, "action copy"))
          .isEqualTo("resource.classification resource.category");
      assertThat(missing(policy, "action copy; resource.category gossip"))
          .isEqualTo("resource.classification");
      assertThat(missing(policy, "action copy; resource.classification internal"))
          .isEqualTo("resource.category");
    }

    @Test
    void aDefinitionThatWouldReadTheActOtherwise() {
      SmallPolicy policy =
          new SmallPolicy("p")
              .allow("1", COPY, is(LEVEL, "internal"))
              .add(
                  "2",
                  new Effect.Define(
                      List.of(new Assignment.Becomes(LEVEL, new Value.Code("internal")))),
                  is(KIND, "device"));

      assertThat(missing(policy, "action copy; resource.classification secret"))
          .isEqualTo("resource.type");
    }

    @Test
    void aLevelThatWouldLeaveTheActFree() {
      SmallPolicy policy = new SmallPolicy("p").prohibit("1", COPY);

      assertThat(missing(policy, "action read")).isEqualTo("resource.classification");
      assertThat(missing(policy, "action copy")).isEmpty();
    }

    @Test
    void severalFactsThatOnlyTogetherChangeTheOutcome() {
      SmallPolicy policy =
          new SmallPolicy("p")
              .allow("1", COPY)
              .prohibit("2", COPY, is(KIND, "document"), over(COPIES, 3));

      assertThat(missing(policy, "action copy")).isEqualTo("resource.type context.copies");
      assertThat(missing(policy, "action copy; resource.type device")).isEmpty();
    }

    private String missing(SmallPolicy policy, String facts) {
      return policy.decide(facts).missing().stream()
          .map(Attribute::path)
          .collect(Collectors.joining(" "));
    }
  }

  @Nested
  class InForce {

    @ParameterizedTest
    @CsvSource({
      "2026-06-30, not-covered",
      "2026-07-01, permit",
      "2026-12-31, permit",
      "2027-01-01, not-covered",
    })
    void fromTheFirstDayUpToTheLastButNotOnIt(LocalDate day, String outcome) {
      SmallPolicy row =
          new SmallPolicy("p").allow("1", COPY).rowInForce("2026-07-01", "2027-01-01");
      SmallPolicy whole = new SmallPolicy("p").inForce("2026-07-01", "2027-01-01").allow("1", COPY);

      assertThat(point(row).decide(request("action copy", day)).outcome().code())
          .isEqualTo(outcome);
      assertThat(point(whole).decide(request("action copy", day)).outcome().code())
          .isEqualTo(outcome);
    }

    @Test
    void aPolicyOutOfForceThreatensNothingAndAsksForNothing() {
      SmallPolicy policy =
          new SmallPolicy("p")
              .inForce("2027-01-01", "")
              .prohibit("1", COPY)
              .punish("2", "warning", COPY);

      Decision decision = policy.decide("");

      assertThat(decision.outcome()).isEqualTo(Outcome.NOT_COVERED);
      assertThat(decision.possiblePenalties()).isEmpty();
      assertThat(decision.missing()).isEmpty();
    }
  }

  @Nested
  class Identity {

    private final DecisionPoint point = point(new SmallPolicy("p").allow("1", COPY));

    @Test
    void theSameQuestionHasTheSameIdHoweverItIsPut() {
      assertThat(id("action copy; context.copies 7.00; context.signed 无"))
          .isEqualTo(id("context.copies 7; action copy"));
    }

    @Test
    void anotherQuestionHasAnotherId() {
      assertThat(id("action copy")).isNotEqualTo(id("action read"));
      assertThat(id("action copy")).isNotEqualTo(id("action copy; context.copies 1"));
      assertThat(point.decide(request("action copy", TODAY.plusDays(1))).decisionId())
          .isNotEqualTo(id("action copy"));
      assertThat(point.review(request("action copy")).decisionId()).isNotEqualTo(id("action copy"));
    }

    @Test
    void theVersionIsThatOfTheRulesThatAnswered() {
      assertThat(point.decide(request("action copy")).version()).isEqualTo("version of p");
      SmallPolicy one = new SmallPolicy("one").allow("1", COPY);
      SmallPolicy two = new SmallPolicy("two").allow("1", COPY);
      String both = point(one, two).decide(request("action copy")).version();
      assertThat(both).isEqualTo(point(one, two).decide(request("action read")).version());
      assertThat(both).isNotEqualTo(point(two, one).decide(request("action copy")).version());
    }

    private String id(String facts) {
      return point.decide(request(facts)).decisionId();
    }
  }

  private static String codes(List<Citation> citations) {
    return citations.stream().map(c -> c.clause().substring(2)).collect(Collectors.joining(" "));
  }

  private static String aside(List<SetAside> setAside) {
    return setAside.stream()
        .map(one -> one.row().clause().code() + " by " + String.join(" ", one.by()).substring(2))
        .collect(Collectors.joining(", "));
  }

  private static String penalties(List<Penalty> penalties) {
    return penalties.stream()
        .map(
            penalty ->
                penalty.sanction().type().code()
                    + " "
                    + String.join(" ", penalty.clauses()).substring(2)
                    + (penalty.dependsOn().isEmpty() ? "" : " if ")
                    + penalty.dependsOn().stream()
                        .map(Attribute::path)
                        .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }
}
