package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Other rules than those that come with the product, over the words of {@link SmallPolicies}.
 *
 * @param free asks the values by the path of their attribute
 */
record SmallFreedom(Optional<Set<String>> alsoReads, Predicate<Map<String, Value>> free)
    implements Freedom {

  /** As {@code rules/freedom.drl} has it. */
  static final SmallFreedom PUBLIC =
      new SmallFreedom(
          Optional.of(Set.of("resource.classification")),
          facts -> is(facts, "resource.classification", "public"));

  static final SmallFreedom NOTHING = new SmallFreedom(Optional.of(Set.of()), facts -> false);

  static final SmallFreedom WHAT_GUESTS_SEND =
      new SmallFreedom(
          Optional.of(Set.of("action", "subject.role")),
          facts -> is(facts, "action", "send") && is(facts, "subject.role", "guest"));

  /** Numbers cannot be tried one by one, so it counts as unknown. */
  static final SmallFreedom SHORT_ACTS =
      new SmallFreedom(
          Optional.of(Set.of("context.hours")), facts -> is(facts, "context.hours", "1"));

  static final SmallFreedom UNKNOWN =
      new SmallFreedom(
          Optional.empty(),
          facts -> is(facts, "resource.owner", "x") || is(facts, "context.needed", "true"));

  static final List<SmallFreedom> ALL =
      List.of(PUBLIC, PUBLIC, NOTHING, WHAT_GUESTS_SEND, SHORT_ACTS, UNKNOWN);

  private static boolean is(Map<String, Value> facts, String path, String text) {
    return facts.containsKey(path) && facts.get(path).toString().equals(text);
  }

  boolean isTold() {
    return this != SHORT_ACTS && this != UNKNOWN;
  }

  @Override
  public boolean isFree(Facts reading, LocalDate asOf) {
    Map<String, Value> facts = new HashMap<>();
    reading.known().forEach(a -> facts.put(a.path(), reading.get(a).orElseThrow()));
    return free.test(facts);
  }
}
