package dev.clearance.policy;

import dev.clearance.vocabulary.Label;
import java.util.List;

/**
 * One norm of a regulation.
 *
 * @param id {@code housing-centre/11-1}: the policy, and the code by which tables refer to it
 * @param locator the numbering that the source gives it; several clauses may share one
 * @param kind what the clause does, in the words of the sheet; 说明 for one that decides nothing
 * @param links codes of related clauses, for readers
 */
public record Clause(
    String id,
    String code,
    String locator,
    String kind,
    Label summary,
    String confidence,
    String note,
    List<String> links) {

  public Clause {
    links = List.copyOf(links);
  }
}
