package dev.clearance.repository;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a policy that is, or was, in force.
 *
 * @param version as answers name it; it depends on the workbook, the vocabulary and the rules
 * @param digest SHA-256 of the workbook
 * @param at when it came into force
 * @param author who published it; {@value #FOLDER} for a workbook saved into the folder
 * @param previous the version that it replaced
 */
public record Version(
    String policyId,
    String version,
    String digest,
    Instant at,
    String author,
    String note,
    Optional<String> previous) {

  /** The author of what is saved into the folder: nobody says who did it. */
  public static final String FOLDER = "folder";
}
