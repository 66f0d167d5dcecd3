package dev.clearance.web;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready means that rules are in force. */
@Component("rules")
final class RulesHealth implements HealthIndicator {

  private final CurrentRules rules;

  RulesHealth(CurrentRules rules) {
    this.rules = rules;
  }

  @Override
  public Health health() {
    int policies = rules.now().rules().policies().size();
    return (policies > 0 ? Health.up() : Health.outOfService())
        .withDetail("policies", policies)
        .build();
  }
}
