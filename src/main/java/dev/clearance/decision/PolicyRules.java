package dev.clearance.decision;

import dev.clearance.policy.Directory;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A policy with its rules, as they answer. */
public final class PolicyRules {

  /** Texts and numbers take any value; what is asked anew is only slower. */
  private static final int MOST_KNOWN = 1_000;

  private final Policy policy;
  private final RuleBase rules;
  private final String version;
  private final RowIndex index;
  private final RowGrid grid;
  private final Probes probes;
  private final Projection projection;
  private final List<Attribute> freeing;
  private final Map<Object, Boolean> known = new ConcurrentHashMap<>();
  private final Directory directory;

  /**
   * @param version digest of everything that an answer under this policy depends on
   */
  public PolicyRules(Policy policy, RuleBase rules, String version) {
    this.policy = policy;
    this.rules = rules;
    this.version = version;
    this.index = new RowIndex(policy);
    this.freeing = freeing(policy.vocabulary(), rules);
    this.probes = Probes.of(policy, freeing);
    this.grid = new RowGrid(policy, index.permissions(), probes);
    this.projection = Projection.of(policy, rules.alsoReads());
    this.directory = new Directory(policy);
  }

  /** The attributes by which an act may be free; any of them where nobody can tell. */
  private static List<Attribute> freeing(Vocabulary vocabulary, Freedom freedom) {
    Optional<Set<String>> looked = freedom.alsoReads();
    return vocabulary.attributes().stream()
        .filter(attribute -> looked.map(paths -> paths.contains(attribute.path())).orElse(true))
        .toList();
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

  RowGrid grid() {
    return grid;
  }

  Probes probes() {
    return probes;
  }

  /** The attributes by which an act may be free. */
  List<Attribute> freeing() {
    return freeing;
  }

  Projection projection() {
    return projection;
  }

  /** Whether the rules leave an act free that reads so. */
  boolean isFree(Facts reading, LocalDate asOf) {
    if (rules.alsoReads().isEmpty()) {
      return rules.isFree(reading, asOf);
    }
    Object looked = looked(reading);
    Boolean free = known.get(looked);
    if (free == null) {
      free = rules.isFree(reading, asOf);
      if (known.size() < MOST_KNOWN) {
        known.put(looked, free);
      }
    }
    return free;
  }

  private Object looked(Facts reading) {
    if (freeing.size() == 1) {
      Value only = reading.at(freeing.get(0).index());
      return only == null ? Optional.empty() : only;
    }
    return freeing.stream().map(reading::get).toList();
  }
}
