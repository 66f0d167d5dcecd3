package dev.clearance.repository;

import dev.clearance.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Nothing can be put in force: a service that knows only a part of the rules must not answer. The
 * message is the print-out that an operator reads.
 */
public final class StartRefused extends RuntimeException {

  private final transient List<Finding> findings;

  StartRefused(List<Finding> findings) {
    super(
        findings.stream()
            .map(Finding::toString)
            .collect(
                Collectors.joining(
                    "\n", "The service does not start: its rules are not clean.\n", "")));
    this.findings = List.copyOf(findings);
  }

  StartRefused(String reason, Exception cause) {
    super("The service does not start: " + reason, cause);
    this.findings = List.of();
  }

  /** Everything that was found, warnings included; empty when a folder could not be read. */
  public List<Finding> findings() {
    return findings;
  }
}
