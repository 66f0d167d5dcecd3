package dev.clearance.vocabulary;

/** Where the terms of an attribute are listed. */
public enum TermSource {
  /** With the attribute itself. */
  OWN,
  /** They are the approver levels: the approvals that a request holds. */
  APPROVER_LEVELS,
  /** They are the clauses of the policies: the clauses that an act has broken. */
  CLAUSES
}
