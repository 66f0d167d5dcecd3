package dev.clearance.workbook;

import dev.clearance.policy.Clause;
import dev.clearance.policy.Row;
import dev.clearance.source.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where the cells of a policy's workbook are, for findings about what the rows mean. */
public final class Cells {

  private final Map<String, Map<String, Integer>> columns = new HashMap<>();
  private final Map<String, Place> clauses = new HashMap<>();
  private final NavigableMap<Integer, String> examples = new TreeMap<>();

  Cells() {}

  void addTable(Table table) {
    columns.put(table.place().sheet(), table.columnsByName());
  }

  void addExamples(Table table) {
    table.columnsByName().forEach((name, at) -> examples.put(at, name));
  }

  /** The columns of 用例 by their place, each by the Chinese name of what it holds. */
  NavigableMap<Integer, String> exampleColumns() {
    return examples;
  }

  void addClause(String code, Place place) {
    clauses.put(code, place);
  }

  /**
   * The cell of a row under a header, given by its Chinese name or the label of an attribute; the
   * row itself when its sheet has no such column.
   */
  public Place of(Row row, String header) {
    Integer column = columns.getOrDefault(row.place().sheet(), Map.of()).get(header);
    return column == null ? row.place() : row.place().atColumn(column);
  }

  /** The cell where a clause is listed. */
  public Place of(Clause clause, Place otherwise) {
    return clauses.getOrDefault(clause.code(), otherwise);
  }
}
