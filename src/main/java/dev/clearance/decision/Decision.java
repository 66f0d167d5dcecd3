package dev.clearance.decision;

import dev.clearance.vocabulary.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a request, with all that explains it.
 *
 * @param approver whom to ask first; present when approval is required
 * @param approvals every approval that applicable clauses ask for, held or not
 * @param penalties what follows if the act is done anyway; empty lists when it is permitted
 * @param missing facts that were not given and could change the outcome
 * @param decisionId digest of request and rules: the same question has the same id
 * @param version digest of the rules that answered
 */
public record Decision(
    Outcome outcome,
    Optional<LeadingApprover> approver,
    List<Approval> approvals,
    List<Owed> obligations,
    List<Penalty> certainPenalties,
    List<Penalty> possiblePenalties,
    List<Derivation> derived,
    List<SetAside> setAside,
    List<Citation> citations,
    List<Attribute> missing,
    String decisionId,
    String version) {

  public boolean permitted() {
    return outcome == Outcome.PERMIT;
  }
}
