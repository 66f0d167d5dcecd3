package dev.clearance.repository;

import dev.clearance.finding.Finding;
import java.util.List;
import java.util.Optional;

/** What became of an attempt to publish. */
public sealed interface Publication {

  /**
   * It is in force and on disk.
   *
   * @param created whether the policy is new
   */
  record Published(PolicyFile file, boolean created) implements Publication {}

  /**
   * Another version is in force than the publisher expected.
   *
   * @param current the version in force; empty for none
   */
  record VersionMoved(Optional<String> current) implements Publication {}

  /** The workbook does not check clean; nothing changed. */
  record NotClean(List<Finding> findings) implements Publication {
    public NotClean {
      findings = List.copyOf(findings);
    }
  }

  /** There is no such version to restore. */
  record NoSuchVersion() implements Publication {}

  /** This service cannot publish: versions cannot be kept. */
  record ReadOnly(String reason) implements Publication {}
}
