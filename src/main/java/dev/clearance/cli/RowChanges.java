package dev.clearance.cli;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows that differ between two versions of a policy, by clause and content: a row that only moved
 * has not changed.
 */
public record RowChanges(List<RowChange> all) {

  /** A row of the old version, of the new one, or of both with another content. */
  public record RowChange(Optional<Row> before, Optional<Row> after) {

    private String line() {
      if (before.isPresent() && after.isPresent()) {
        return "~ " + text(before.get()) + " → " + text(after.get());
      }
      return before.isPresent() ? "- " + text(before.get()) : "+ " + text(after.orElseThrow());
    }

    private static String text(Row row) {
      return row.clause().locator()
          + " "
          + row.summary().zh()
          + " ("
          + row.place().sheet()
          + "!"
          + row.place().row()
          + ")";
    }
  }

  public static RowChanges between(Policy old, Policy candidate) {
    Map<String, List<Row>> before = byClause(old);
    Map<String, List<Row>> after = byClause(candidate);
    Map<String, List<Row>> clauses = new LinkedHashMap<>(before);
    clauses.putAll(after);
    List<RowChange> changes = new ArrayList<>();
    for (String clause : clauses.keySet()) {
      List<Row> gone = new ArrayList<>(before.getOrDefault(clause, List.of()));
      List<Row> fresh = new ArrayList<>();
      for (Row row : after.getOrDefault(clause, List.of())) {
        Optional<Row> same =
            gone.stream().filter(one -> content(one).equals(content(row))).findFirst();
        if (same.isPresent()) {
          gone.remove(same.get());
        } else {
          fresh.add(row);
        }
      }
      for (int i = 0; i < Math.max(gone.size(), fresh.size()); i++) {
        changes.add(new RowChange(at(gone, i), at(fresh, i)));
      }
    }
    return new RowChanges(List.copyOf(changes));
  }

  private static Optional<Row> at(List<Row> rows, int index) {
    return index < rows.size() ? Optional.of(rows.get(index)) : Optional.empty();
  }

  private static Map<String, List<Row>> byClause(Policy policy) {
    return policy.rows().stream()
        .collect(
            Collectors.groupingBy(
                row -> row.clause().code(), LinkedHashMap::new, Collectors.toList()));
  }

  /** Everything that a row says, but not where it says it. */
  private static List<Object> content(Row row) {
    return List.of(
        row.place().sheet(),
        row.when().stream().map(Condition::key).sorted().toList(),
        row.effect(),
        row.obligations(),
        row.overrides(),
        row.summary(),
        row.inForce(),
        row.acknowledged());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<String> lines() {
    if (all.isEmpty()) {
      return List.of("no row differs");
    }
    return all.stream().map(RowChange::line).toList();
  }
}
