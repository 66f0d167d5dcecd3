package dev.clearance.repository;

import dev.clearance.decision.PolicyRules;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Row;
import dev.clearance.workbook.PolicyWorkbook;
import java.util.List;

/**
 * A policy in force, with the file that it was read from.
 *
 * @param bytes the workbook, as it was saved
 * @param digest SHA-256 of the bytes
 * @param warnings what its author may want to know; errors would have kept it out
 * @param uncovered rows that decide none of its examples
 */
public record PolicyFile(
    String name,
    byte[] bytes,
    String digest,
    PolicyWorkbook workbook,
    PolicyRules rules,
    List<Finding> warnings,
    List<Row> uncovered) {

  public PolicyFile {
    warnings = List.copyOf(warnings);
    uncovered = List.copyOf(uncovered);
  }

  public String policyId() {
    return rules.policy().id();
  }

  public String version() {
    return rules.version();
  }
}
