package dev.clearance.analysis;

import dev.clearance.policy.Row;
import java.util.List;
import java.util.Optional;

/**
 * A row that one version has and the other has not, or has otherwise. Where a row stands does not
 * matter.
 *
 * @param clause the clause's code
 * @param parts labels of the columns that differ, for a changed row
 */
public record RowChange(
    Kind kind, String clause, Optional<Row> before, Optional<Row> after, List<String> parts) {

  /** What became of the row. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  public RowChange {
    parts = List.copyOf(parts);
  }
}
