package dev.clearance.decision;

import dev.clearance.vocabulary.Attribute;
import java.util.List;

/**
 * The answer for a case: an act and what came of it.
 *
 * @param outcome what the decision on the act would have been
 * @param broken the clauses that the act broke, given the approvals and safeguards in place
 * @param certain sanctions whose conditions all hold
 * @param possible sanctions that depend on facts still to be established
 * @param setAside clauses that apply but yield to a more special or more severe one
 * @param missing the facts to establish
 */
public record CaseReview(
    Outcome outcome,
    List<Citation> broken,
    List<Penalty> certain,
    List<Penalty> possible,
    List<SetAside> setAside,
    List<Derivation> derived,
    List<Citation> citations,
    List<Attribute> missing,
    String decisionId,
    String version) {}
