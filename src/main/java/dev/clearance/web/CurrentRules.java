package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;

/** The rules that answer at this moment. Each request asks once, so that it sees one version. */
@FunctionalInterface
public interface CurrentRules {

  DecisionPoint now();
}
