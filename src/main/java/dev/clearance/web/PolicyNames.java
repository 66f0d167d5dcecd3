package dev.clearance.web;

import dev.clearance.decision.RulesInForce;
import dev.clearance.vocabulary.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to tell a caller who names no policy, or an unknown one. */
final class PolicyNames {

  private static final int MOST = 30;

  private PolicyNames() {}

  static List<String> ids(RulesInForce rules) {
    List<String> ids = new ArrayList<>();
    rules.policies().forEach(policy -> ids.add(policy.policy().id()));
    return ids;
  }

  static Optional<String> nearest(RulesInForce rules, String name) {
    return Names.nearest(name, ids(rules));
  }

  /** All of them, unless they are too many to read. */
  static String choice(RulesInForce rules) {
    List<String> ids = ids(rules);
    if (ids.isEmpty()) {
      return "no policy is loaded";
    }
    String listed = String.join(", ", ids.subList(0, Math.min(MOST, ids.size())));
    return "name one or more of: " + listed + (ids.size() > MOST ? ", …" : "");
  }
}
