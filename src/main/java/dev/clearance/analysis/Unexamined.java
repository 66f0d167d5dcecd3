package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Row;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Rows of which a check could not find out what it asks: that would take too long. */
final class Unexamined {

  private final Check check;
  private final Set<Integer> rows = new HashSet<>();
  private Optional<Row> first = Optional.empty();

  Unexamined(Check check) {
    this.check = check;
  }

  void add(Row row) {
    rows.add(row.index());
    if (first.isEmpty() || row.index() < first.get().index()) {
      first = Optional.of(row);
    }
  }

  boolean contains(Row row) {
    return rows.contains(row.index());
  }

  /** One finding for all, at the first row. */
  Optional<Finding> finding() {
    return first.map(
        row ->
            new Finding(
                check,
                row.place(),
                "the rows tell apart too much: for this one ("
                    + row.clause().code()
                    + ")"
                    + (rows.size() > 1 ? " and " + (rows.size() - 1) + " more" : "")
                    + " it was not examined "
                    + question(),
                "name the act in more rows, and ask for fewer different values"));
  }

  private String question() {
    return switch (check) {
      case CONFLICT -> "whether another row says otherwise";
      case SHADOWED_ROW -> "whether it decides anything";
      default -> "whether the sanction can follow";
    };
  }
}
