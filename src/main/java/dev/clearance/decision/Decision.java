package dev.clearance.decision;

import dev.clearance.vocabulary.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a request.
 *
 * @param verdict what the rules say; the same object may answer many requests
 * @param decisionId digest of request and rules: the same question has the same id
 */
public record Decision(Verdict verdict, String decisionId) {

  public Outcome outcome() {
    return verdict.outcome();
  }

  public boolean permitted() {
    return outcome() == Outcome.PERMIT;
  }

  public Optional<LeadingApprover> approver() {
    return verdict.approver();
  }

  public List<Approval> approvals() {
    return verdict.approvals();
  }

  public List<Owed> obligations() {
    return verdict.obligations();
  }

  public List<Penalty> certainPenalties() {
    return verdict.certainPenalties();
  }

  public List<Penalty> possiblePenalties() {
    return verdict.possiblePenalties();
  }

  public List<Derivation> derived() {
    return verdict.derived();
  }

  public List<SetAside> setAside() {
    return verdict.setAside();
  }

  public List<Citation> citations() {
    return verdict.citations();
  }

  public List<Attribute> missing() {
    return verdict.missing();
  }

  public String version() {
    return verdict.version();
  }
}
