package dev.clearance.decision;

import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.Attribute;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A sanction that follows, or may follow.
 *
 * @param amount what the formula comes to, when the amounts it needs are given
 * @param dependsOn facts that are not established yet; empty for a certain sanction
 */
public record Penalty(
    Sanction sanction,
    Optional<BigDecimal> amount,
    List<Attribute> dependsOn,
    List<String> clauses) {}
