package dev.clearance.web;

import dev.clearance.decision.PolicyRules;
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

  /**
   * The policy that a path names.
   *
   * @throws ProblemException (404) when it is not loaded
   */
  static PolicyRules inPath(RulesInForce rules, String id) {
    return rules
        .policy(id)
        .orElseThrow(
            () -> {
              String hint =
                  new Hints()
                      .nearest(id, () -> nearest(rules, id))
                      .map(near -> " (" + Hints.meant(near) + ")")
                      .orElse("");
              return new ProblemException(
                  Problem.notFound("No policy " + Text.quoted(id) + " is loaded" + hint + "."));
            });
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
