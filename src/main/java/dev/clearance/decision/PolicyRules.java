package dev.clearance.decision;

import dev.clearance.policy.Directory;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A policy with its rules, as they answer. */
public final class PolicyRules {

  private final Policy policy;
  private final RuleBase rules;
  private final String version;
  private final RowIndex index;
  private final Probes probes;
  private final Projection projection;
  private final Map<String, Boolean> freeLevels = new ConcurrentHashMap<>();
  private final Directory directory;

  /**
   * @param version digest of everything that an answer under this policy depends on
   */
  public PolicyRules(Policy policy, RuleBase rules, String version) {
    this.policy = policy;
    this.rules = rules;
    this.version = version;
    this.index = new RowIndex(policy);
    this.probes = Probes.of(policy);
    this.projection = Projection.of(policy, rules.alsoReads());
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

  Probes probes() {
    return probes;
  }

  Projection projection() {
    return projection;
  }

  /** Whether the rules leave an act free that is known only by the level of its object. */
  boolean isFree(Facts facts) {
    Optional<Attribute> attribute = facts.vocabulary().classification();
    String level = attribute.map(a -> facts.codeAt(a.index())).orElse(null);
    if (level == null) {
      return false;
    }
    Boolean known = freeLevels.get(level);
    if (known == null) {
      Facts only = Facts.none(facts.vocabulary()).with(attribute.get(), new Value.Code(level));
      known = rules.match(only, LocalDate.EPOCH).free();
      freeLevels.put(level, known);
    }
    return known;
  }
}
