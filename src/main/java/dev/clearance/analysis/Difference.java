package dev.clearance.analysis;

import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.Freedom;
import dev.clearance.policy.Policy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tells two versions of a policy apart: their rows, and exactly which requests they answer
 * otherwise. Nothing is sampled: a request that no change covers gets the same answer.
 *
 * @param rows added, removed and changed rows
 * @param answers requests whose outcome, approver, required approvals or obligations change
 * @param levels requests whose information is given another level
 * @param grounds requests whose answer stays, but by other clauses
 * @param sanctions cases in which other sanctions are certain
 * @param count how many situations get another answer; {@code answers} may list one in several ways
 */
public record Difference(
    List<RowChange> rows,
    List<Change> answers,
    List<Change> levels,
    List<Change> grounds,
    List<Change> sanctions,
    BigInteger count) {

  public Difference {
    rows = List.copyOf(rows);
    answers = List.copyOf(answers);
    levels = List.copyOf(levels);
    grounds = List.copyOf(grounds);
    sanctions = List.copyOf(sanctions);
  }

  public static Difference between(Policy before, Policy after, Freedom freedom) {
    return between(before, after, freedom, Progress.NONE);
  }

  /**
   * @param freedom what is free where no row speaks, under both versions
   */
  public static Difference between(
      Policy before, Policy after, Freedom freedom, Progress progress) {
    return new Comparison(before, after, freedom, progress).difference();
  }

  /**
   * Whether every request gets the same answer, on the same grounds and with the same sanctions.
   */
  public boolean isSilent() {
    return answers.isEmpty() && levels.isEmpty() && grounds.isEmpty() && sanctions.isEmpty();
  }

  /**
   * A past request and what would have been answered otherwise.
   *
   * @param index its position among the requests
   * @param parts what differs
   */
  public record Impact(
      int index,
      DecisionRequest request,
      Decision before,
      Decision after,
      List<Change.Part> parts) {}

  /** Of some requests those that the new rules would have answered otherwise, in their order. */
  public static List<Impact> impact(
      List<DecisionRequest> requests, DecisionPoint before, DecisionPoint after) {
    List<Impact> impacts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Decision old = before.decide(requests.get(i));
      Decision now = after.decide(requests.get(i));
      List<Change.Part> parts = parts(old, now);
      if (!parts.isEmpty()) {
        impacts.add(new Impact(i, requests.get(i), old, now, parts));
      }
    }
    return impacts;
  }

  private static List<Change.Part> parts(Decision before, Decision after) {
    List<Change.Part> parts = new ArrayList<>();
    add(parts, "结论", outcome(before), outcome(after));
    add(parts, "审批", approvals(before), approvals(after));
    add(parts, "须履行", obligations(before), obligations(after));
    add(parts, "处分", penalties(before), penalties(after));
    return parts;
  }

  private static void add(List<Change.Part> parts, String about, String before, String after) {
    if (!before.equals(after)) {
      parts.add(new Change.Part(about, before, after));
    }
  }

  private static String outcome(Decision decision) {
    return decision.outcome().zh()
        + decision.approver().map(leading -> "（" + leading.level().label() + "）").orElse("");
  }

  private static String approvals(Decision decision) {
    return sorted(
        decision.approvals().stream()
            .filter(approval -> !approval.held())
            .map(approval -> Comparison.words(approval.requirement()))
            .collect(Collectors.toSet()));
  }

  private static String obligations(Decision decision) {
    return sorted(
        decision.obligations().stream()
            .map(owed -> owed.obligation().label().zh())
            .collect(Collectors.toSet()));
  }

  private static String penalties(Decision decision) {
    return sorted(
        decision.certainPenalties().stream()
            .map(penalty -> Comparison.words(penalty.sanction()))
            .collect(Collectors.toSet()));
  }

  private static String sorted(Set<String> labels) {
    return labels.stream().sorted().collect(Collectors.joining("、"));
  }
}
