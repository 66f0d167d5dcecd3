package dev.clearance.conformance;

import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Citation;
import dev.clearance.decision.Decision;
import dev.clearance.policy.Sanction;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What two evaluators must agree on for one request.
 *
 * @param approver code of the leading approver, "" for none
 * @param clauses codes of the clauses that counted, sanctions apart
 * @param derived {@code path was -> value clause}, in order
 * @param sanctions codes of the clauses whose sanctions are certain once the act is done
 * @param penalties those sanctions themselves: {@code fine 10..500}
 */
public record Answer(
    String outcome,
    String approver,
    SortedSet<String> obligations,
    SortedSet<String> clauses,
    SortedSet<String> broken,
    SortedSet<String> setAside,
    List<String> derived,
    SortedSet<String> sanctions,
    SortedSet<String> penalties) {

  static Answer of(Decision decision, CaseReview review) {
    SortedSet<String> penalised =
        codes(
            review.setAside().stream()
                .map(aside -> aside.row())
                .filter(Answer::punishes)
                .map(row -> row.clause().id()));
    SortedSet<String> setAside =
        codes(review.setAside().stream().map(aside -> aside.row().clause().id()));
    setAside.removeAll(penalised);
    return new Answer(
        decision.outcome().code(),
        decision.approver().map(approver -> approver.level().code()).orElse(""),
        decision.obligations().stream()
            .map(owed -> owed.obligation().code())
            .collect(Collectors.toCollection(TreeSet::new)),
        codes(cited(review, false)),
        codes(review.broken().stream().map(Citation::clause)),
        setAside,
        decision.derived().stream()
            .map(
                d ->
                    d.attribute().path()
                        + " "
                        + d.was().map(Object::toString).orElse("null")
                        + " -> "
                        + d.value()
                        + " "
                        + d.row().clause().code())
            .toList(),
        codes(cited(review, true)),
        review.certain().stream()
            .map(penalty -> text(penalty.sanction()))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  static String text(Sanction sanction) {
    return sanction.type().code()
        + " "
        + sanction.min().map(Answer::plain).orElse("")
        + ".."
        + sanction.max().map(Answer::plain).orElse("")
        + (sanction.formula().isPresent() ? " by formula" : "");
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  private static boolean punishes(dev.clearance.policy.Row row) {
    return row.effect().code().equals("sanction");
  }

  private static Stream<String> cited(CaseReview review, boolean sanctions) {
    return review.citations().stream()
        .filter(citation -> citation.effect().equals("sanction") == sanctions)
        .map(Citation::clause);
  }

  private static SortedSet<String> codes(Stream<String> clauseIds) {
    return clauseIds
        .map(id -> id.substring(id.indexOf('/') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
