package dev.clearance.analysis;

import dev.clearance.decision.Outcome;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Obligation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A request that a row decides, with the answer that the policy gives today: an author who agrees
 * makes it an example.
 *
 * @param question the request in labels
 * @param facts no more than the row needs
 * @param asOf a day on which the row is in force; empty for any day
 * @param level code of the information's level after reading
 * @param sanctions those that are certain, where the row is a sanction
 */
public record ExampleProposal(
    Row row,
    String question,
    Facts facts,
    Optional<LocalDate> asOf,
    Outcome outcome,
    Optional<ApproverLevel> approver,
    List<Obligation> obligations,
    Optional<String> level,
    List<Sanction> sanctions) {

  public ExampleProposal {
    obligations = List.copyOf(obligations);
    sanctions = List.copyOf(sanctions);
  }
}
