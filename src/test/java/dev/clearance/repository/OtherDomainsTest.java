package dev.clearance.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clearance.conformance.FactsLine;
import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Citation;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.Penalty;
import dev.clearance.finding.Checked;
import dev.clearance.policy.Entity;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domains that have nothing to do with secrecy run from their workbooks alone. */
class OtherDomainsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final Domain RECORDS = new Domain("authzen", "record-access");
  private static final Domain TRAVEL = new Domain("travel", "travel-expenses");

  @Nested
  class RecordsOfTheAuthZenScenario {

    @Test
    void loadWithoutAnyFindingAndKeepTheirExamples() {
      assertThat(RECORDS.loaded.findings()).isEmpty();
      Vocabulary vocabulary = RECORDS.release().vocabulary();
      assertThat(vocabulary.approvals()).isEmpty();
      assertThat(vocabulary.violations()).isEmpty();
      assertThat(vocabulary.classification()).isEmpty();
    }

    @Test
    void theirDirectoryListsSubjectsAndResourcesWithTheirProperties() {
      assertThat(RECORDS.policy().directory())
          .containsExactly(
              new Entity(true, "user", "alice", RECORDS.facts("")),
              new Entity(true, "user", "bob", RECORDS.facts("角色 admin")),
              new Entity(false, "record", "record-1", RECORDS.facts("状态 active")),
              new Entity(false, "record", "record-2", RECORDS.facts("状态 archived")));
    }

    /** As the standard's scenario asks, with and without what the directory adds. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            alice |         | read   |       | record-1 |          | permit      | 1
            alice |         | read   |       | record-1 | active   | permit      | 1
            alice |         | read   |       | record-2 | archived | permit      | 1
            alice |         | write  |       | record-1 |          | permit      | 2-1
            alice |         | write  |       | record-1 | active   | permit      | 2-1
            alice |         | write  |       | record-1 | archived | deny        | 2-1 2-2
            alice |         | write  |       | record-2 | archived | deny        | 2-1 2-2
            alice | manager | write  |       | record-2 | archived | deny        | 2-1 2-2
            alice | admin   | write  |       | record-2 | archived | permit      | 2-1 2-4
            bob   |         | read   |       | record-1 |          | permit      | 1
            bob   | admin   | read   |       | record-1 | active   | permit      | 1
            bob   |         | write  |       | record-1 |          | deny        | 2-3
            bob   | admin   | write  |       | record-1 | active   | deny        | 2-3
            bob   |         | write  |       | record-2 | archived | deny        | 2-2 2-3
            bob   | member  | write  |       | record-2 | archived | deny        | 2-2 2-3
            bob   | admin   | write  |       | record-2 | archived | permit      | 2-4
            carol | admin   | write  |       | record-2 | archived | permit      | 2-4
            alice |         | delete | true  | record-1 |          | permit      | 3-1
            alice |         | delete | false | record-1 |          | deny        | 3-2
            alice |         | delete |       | record-1 |          | not-covered | ''
            carol |         | read   |       | record-1 |          | not-covered | ''
            alice |         | read   |       | record-3 |          | not-covered | ''
            """)
    void areDecidedAsTheScenarioSays(
        String subject,
        String role,
        String action,
        String soft,
        String resource,
        String status,
        String outcome,
        String clauses) {
      StringBuilder line = new StringBuilder("主体种类 user; 客体种类 record");
      line.append("; 主体编号 ").append(subject);
      line.append("; 行为 ").append(action);
      line.append("; 客体编号 ").append(resource);
      line.append(role == null ? "" : "; 角色 " + role);
      line.append(soft == null ? "" : "; 软删除 " + soft);
      line.append(status == null ? "" : "; 状态 " + status);

      Decision decision = RECORDS.decide(line.toString(), TODAY);

      assertThat(decision.outcome().code()).isEqualTo(outcome);
      assertThat(codes(decision.citations())).isEqualTo(clauses);
    }
  }

  @Nested
  class TravelExpenses {

    @Test
    void loadWithoutAnyFindingAndKeepTheirExamples() {
      assertThat(TRAVEL.loaded.findings()).isEmpty();
      Vocabulary vocabulary = TRAVEL.release().vocabulary();
      assertThat(vocabulary.approvals().map(Attribute::path)).contains("context.signatures");
      assertThat(vocabulary.violations().map(Attribute::path)).contains("incident.offended");
      assertThat(vocabulary.classification()).isEmpty();
    }

    @Test
    void aLongHaulInBusinessClassNeedsTheDepartmentHeadInsteadOfTheGeneralManager() {
      assertThat(told(TRAVEL.decide("职级 经理; 行为 订机票; 舱位 商务舱; 飞行小时 11.5", TODAY)))
          .isEqualTo(
              """
              outcome     approval-required
              approver    department-head 本部门负责人
              approvals   [department-head] not held 4-5
              obligations
              certain
              possible    claw-back 8-2 if 查明的情形
                          claw-back 8-3 if 查明的情形
                          booking-ban 8-3 if 查明的情形
                          claw-back 8-4 if 查明的情形、再犯
                          booking-ban 8-4 if 查明的情形、再犯
              derived     航程 none -> long 2-2
              set aside   4-4 by 4-5
              citations   4-5 2-2
              missing
              """);
    }

    @Test
    void aClaimWithoutInvoiceIsRefused() {
      assertThat(told(TRAVEL.decide("职级 员工; 行为 报销; 费用种类 餐费; 金额 160; 附件 登机牌", TODAY)))
          .isEqualTo(
              """
              outcome     deny
              approver
              approvals
              obligations attach-invoice 6-1
              certain     refusal 8-1
              possible    claw-back 8-2 if 查明的情形
                          claw-back 8-3 if 查明的情形
                          booking-ban 8-3 if 查明的情形
                          claw-back 8-4 if 查明的情形、再犯
                          booking-ban 8-4 if 查明的情形、再犯
              derived
              set aside
              citations   6-1 6-5 8-1
              missing
              """);
    }

    @Test
    void whoeverAccompaniesADirectorCountsAsOne() {
      Decision decision = TRAVEL.decide("职级 员工; 行为 订机票; 舱位 超级经济舱; 陪同总监 是", TODAY);

      assertThat(decision.outcome().code()).isEqualTo("permit");
      assertThat(codes(decision.citations())).isEqualTo("4-3 2-1");
      assertThat(derived(decision)).isEqualTo("职级 clerk -> director 2-1");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            无                 | approval-required | general-manager
            总经理             | approval-required | general-manager
            总经理、部门负责人 | approval-required | general-manager
            总经理、邀请方     | approval-required | general-manager
            总经理、财务总监   | permit            | ''
            """)
    void firstClassNeedsTwoSignatures(String signatures, String outcome, String approver) {
      Decision decision = TRAVEL.decide("行为 订机票; 舱位 头等舱; 签字 " + signatures, TODAY);

      assertThat(decision.outcome().code()).isEqualTo(outcome);
      assertThat(decision.approver().map(one -> one.level().code()).orElse("")).isEqualTo(approver);
    }

    @ParameterizedTest
    @CsvSource({
      "2026-06-30, 101, deny",
      "2026-06-30, 100, permit",
      "2026-07-01, 101, permit",
      "2026-07-01, 150, permit",
      "2026-07-01, 150.01, deny",
      "2026-01-01, 100.01, deny",
      "2025-12-31, 80, not-covered",
    })
    void theDailyRateIsTheOneOfTheDay(LocalDate day, String amount, String outcome) {
      String claim = "行为 报销; 费用种类 餐费; 附件 发票; 事先申请 是; 金额 " + amount;
      assertThat(TRAVEL.decide(claim, day).outcome().code()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"2025-12-31, deny", "2026-01-01, permit"})
    void oldExpensesAreNoLongerPaid(LocalDate incurred, String outcome) {
      String claim = "行为 报销; 费用种类 出租车费; 附件 发票; 发生日期 " + incurred;
      assertThat(TRAVEL.decide(claim, TODAY).outcome().code()).isEqualTo(outcome);
    }

    @Test
    void aSanctionIsComputedFromTheAmountsOfTheCase() {
      CaseReview review = TRAVEL.review("行为 报销; 费用种类 餐费; 附件 无; 查明的情形 超标; 超额 300.25");

      assertThat(codes(review.broken())).isEqualTo("6-1");
      assertThat(review.certain())
          .extracting(
              penalty -> penalty.sanction().type().code(),
              penalty -> penalty.amount().map(Object::toString).orElse(""))
          .containsExactly(tuple("refusal", ""), tuple("claw-back", "600.50"));
      assertThat(review.possible()).isEmpty();
    }

    @Test
    void anAmountThatIsNotKnownIsAskedFor() {
      CaseReview review = TRAVEL.review("查明的情形 超标");

      assertThat(review.certain()).extracting(Penalty::amount).containsExactly(Optional.empty());
      assertThat(review.missing()).extracting(Attribute::path).containsExactly("incident.excess");
    }

    @Test
    void thereIsNoClassificationWhereTheDomainHasNone() {
      DecisionRequest request = new DecisionRequest(List.of(), TODAY, TRAVEL.facts("行为 报销"));

      assertThat(TRAVEL.point().classify(request).level()).isEmpty();
    }
  }

  /** All that an answer says, a line for each thing. */
  private static String told(Decision decision) {
    StringBuilder told = new StringBuilder();
    line(told, "outcome", decision.outcome().code());
    line(
        told,
        "approver",
        decision.approver().map(a -> a.level().code() + " " + a.title()).orElse(""));
    line(
        told,
        "approvals",
        lines(
            decision.approvals(),
            a ->
                a.requirement().levels().stream().map(l -> l.code()).toList()
                    + (a.held() ? " held " : " not held ")
                    + codesOf(a.clauses())));
    line(
        told,
        "obligations",
        lines(decision.obligations(), o -> o.obligation().code() + " " + codesOf(o.clauses())));
    line(told, "certain", lines(decision.certainPenalties(), OtherDomainsTest::penalty));
    line(told, "possible", lines(decision.possiblePenalties(), OtherDomainsTest::penalty));
    line(told, "derived", derived(decision));
    line(
        told,
        "set aside",
        lines(decision.setAside(), s -> s.row().clause().code() + " by " + codesOf(s.by())));
    line(told, "citations", codes(decision.citations()));
    line(told, "missing", labels(decision.missing()));
    return told.toString();
  }

  private static void line(StringBuilder told, String name, String text) {
    told.append(String.format("%-12s%s", name, text).stripTrailing()).append('\n');
  }

  private static <T> String lines(List<T> things, Function<T, String> text) {
    return things.stream().map(text).collect(Collectors.joining("\n" + " ".repeat(12)));
  }

  private static String penalty(Penalty penalty) {
    String type = penalty.sanction().type().code() + " " + codesOf(penalty.clauses());
    return penalty.dependsOn().isEmpty() ? type : type + " if " + labels(penalty.dependsOn());
  }

  private static String derived(Decision decision) {
    return lines(
        decision.derived(),
        d ->
            d.attribute().label()
                + " "
                + d.was().map(Object::toString).orElse("none")
                + " -> "
                + d.value()
                + " "
                + d.row().clause().code());
  }

  private static String labels(List<Attribute> attributes) {
    return attributes.stream().map(a -> a.label().zh()).collect(Collectors.joining("、"));
  }

  private static String codes(List<Citation> citations) {
    return codesOf(citations.stream().map(Citation::clause).toList());
  }

  private static String codesOf(List<String> clauses) {
    return clauses.stream()
        .map(id -> id.substring(id.indexOf('/') + 1))
        .collect(Collectors.joining(" "));
  }

  /** A folder of test workbooks with one policy, loaded as the service loads its own. */
  private static final class Domain {

    private final Checked<Release> loaded;
    private final String id;

    Domain(String folder, String id) {
      Path tables = Path.of("src/test/resources", folder, "decision-tables");
      this.loaded = new RulesFolder(tables, Path.of("rules")).load(List.of(), TODAY);
      this.id = id;
    }

    Release release() {
      return loaded.value().orElseThrow(() -> new AssertionError(loaded.findings()));
    }

    DecisionPoint point() {
      return release().point();
    }

    Policy policy() {
      return release().file(id).orElseThrow().rules().policy();
    }

    Facts facts(String line) {
      return FactsLine.read(release().vocabulary(), line);
    }

    Decision decide(String line, LocalDate asOf) {
      return point().decide(new DecisionRequest(List.of(), asOf, facts(line)));
    }

    CaseReview review(String line) {
      return point().review(new DecisionRequest(List.of(), TODAY, facts(line)));
    }
  }
}
