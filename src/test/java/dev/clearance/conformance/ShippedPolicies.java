package dev.clearance.conformance;

import dev.clearance.finding.Checked;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** The workbooks and rules of this repository, loaded once for all tests. */
public final class ShippedPolicies {

  public static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private static final Checked<Release> LOADED =
      new RulesFolder(Path.of("decision-tables"), Path.of("rules")).load(List.of(), TODAY);

  private ShippedPolicies() {}

  public static Checked<Release> loaded() {
    return LOADED;
  }

  public static Release release() {
    return LOADED.value().orElseThrow(() -> new AssertionError("not clean:\n" + LOADED.findings()));
  }
}
