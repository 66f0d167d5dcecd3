package dev.clearance.web;

import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Rejection;
import dev.clearance.repository.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * How the rules are doing: whether any are in force, which versions, and what was saved but is not
 * taken over. A rejected workbook is for editors to mend; questions are answered all the same, so
 * the service is up.
 */
@Component("rulesHealthIndicator")
final class RulesHealth implements HealthIndicator {

  /** Enough to go and look. */
  private static final int MOST_FINDINGS = 20;

  private final PolicyRepository repository;

  RulesHealth(PolicyRepository repository) {
    this.repository = repository;
  }

  @Override
  public Health health() {
    Release release = repository.current();
    Map<String, String> versions = new LinkedHashMap<>();
    for (PolicyFile file : release.files()) {
      versions.put(file.policyId(), file.version());
    }
    Health.Builder health = versions.isEmpty() ? Health.outOfService() : Health.up();
    health.withDetail("policies", versions.size()).withDetail("versions", versions);
    List<Map<String, Object>> rejected = new ArrayList<>();
    for (Rejection rejection : repository.rejections()) {
      rejected.add(details(rejection));
    }
    if (!rejected.isEmpty()) {
      health.withDetail("rejected", rejected);
    }
    return health.build();
  }

  private static Map<String, Object> details(Rejection rejection) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("file", Text.mended(rejection.file()));
    details.put("at", rejection.at().toString());
    details.put("count", rejection.findings().size());
    details.put(
        "findings",
        rejection.findings().stream()
            .limit(MOST_FINDINGS)
            .map(Finding::toString)
            .map(Text::mended)
            .toList());
    return details;
  }
}
