package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A row is a duplicate when an earlier row of its table has the same conditions and effect. */
final class DuplicateRows {

  private final Reviewed reviewed;

  DuplicateRows(Reviewed reviewed) {
    this.reviewed = reviewed;
  }

  /** Each duplicate with the row that it repeats. */
  Map<Row, Row> rows() {
    Map<Row, Row> duplicates = new IdentityHashMap<>();
    Map<Object, Row> seen = new HashMap<>();
    for (Row row : reviewed.policy().rows()) {
      Object key =
          List.of(
              row.place().sheet(), RowContent.of(row, reviewed.policy().vocabulary()).meaning());
      Row earlier = seen.putIfAbsent(key, row);
      if (earlier != null) {
        duplicates.put(row, earlier);
      }
    }
    return duplicates;
  }

  List<Finding> findings() {
    Set<String> clauses =
        reviewed.policy().clauses().stream().map(Clause::code).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    rows()
        .forEach(
            (row, earlier) -> {
              if (!Acknowledgement.silences(
                  row, Check.DUPLICATE_ROW, earlier.clause().code(), clauses)) {
                findings.add(
                    new Finding(
                        Check.DUPLICATE_ROW,
                        row.place(),
                        "this row ("
                            + row.clause().code()
                            + ") has the conditions and the effect of "
                            + Reviewed.name(earlier),
                        "delete one of them, or write 重复 in 确认"));
              }
            });
    return findings;
  }
}
