package dev.clearance.decision;

import dev.clearance.policy.Directory;
import dev.clearance.policy.Policy;

/** A policy with its rules, as they answer. */
public final class PolicyRules {

  private final Policy policy;
  private final RuleBase rules;
  private final String version;
  private final RowIndex index;
  private final Directory directory;

  /**
   * @param version digest of everything that an answer under this policy depends on
   */
  public PolicyRules(Policy policy, RuleBase rules, String version) {
    this.policy = policy;
    this.rules = rules;
    this.version = version;
    this.index = new RowIndex(policy);
    this.directory = new Directory(policy);
  }

  public Policy policy() {
    return policy;
  }

  public RuleBase rules() {
    return rules;
  }

  public String version() {
    return version;
  }

  /** The subjects and resources that the policy lists. */
  public Directory directory() {
    return directory;
  }

  RowIndex index() {
    return index;
  }
}
