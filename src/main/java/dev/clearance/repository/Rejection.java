package dev.clearance.repository;

import dev.clearance.finding.Finding;
import java.time.Instant;
import java.util.List;

/**
 * Why what the folder holds is not in force; what was in force before, if anything, still is.
 *
 * @param file name of the workbook or of the file of rules
 * @param at when it was found
 */
public record Rejection(String file, List<Finding> findings, Instant at) {

  public Rejection {
    findings = List.copyOf(findings);
  }
}
