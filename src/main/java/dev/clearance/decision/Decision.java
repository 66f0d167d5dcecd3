package dev.clearance.decision;

import dev.clearance.vocabulary.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answer to a request. */
public final class Decision {

  private final Verdict verdict;
  private final Optional<byte[]> text;
  private final Supplier<String> digest;

  /**
   * Null until it is asked for: to digest the request takes longer than to remember its verdict.
   */
  private volatile @Nullable String id;

  public Decision(Verdict verdict, String id) {
    this(verdict, Optional.empty(), () -> id);
  }

  Decision(Verdict verdict, Optional<byte[]> text, Supplier<String> digest) {
    this.verdict = verdict;
    this.text = text;
    this.digest = digest;
  }

  /** What the rules say; the same object may answer many requests. */
  public Verdict verdict() {
    return verdict;
  }

  /** What is sent of the verdict, where it is kept with it; not to be changed. */
  public Optional<byte[]> text() {
    return text;
  }

  /** Digest of request and rules: the same question has the same id. */
  public String decisionId() {
    String known = id;
    if (known == null) {
      known = digest.get();
      id = known;
    }
    return known;
  }

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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decision decision
        && verdict.equals(decision.verdict)
        && decisionId().equals(decision.decisionId());
  }

  @Override
  public int hashCode() {
    return decisionId().hashCode();
  }

  @Override
  public String toString() {
    return "Decision[verdict=" + verdict + ", decisionId=" + decisionId() + "]";
  }
}
