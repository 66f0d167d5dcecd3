package dev.clearance.repository;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules as they were, built again from the versions that are kept, each on the vocabulary and the
 * rules that it stood on.
 */
public final class PastReleases {

  private static final int MOST_POLICIES = 32;
  private static final int MOST_FOUNDATIONS = 4;

  private final PolicyRepository repository;
  private final Map<String, Foundation> foundations = latest(MOST_FOUNDATIONS);
  private final Map<String, Past> built = latest(MOST_POLICIES);

  private record Past(Foundation foundation, PolicyRules rules) {}

  public PastReleases(PolicyRepository repository) {
    this.repository = repository;
  }

  /** Keeps those that were asked for last. */
  private static <T> Map<String, T> latest(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * @param versions by policy; together they answered one request
   */
  public synchronized Optional<DecisionPoint> at(Map<String, String> versions) {
    Release current = repository.current();
    List<Past> found = new ArrayList<>();
    for (Map.Entry<String, String> wanted : versions.entrySet()) {
      Optional<Past> past = past(current, wanted.getKey(), wanted.getValue());
      if (past.isEmpty()) {
        return Optional.empty();
      }
      found.add(past.get());
    }
    // What answers together stands on the same.
    if (found.stream().map(past -> past.foundation().digest()).distinct().count() != 1) {
      return Optional.empty();
    }
    List<PolicyRules> policies = found.stream().map(Past::rules).toList();
    return Optional.of(
        new DecisionPoint(
            new RulesInForce(found.get(0).foundation().vocabulary(), policies, List.of())));
  }

  private Optional<Past> past(Release current, String id, String version) {
    Optional<PolicyFile> inForce = current.file(id).filter(file -> file.version().equals(version));
    if (inForce.isPresent()) {
      return Optional.of(new Past(current.foundation(), inForce.get().rules()));
    }
    String key = id + " " + version;
    Past known = built.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Past> again = again(current, id, version);
    again.ifPresent(past -> built.put(key, past));
    return again;
  }

  private Optional<Past> again(Release current, String id, String version) {
    Optional<byte[]> workbook = repository.workbook(id, version);
    Optional<Foundation> foundation = foundation(current, id, version);
    if (workbook.isEmpty() || foundation.isEmpty()) {
      return Optional.empty();
    }
    return Release.again(foundation.get(), id + RulesFolder.WORKBOOK, workbook.get())
        .filter(rules -> rules.version().equals(version))
        .map(rules -> new Past(foundation.get(), rules));
  }

  private Optional<Foundation> foundation(Release current, String id, String version) {
    Optional<Map<String, byte[]>> files = repository.foundation(id, version);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    String digest = Foundation.digest(files.get());
    if (digest.equals(current.foundation().digest())) {
      return Optional.of(current.foundation());
    }
    Foundation known = foundations.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Foundation> again = RulesFolder.foundation(files.get());
    again.ifPresent(foundation -> foundations.put(digest, foundation));
    return again;
  }
}
