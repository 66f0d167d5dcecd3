package dev.clearance.decision;

import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that answers, at one moment: the vocabulary and the policies with their rules.
 * Immutable; a publication makes a new one.
 */
public final class RulesInForce {

  private final Vocabulary vocabulary;
  private final Map<String, PolicyRules> policies;
  private final List<String> defaults;

  /**
   * @param defaults the policies that answer when a request names none; empty for no default
   */
  public RulesInForce(
      Vocabulary vocabulary, Collection<PolicyRules> policies, List<String> defaults) {
    Map<String, PolicyRules> byId = new LinkedHashMap<>();
    policies.forEach(policy -> byId.put(policy.policy().id(), policy));
    this.vocabulary = vocabulary;
    this.policies = byId;
    this.defaults = List.copyOf(defaults);
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public Collection<PolicyRules> policies() {
    return policies.values();
  }

  public Optional<PolicyRules> policy(String id) {
    return Optional.ofNullable(policies.get(id));
  }

  public List<String> defaults() {
    return defaults;
  }

  /** The same rules, with this policy instead of the one of its id, or added. */
  public RulesInForce with(PolicyRules changed) {
    Map<String, PolicyRules> all = new LinkedHashMap<>(policies);
    all.put(changed.policy().id(), changed);
    return new RulesInForce(vocabulary, all.values(), defaults);
  }

  /**
   * The policies that answer a request: those it names, else the default, else the only one.
   *
   * @return empty when nothing says which; the ids asked for must be known
   */
  public List<PolicyRules> select(List<String> named) {
    if (named.size() == 1) {
      return List.of(required(named.get(0)));
    }
    Set<String> ids = new LinkedHashSet<>(named.isEmpty() ? defaults : named);
    if (ids.isEmpty() && policies.size() == 1) {
      ids = policies.keySet();
    }
    List<PolicyRules> selected = new ArrayList<>();
    for (String id : ids) {
      selected.add(required(id));
    }
    return selected;
  }

  private PolicyRules required(String id) {
    PolicyRules policy = policies.get(id);
    if (policy == null) {
      throw new IllegalArgumentException("no policy " + id + " is loaded");
    }
    return policy;
  }
}
