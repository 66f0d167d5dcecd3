package dev.clearance.web;

import dev.clearance.finding.Finding;
import dev.clearance.repository.Rejection;
import java.util.List;
import java.util.Optional;

/** Why a workbook is not published. */
final class PublicationProblems {

  private PublicationProblems() {}

  static Problem notClean(String detail, List<Finding> findings) {
    return new Problem(
        422,
        "not-clean",
        "The workbook is not clean",
        detail,
        List.of(),
        json -> FindingWriter.write(json, "findings", findings));
  }

  /** For a new policy whose workbook was saved but is not clean. */
  static Problem nothingButRejected(Rejection rejection) {
    return new Problem(
        404,
        "not-in-force",
        "The policy is not in force",
        "The workbook " + Text.mended(rejection.file()) + " is saved, but it is not clean.",
        List.of(),
        json -> {
          json.writeStringProperty("at", rejection.at().toString());
          FindingWriter.write(json, "findings", rejection.findings());
        });
  }

  static Problem moved(Optional<String> current) {
    String detail =
        current.isEmpty()
            ? "The policy is not in force."
            : "Another version is in force than the request expects; compare with it and try again.";
    return new Problem(
        412,
        "version-moved",
        "Another version is in force",
        detail,
        List.of(),
        json -> {
          json.writeName("currentVersion");
          if (current.isPresent()) {
            json.writeString(current.get());
          } else {
            json.writeNull();
          }
        });
  }

  static Problem readOnly(String reason) {
    return new Problem(
        503, "read-only", "This service does not publish", sentence(reason), List.of());
  }

  static Problem notSaved() {
    return new Problem(
        500,
        "not-saved",
        "The workbook could not be saved",
        "The workbook could not be saved, and what was in force still is; the log says why.",
        List.of());
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
