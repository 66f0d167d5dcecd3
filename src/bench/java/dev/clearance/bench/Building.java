package dev.clearance.bench;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.Verdict;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.drools.ShippedRules;
import dev.clearance.finding.Checked;
import dev.clearance.policy.Policy;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import java.util.ArrayList;
import java.util.List;

/** From tables to a decision point that is ready to answer. */
final class Building {

  private final String name;
  private final RuleCompiler compiler = ShippedRules.compiler();
  private final List<Policy> policies;
  private List<byte[]> workbooks = List.of();

  /**
   * @param name of synthetic tables
   */
  Building(String name) {
    this.name = name;
    this.policies = Tables.policies(name);
  }

  DecisionPoint build() {
    return Tables.point(policies, compiler);
  }

  /** The policies are written as workbooks, for those who read them. */
  Building write() {
    workbooks = policies.stream().map(Workbooks::of).toList();
    return this;
  }

  List<Policy> read() {
    PolicyReader reader = new PolicyReader(policies.get(0).vocabulary());
    List<Policy> all = new ArrayList<>();
    for (int i = 0; i < workbooks.size(); i++) {
      Checked<PolicyWorkbook> read =
          reader.read(policies.get(i).id() + ".xlsx", workbooks.get(i));
      all.add(
          read.value()
              .map(PolicyWorkbook::policy)
              .orElseThrow(() -> new AssertionError(read.findings().toString())));
    }
    return all;
  }

  DecisionPoint readAndBuild() {
    return Tables.point(read(), compiler);
  }

  /** What is read answers as what was written. */
  void check() {
    Tables tables = Tables.of(name);
    DecisionPoint read = readAndBuild();
    for (DecisionRequest request : tables.requests().subList(0, 300)) {
      Verdict expected = tables.point().decide(request).verdict();
      Verdict found = read.decide(request).verdict();
      Agreement.same(request, expected.outcome(), found.outcome());
      Agreement.same(request, expected.citations(), found.citations());
      Agreement.same(request, expected.obligations(), found.obligations());
      Agreement.same(request, expected.missing(), found.missing());
    }
  }
}
