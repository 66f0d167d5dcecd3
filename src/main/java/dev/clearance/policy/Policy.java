package dev.clearance.policy;

import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * One regulation of one organisation, as its workbook holds it.
 *
 * @param id kebab-case; the name of the workbook
 * @param source which document it encodes
 * @param rows all rows of all tables; the index of a row is its position here
 * @param directory subjects and resources that the workbook lists
 */
public record Policy(
    String id,
    Label title,
    String issuer,
    String appliesTo,
    String source,
    String note,
    InForce inForce,
    Vocabulary vocabulary,
    List<Clause> clauses,
    List<Row> rows,
    List<Entity> directory) {

  public Policy {
    clauses = List.copyOf(clauses);
    rows = List.copyOf(rows);
    directory = List.copyOf(directory);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).index() != i) {
        throw new IllegalArgumentException("row " + rows.get(i).place() + " stands at " + i);
      }
    }
  }

  /** By the code that tables use, such as {@code 11-1}. */
  public Optional<Clause> clause(String code) {
    return clauses.stream().filter(clause -> clause.code().equals(code)).findFirst();
  }

  /** The rows that threaten or promise a sanction. */
  public List<Row> sanctionRows() {
    return rows.stream().filter(row -> row.effect() instanceof Effect.Punish).toList();
  }
}
