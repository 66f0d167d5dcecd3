package dev.clearance.scenario;

import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Citation;
import dev.clearance.decision.Classification;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.Outcome;
import dev.clearance.decision.Penalty;
import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Locator;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs the examples of a policy: a promise that is not kept is a finding at its cell. */
public final class Examples {

  private final DecisionPoint point;
  private final Policy policy;
  private final LocalDate today;
  private final List<Broken> broken = new ArrayList<>();
  private final Set<Place> hit = new LinkedHashSet<>();

  private Examples(DecisionPoint point, Policy policy, LocalDate today) {
    this.point = point;
    this.policy = policy;
    this.today = today;
  }

  /**
   * A promise that is not kept.
   *
   * @param cell that makes it
   * @param column its header
   */
  public record Broken(Example example, Place cell, String column, String expected, String actual) {

    private Finding finding() {
      return new Finding(
          Check.FAILING_EXAMPLE,
          cell,
          "example "
              + example.id()
              + " expects "
              + column
              + " "
              + expected
              + " but the rules give "
              + actual,
          "correct the rows or the expectation");
    }
  }

  /**
   * What the examples show.
   *
   * @param examples that were run
   * @param broken in the order of the examples
   * @param uncovered rows that decide none of them
   */
  public record Run(List<Example> examples, List<Broken> broken, List<Row> uncovered) {

    /** Nothing was run. */
    public static final Run NONE = new Run(List.of(), List.of(), List.of());

    public Run {
      examples = List.copyOf(examples);
      broken = List.copyOf(broken);
      uncovered = List.copyOf(uncovered);
    }

    /** Failing examples, and rows without one; a policy without any example is told nothing. */
    public List<Finding> findings() {
      List<Finding> findings = new ArrayList<>();
      broken.forEach(one -> findings.add(one.finding()));
      if (!examples.isEmpty()) {
        uncovered.forEach(row -> findings.add(withoutExample(row)));
      }
      return findings;
    }

    public List<Broken> brokenBy(Example example) {
      return broken.stream().filter(one -> one.example().equals(example)).toList();
    }
  }

  /** Asks every example, on its own day or today. */
  public static Run run(
      DecisionPoint point, Policy policy, List<Example> examples, LocalDate today) {
    Examples run = new Examples(point, policy, today);
    examples.forEach(run::check);
    List<Row> uncovered =
        policy.rows().stream().filter(row -> !run.hit.contains(row.place())).toList();
    return new Run(examples, run.broken, uncovered);
  }

  private void check(Example example) {
    DecisionRequest request =
        new DecisionRequest(List.of(policy.id()), example.asOf().orElse(today), example.facts());
    Decision decision = point.decide(request);
    CaseReview review = point.review(request);
    decision.citations().forEach(citation -> hit.add(citation.row()));
    review.citations().forEach(citation -> hit.add(citation.row()));
    example
        .outcome()
        .ifPresent(expected -> same(example, "预期结论", expected, decision.outcome(), Outcome::zh));
    example
        .approver()
        .ifPresent(
            expected ->
                same(
                    example,
                    "预期审批",
                    expected,
                    decision.approver().map(approver -> approver.level().code()).orElse(""),
                    this::approverLabel));
    example
        .classification()
        .ifPresent(
            expected -> {
              Classification actual = point.classify(request);
              same(
                  example,
                  "预期密级",
                  expected,
                  actual.level().map(term -> term.code()).orElse(""),
                  this::levelLabel);
            });
    example
        .obligations()
        .ifPresent(
            expected ->
                members(
                    example,
                    "预期须履行",
                    expected.value(),
                    expected.cell(),
                    decision.obligations().stream().map(o -> o.obligation().code()).toList()));
    example
        .sanctions()
        .ifPresent(
            expected -> sanctions(example, expected.value(), expected.cell(), review.certain()));
    example
        .clauses()
        .ifPresent(
            expected -> clauses(example, expected.value(), expected.cell(), decision, review));
  }

  private interface Labels<T> {
    String of(T value);
  }

  private <T> void same(
      Example example, String column, Example.Expected<T> expected, T actual, Labels<T> labels) {
    if (!expected.value().equals(actual)) {
      fail(example, column, expected.cell(), labels.of(expected.value()), labels.of(actual));
    }
  }

  private void members(
      Example example,
      String column,
      Example.ListOf<String> expected,
      Place cell,
      List<String> actual) {
    boolean kept =
        expected.exactly()
            ? Set.copyOf(expected.items()).equals(Set.copyOf(actual))
            : actual.containsAll(expected.items());
    if (!kept) {
      fail(example, column, cell, obligations(expected.items()), obligations(actual));
    }
  }

  private void sanctions(
      Example example, List<Example.Penalty> expected, Place cell, List<Penalty> actual) {
    Set<String> expectedTypes =
        expected.stream().map(Example.Penalty::type).collect(Collectors.toSet());
    Set<String> actualTypes =
        actual.stream().map(p -> p.sanction().type().code()).collect(Collectors.toSet());
    boolean amountsKept =
        expected.stream().allMatch(one -> actual.stream().anyMatch(other -> agree(one, other)));
    if (!expectedTypes.equals(actualTypes) || !amountsKept) {
      fail(
          example,
          "预期处分",
          cell,
          expected.stream().map(this::text).collect(Collectors.joining("、")),
          actual.stream().map(Examples::text).collect(Collectors.joining("、")));
    }
  }

  private static boolean agree(Example.Penalty expected, Penalty actual) {
    return expected.type().equals(actual.sanction().type().code())
        && agree(expected.min(), actual.amount().or(() -> actual.sanction().min()))
        && agree(expected.max(), actual.amount().or(() -> actual.sanction().max()));
  }

  private static boolean agree(Optional<BigDecimal> expected, Optional<BigDecimal> actual) {
    return expected.isEmpty() || actual.isPresent() && expected.get().compareTo(actual.get()) == 0;
  }

  /** Sanction clauses count only where the example speaks of sanctions. */
  private void clauses(
      Example example,
      Example.ListOf<String> expected,
      Place cell,
      Decision decision,
      CaseReview review) {
    Set<Citation> counted = new LinkedHashSet<>();
    decision.citations().stream().filter(c -> !isSanction(c)).forEach(counted::add);
    if (example.sanctions().isPresent() || !expected.exactly()) {
      review.citations().stream().filter(Examples::isSanction).forEach(counted::add);
    }
    boolean allMet =
        expected.items().stream()
            .allMatch(name -> counted.stream().anyMatch(citation -> names(name, citation)));
    boolean allNamed =
        counted.stream().allMatch(c -> expected.items().stream().anyMatch(name -> names(name, c)));
    if (!allMet || expected.exactly() && !allNamed) {
      Set<String> actual = new TreeSet<>();
      counted.forEach(citation -> actual.add(code(citation) + " " + citation.locator()));
      fail(
          example,
          "预期条款",
          cell,
          (expected.exactly() ? "仅 " : "") + String.join("、", expected.items()),
          String.join("、", actual));
    }
  }

  private static boolean isSanction(Citation citation) {
    return citation.effect().equals("sanction");
  }

  private static String code(Citation citation) {
    return citation.clause().substring(citation.clause().indexOf('/') + 1);
  }

  /** A code names its clause; anything else is a locator and stands for all below it. */
  private boolean names(String name, Citation citation) {
    return policy.clause(name).isPresent()
        ? name.equals(code(citation)) || Locator.covers(name, citation.locator())
        : Locator.covers(name, citation.locator());
  }

  private static Finding withoutExample(Row row) {
    return new Finding(
        Check.ROW_WITHOUT_EXAMPLE,
        row.place(),
        "no example of 用例 is decided by this row (" + row.clause().code() + ")",
        "add an example that it decides");
  }

  private void fail(Example example, String column, Place cell, String expected, String actual) {
    broken.add(
        new Broken(
            example,
            cell,
            column,
            expected.isEmpty() ? "无" : expected,
            actual.isEmpty() ? "无" : actual));
  }

  private Vocabulary vocabulary() {
    return policy.vocabulary();
  }

  private String approverLabel(String code) {
    return vocabulary().approverLevels().withCode(code).map(l -> l.label().zh()).orElse(code);
  }

  private String levelLabel(String code) {
    return vocabulary().classification().map(a -> a.labelOf(code).zh()).orElse(code);
  }

  private String obligations(Collection<String> codes) {
    return codes.stream()
        .map(
            code -> vocabulary().obligations().withCode(code).map(o -> o.label().zh()).orElse(code))
        .collect(Collectors.joining("、"));
  }

  private String text(Example.Penalty penalty) {
    String label =
        vocabulary()
            .sanctionTypes()
            .withCode(penalty.type())
            .map(type -> type.label().zh())
            .orElse(penalty.type());
    return label + range(penalty.min(), penalty.max());
  }

  private static String text(Penalty penalty) {
    return penalty.sanction().type().label().zh()
        + range(
            penalty.amount().or(() -> penalty.sanction().min()),
            penalty.amount().or(() -> penalty.sanction().max()));
  }

  private static String range(Optional<BigDecimal> min, Optional<BigDecimal> max) {
    if (min.isEmpty() && max.isEmpty()) {
      return "";
    }
    String low = min.map(BigDecimal::toPlainString).orElse("");
    String high = max.map(BigDecimal::toPlainString).orElse("");
    return " " + (low.equals(high) ? low : low + ".." + high);
  }
}
