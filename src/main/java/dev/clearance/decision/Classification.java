package dev.clearance.decision;

import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Term;
import java.util.List;
import java.util.Optional;

/**
 * The level of a piece of information.
 *
 * @param level absent when nothing gives it one
 * @param secrecyPeriod how long it stays so, where the regulation says
 * @param clauses ids of the clauses that give this level; empty when the request gave it
 * @param missing facts that were not given and could give it another level
 */
public record Classification(
    Optional<Term> level,
    Optional<String> secrecyPeriod,
    List<String> clauses,
    List<Derivation> derived,
    List<Citation> citations,
    List<Attribute> missing,
    String decisionId,
    String version) {}
