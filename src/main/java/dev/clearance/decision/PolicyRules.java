package dev.clearance.decision;

import dev.clearance.policy.Policy;

/**
 * A policy with its rules, as they answer.
 *
 * @param version digest of everything that an answer under this policy depends on
 */
public record PolicyRules(Policy policy, RuleBase rules, String version) {}
