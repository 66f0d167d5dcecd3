package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Locator;
import dev.clearance.vocabulary.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How the clauses of one policy are called: by code, by full id, or by locator. */
final class ClauseNames {

  /**
   * The clauses that a name stands for.
   *
   * @param name the code, or the locator as the author wrote it
   */
  record Named(String name, Set<String> codes) {}

  private final String policy;
  private final boolean complete;
  private final Map<String, Clause> byCode = new LinkedHashMap<>();
  private final Map<String, String> codes = new HashMap<>();
  private final NavigableMap<String, List<String>> byLocator = new TreeMap<>();
  private final Set<String> beginnings = new HashSet<>();
  private final Map<String, Optional<Named>> found = new HashMap<>();

  ClauseNames(String policy, List<Clause> clauses) {
    this(policy, clauses, true);
  }

  /**
   * @param complete whether all clauses, and where each stands, could be made out
   */
  ClauseNames(String policy, List<Clause> clauses, boolean complete) {
    this.policy = policy;
    this.complete = complete;
    for (Clause clause : clauses) {
      byCode.put(clause.code(), clause);
      codes.putIfAbsent(Names.normal(clause.code()), clause.code());
      codes.putIfAbsent(Names.normal(policy + "/" + clause.code()), clause.code());
      String locator = Names.normal(clause.locator());
      if (byLocator.computeIfAbsent(locator, any -> new ArrayList<>()).isEmpty()) {
        for (int i = 1; i <= locator.length(); i++) {
          beginnings.add(locator.substring(0, i));
        }
      }
      byLocator.get(locator).add(clause.code());
    }
  }

  /** Without a list of clauses no name can be wrong; that it is missing is reported once. */
  private boolean areKnown() {
    return complete && !byCode.isEmpty();
  }

  /** The one clause that a name stands for. */
  Optional<Clause> one(String name) {
    String normal = Names.normal(name);
    String code = codes.get(normal);
    if (code == null) {
      List<String> there = byLocator.getOrDefault(normal, List.of());
      code = there.size() == 1 ? there.get(0) : null;
    }
    return Optional.ofNullable(code).map(byCode::get);
  }

  /** A code stands for its clause, a locator for every clause at or below it. */
  Optional<Named> all(String name) {
    return found.computeIfAbsent(name, this::find);
  }

  private Optional<Named> find(String name) {
    String normal = Names.normal(name);
    String code = codes.get(normal);
    if (code != null) {
      return Optional.of(new Named(code, Set.of(code)));
    }
    if (!beginnings.contains(normal)) {
      return Optional.empty();
    }
    Set<String> below = new LinkedHashSet<>();
    byLocator
        .subMap(normal, normal + Character.MAX_VALUE)
        .forEach(
            (locator, there) -> {
              if (Locator.covers(normal, locator)) {
                below.addAll(there);
              }
            });
    return below.isEmpty() ? Optional.empty() : Optional.of(new Named(name, below));
  }

  void reportUnknown(String name, Spot spot) {
    if (areKnown()) {
      spot.report(
          Check.UNKNOWN_CLAUSE,
          spot.label() + " has no clause " + Spot.quoted(name),
          Findings.didYouMean(nearest(name), "write its 编号 or 位置 as the sheet 条款 has it"));
    }
  }

  String id(String code) {
    return policy + "/" + code;
  }

  Optional<String> nearest(String name) {
    List<String> candidates = new ArrayList<>(byCode.keySet());
    candidates.addAll(byLocator.keySet());
    return Names.nearest(name, candidates);
  }
}
