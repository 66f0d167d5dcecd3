package dev.clearance.decision;

import dev.clearance.vocabulary.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * What the rules say of a request, with all that explains it. Requests that the rules cannot tell
 * apart share it.
 *
 * @param approver whom to ask first; present when approval is required
 * @param approvals every approval that applicable clauses ask for, held or not
 * @param certainPenalties what follows if the act is done anyway; empty when it is permitted
 * @param possiblePenalties what may follow, depending on facts still to be established
 * @param missing facts that were not given and could change the outcome
 * @param version digest of the rules that answered
 */
public record Verdict(
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
    String version) {

  public Verdict {
    approvals = List.copyOf(approvals);
    obligations = List.copyOf(obligations);
    certainPenalties = List.copyOf(certainPenalties);
    possiblePenalties = List.copyOf(possiblePenalties);
    derived = List.copyOf(derived);
    setAside = List.copyOf(setAside);
    citations = List.copyOf(citations);
    missing = List.copyOf(missing);
  }
}
