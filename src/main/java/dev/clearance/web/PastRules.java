package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import java.util.Map;
import java.util.Optional;

/** Rules as they were. */
@FunctionalInterface
public interface PastRules {

  /**
   * @param versions by policy
   * @return the rules in which each of these policies has this version; empty when they are gone
   */
  Optional<DecisionPoint> at(Map<String, String> versions);
}
