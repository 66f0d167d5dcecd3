package dev.clearance;

import dev.clearance.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** The workbooks or rules hold errors, so nothing may be answered. */
final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartRefused(List<Finding> findings) {
    super(
        findings.stream()
            .filter(Finding::isError)
            .map(Finding::toString)
            .collect(Collectors.joining("\n", "nothing is in force:\n", "")));
  }
}
