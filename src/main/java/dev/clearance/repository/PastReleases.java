package dev.clearance.repository;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules as they were, built again from the versions that are kept. A version depends on the
 * vocabulary and the rules for all policies too: once these have changed, it is gone.
 */
public final class PastReleases {

  private static final int MOST_BUILT = 32;

  private final PolicyRepository repository;
  private final Clock clock;

  /** Policies that were built again, those asked for last at the end. */
  private final Map<String, PolicyRules> built =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PolicyRules> eldest) {
          return size() > MOST_BUILT;
        }
      };

  public PastReleases(PolicyRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * @param versions by policy
   */
  public synchronized Optional<DecisionPoint> at(Map<String, String> versions) {
    Release current = repository.current();
    List<PolicyRules> policies = new ArrayList<>();
    for (Map.Entry<String, String> wanted : versions.entrySet()) {
      Optional<PolicyRules> rules = rules(current, wanted.getKey(), wanted.getValue());
      if (rules.isEmpty()) {
        return Optional.empty();
      }
      policies.add(rules.get());
    }
    return Optional.of(
        new DecisionPoint(new RulesInForce(current.vocabulary(), policies, List.of())));
  }

  private Optional<PolicyRules> rules(Release current, String id, String version) {
    Optional<PolicyRules> inForce =
        current.file(id).map(PolicyFile::rules).filter(rules -> rules.version().equals(version));
    if (inForce.isPresent()) {
      return inForce;
    }
    String key = id + " " + version + " " + System.identityHashCode(current.foundation());
    PolicyRules known = built.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PolicyRules> again =
        repository
            .workbook(id, version)
            .flatMap(
                bytes ->
                    current.check(id + RulesFolder.WORKBOOK, bytes, LocalDate.now(clock)).value())
            .map(PolicyFile::rules)
            .filter(rules -> rules.version().equals(version));
    again.ifPresent(rules -> built.put(key, rules));
    return again;
  }
}
