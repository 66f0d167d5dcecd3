package dev.clearance.decision;

import dev.clearance.policy.Policy;

/**
 * A policy with its rules, as they answer.
 *
 * @param version digest of everything that an answer under this policy depends on
 * @param probes the values by which its rows tell requests apart
 */
public record PolicyRules(Policy policy, RuleBase rules, String version, Probes probes) {

  public PolicyRules(Policy policy, RuleBase rules, String version) {
    this(policy, rules, version, Probes.of(policy));
  }
}
