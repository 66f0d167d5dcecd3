package dev.clearance.analysis;

import dev.clearance.decision.Approval;
import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Citation;
import dev.clearance.decision.Classification;
import dev.clearance.decision.Decision;
import dev.clearance.decision.Freedom;
import dev.clearance.decision.Owed;
import dev.clearance.decision.Penalty;
import dev.clearance.policy.Policy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
 * @param unexamined acts of which so many rows differ in so many ways that their requests are not
 *     told apart; empty unless the policy is very large and much of it differs
 */
public record Difference(
    List<RowChange> rows,
    List<Change> answers,
    List<Change> levels,
    List<Change> grounds,
    List<Change> sanctions,
    BigInteger count,
    List<String> unexamined) {

  public Difference {
    rows = List.copyOf(rows);
    answers = List.copyOf(answers);
    levels = List.copyOf(levels);
    grounds = List.copyOf(grounds);
    sanctions = List.copyOf(sanctions);
    unexamined = List.copyOf(unexamined);
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

  /** Only the rows, which takes no time. */
  public static List<RowChange> rows(Policy before, Policy after) {
    return RowMatching.of(before, after).changes();
  }

  /**
   * Whether every request gets the same answer, on the same grounds and with the same sanctions.
   */
  public boolean isSilent() {
    return answers.isEmpty()
        && levels.isEmpty()
        && grounds.isEmpty()
        && sanctions.isEmpty()
        && unexamined.isEmpty();
  }

  /** What differs between two answers to one request; nothing when they say the same. */
  public static List<Change.Part> parts(Decision before, Decision after) {
    List<Change.Part> parts = new ArrayList<>();
    add(parts, "结论", outcome(before), outcome(after));
    add(parts, "审批", approvals(before), approvals(after));
    add(parts, "须履行", obligations(before), obligations(after));
    add(parts, "处分", penalties(before.certainPenalties()), penalties(after.certainPenalties()));
    add(parts, "条款", clauses(before.citations()), clauses(after.citations()));
    return parts;
  }

  /** As {@link #parts(Decision, Decision)}, of a case. */
  public static List<Change.Part> parts(CaseReview before, CaseReview after) {
    List<Change.Part> parts = new ArrayList<>();
    add(
        parts,
        "结论",
        Comparison.words(before.outcome(), Optional.empty()),
        Comparison.words(after.outcome(), Optional.empty()));
    add(parts, "处分", penalties(before.certain()), penalties(after.certain()));
    add(parts, "条款", clauses(before.citations()), clauses(after.citations()));
    return parts;
  }

  /** As {@link #parts(Decision, Decision)}, of a level. */
  public static List<Change.Part> parts(Classification before, Classification after) {
    List<Change.Part> parts = new ArrayList<>();
    add(parts, "密级", level(before), level(after));
    add(parts, "条款", clauses(before.citations()), clauses(after.citations()));
    return parts;
  }

  private static Change.Words level(Classification classification) {
    return classification
        .level()
        .map(level -> new Change.Words(level.label().zh(), List.of(level.code())))
        .orElse(Change.Words.NONE);
  }

  private static void add(
      List<Change.Part> parts, String about, Change.Words before, Change.Words after) {
    if (!before.equals(after)) {
      parts.add(Change.Part.of(about, before, after));
    }
  }

  private static Change.Words outcome(Decision decision) {
    return Comparison.words(
        decision.outcome(), decision.approver().map(leading -> leading.level()));
  }

  private static Change.Words approvals(Decision decision) {
    Map<String, String> open = new TreeMap<>();
    decision.approvals().stream()
        .filter(approval -> !approval.held())
        .map(Approval::requirement)
        .forEach(one -> open.put(Comparison.words(one), Comparison.codes(one)));
    return words(open);
  }

  private static Change.Words obligations(Decision decision) {
    Map<String, String> owed = new TreeMap<>();
    decision.obligations().stream()
        .map(Owed::obligation)
        .forEach(one -> owed.put(one.label().zh(), one.code()));
    return words(owed);
  }

  private static Change.Words penalties(List<Penalty> penalties) {
    Map<String, String> certain = new TreeMap<>();
    penalties.stream()
        .map(Penalty::sanction)
        .forEach(one -> certain.put(Comparison.words(one), one.type().code()));
    return words(certain);
  }

  /** The clauses that are cited, sanctions apart: those are told as such. */
  private static Change.Words clauses(List<Citation> citations) {
    Map<String, String> cited = new TreeMap<>();
    citations.stream()
        .filter(citation -> !citation.effect().equals("sanction"))
        .forEach(citation -> cited.put(citation.clause(), citation.clause()));
    return words(cited);
  }

  private static Change.Words words(Map<String, String> codesByLabel) {
    return new Change.Words(
        String.join("、", codesByLabel.keySet()), List.copyOf(codesByLabel.values()));
  }
}
