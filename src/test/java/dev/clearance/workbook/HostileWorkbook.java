package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clearance.finding.Finding;
import java.time.Duration;
import java.util.List;

/** A good workbook, to be spoiled, and what is then found in it before anybody loses patience. */
final class HostileWorkbook {

  static final String SHEET = "xl/worksheets/sheet1.xml";

  private static final byte[] GOOD =
      TextWorkbook.xlsx(TextWorkbook.resource("/golden/policy.txt").replace("_", ""));

  private HostileWorkbook() {}

  static byte[] good() {
    return GOOD.clone();
  }

  static List<Finding> found(byte[] bytes) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> new PolicyReader(TextWorkbook.vocabulary()).read("demo.xlsx", bytes).findings());
  }

  /** As it is read. */
  static List<String> said(byte[] bytes) {
    return found(bytes).stream().map(Finding::toString).toList();
  }
}
