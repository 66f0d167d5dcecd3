package dev.clearance.repository;

import dev.clearance.decision.PolicyRules;
import dev.clearance.finding.Finding;
import dev.clearance.workbook.PolicyWorkbook;
import java.util.List;

/** Something that every workbook is held against before it comes into force. */
@FunctionalInterface
public interface PolicyCheck {

  /**
   * What is found; an error keeps the workbook out of force.
   *
   * @param rules as the workbook would answer
   */
  List<Finding> findings(PolicyWorkbook workbook, PolicyRules rules);
}
