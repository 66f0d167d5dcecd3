package dev.clearance.decision;

import dev.clearance.policy.Facts;
import java.time.LocalDate;
import java.util.List;

/**
 * One question: may this act be done, under these policies, on this day?
 *
 * @param policies ids; empty stands for the default of {@link DecisionPoint}
 * @param asOf the day whose rules answer
 */
public record DecisionRequest(List<String> policies, LocalDate asOf, Facts facts) {

  public DecisionRequest {
    policies = List.copyOf(policies);
  }
}
