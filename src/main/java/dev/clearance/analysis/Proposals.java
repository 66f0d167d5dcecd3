package dev.clearance.analysis;

import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.Obligation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds for a row a request under which it counts. */
final class Proposals {

  private final Reviewed reviewed;
  private final Effort whole = Effort.whole();

  Proposals(Reviewed reviewed) {
    this.reviewed = reviewed;
  }

  List<ExampleProposal> forRows(Collection<Row> rows) {
    List<ExampleProposal> proposals = new ArrayList<>();
    rows.forEach(row -> forRow(row).ifPresent(proposals::add));
    return proposals;
  }

  private Optional<ExampleProposal> forRow(Row row) {
    for (int cell = 0; cell < reviewed.acts(); cell++) {
      Optional<int[]> at = reviewed.slice(cell, whole).flatMap(slice -> request(slice, row));
      if (at.isPresent()) {
        return Optional.of(proposal(row, at.get()));
      }
    }
    return Optional.empty();
  }

  /** What is too much to be found is not proposed. */
  private Optional<int[]> request(Slice slice, Row row) {
    int item = reviewed.applies(slice, row);
    if (item < 0) {
      return Optional.empty();
    }
    long[] member = Reviewed.bits(slice, item);
    Question question =
        row.effect() instanceof Effect.Punish
            ? new SanctionQuestion(slice, member)
            : new PresenceQuestion(slice, member);
    try {
      return reviewed.find(slice, question, label -> label == 1, whole.search(), item);
    } catch (Effort.Exceeded tooMuch) {
      return Optional.empty();
    }
  }

  private ExampleProposal proposal(Row row, int[] at) {
    Facts facts = reviewed.space().facts(at);
    LocalDate day = reviewed.space().day(at);
    Judgement judgement = reviewed.judgement(facts, day);
    Set<Obligation> obligations = new LinkedHashSet<>();
    judgement.counted().forEach(one -> obligations.addAll(one.obligations()));
    List<Sanction> sanctions =
        row.effect() instanceof Effect.Punish
            ? judgement.sanctions().stream()
                .map(one -> ((Effect.Punish) one.effect()).sanction())
                .toList()
            : List.of();
    return new ExampleProposal(
        row,
        reviewed.words(at),
        facts,
        reviewed.isAnyDay() ? Optional.empty() : Optional.of(day),
        judgement.outcome(),
        judgement.approver(),
        List.copyOf(obligations),
        judgement.level(),
        sanctions);
  }
}
