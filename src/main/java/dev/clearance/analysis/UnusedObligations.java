package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An obligation is unused when no row of any policy asks for it. */
final class UnusedObligations {

  private UnusedObligations() {}

  static List<Finding> of(Vocabulary vocabulary, Place sheet, Collection<Policy> policies) {
    Set<String> used = new HashSet<>();
    for (Policy policy : policies) {
      policy.rows().forEach(row -> row.obligations().forEach(one -> used.add(one.code())));
    }
    List<Finding> findings = new ArrayList<>();
    for (Obligation obligation : vocabulary.obligations().all()) {
      if (!used.contains(obligation.code())) {
        findings.add(
            new Finding(
                Check.UNUSED_OBLIGATION,
                sheet,
                "no row of any policy asks for "
                    + obligation.label()
                    + " ("
                    + obligation.code()
                    + ")",
                "delete it from 义务, or use it in 须履行"));
      }
    }
    return findings;
  }
}
