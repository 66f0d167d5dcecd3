package dev.clearance.decision;

import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Special before general: a row that applies but whose clause a more special row of the same policy
 * sets aside.
 *
 * @param by ids of the clauses that set it aside
 */
public record SetAside(Row row, List<String> by) {

  /** Rows that apply, told apart. */
  record Sorted(List<Row> counted, List<SetAside> setAside) {}

  /**
   * Every matched row sets aside what it names, whether or not it is set aside itself.
   *
   * @param overriding the rows that may set aside
   * @param candidates the rows that may be set aside
   */
  static Sorted sort(List<Row> overriding, List<Row> candidates) {
    Map<String, Set<String>> overriders = Map.of();
    for (Row row : overriding) {
      for (String code : row.overrides()) {
        if (overriders.isEmpty()) {
          overriders = new LinkedHashMap<>();
        }
        overriders.computeIfAbsent(code, any -> new LinkedHashSet<>()).add(row.clause().id());
      }
    }
    if (overriders.isEmpty()) {
      return new Sorted(candidates, List.of());
    }
    List<Row> counted = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>();
    for (Row row : candidates) {
      Set<String> by = overriders.get(row.clause().code());
      if (by == null) {
        counted.add(row);
      } else {
        setAside.add(new SetAside(row, List.copyOf(by)));
      }
    }
    return new Sorted(counted, setAside);
  }
}
