package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sanction is unreachable when no case makes it certain and not set aside, or when it punishes
 * the violation of clauses that no row can find violated.
 */
final class UnreachableSanctions {

  private final Reviewed reviewed;

  UnreachableSanctions(Reviewed reviewed) {
    this.reviewed = reviewed;
  }

  /** Those that no case reaches. */
  List<Row> rows() {
    return reviewed.policy().sanctionRows().stream()
        .filter(row -> !isReachable(row, Request.any()))
        .toList();
  }

  List<Finding> findings() {
    Set<String> clauses =
        reviewed.policy().clauses().stream().map(Clause::code).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    for (Row row : reviewed.policy().sanctionRows()) {
      if (Acknowledgement.silences(row, Check.UNREACHABLE_SANCTION, "", clauses)) {
        continue;
      }
      if (!isReachable(row, Request.any())) {
        findings.add(
            finding(
                row,
                "this sanction ("
                    + row.clause().code()
                    + ") can never follow: its conditions exclude each other, or it is always"
                    + " set aside"));
      } else if (!isReachable(row, namingNoViolation())) {
        findings.add(
            finding(
                row,
                "this sanction ("
                    + row.clause().code()
                    + ") follows from the violation of clauses that no row finds violated"));
      }
    }
    return findings;
  }

  private static Finding finding(Row row, String message) {
    return new Finding(
        Check.UNREACHABLE_SANCTION,
        row.place(),
        message,
        "correct its conditions, or write 不可达 in 确认");
  }

  private Request namingNoViolation() {
    Request request = Request.any();
    Optional<Attribute> violations = reviewed.policy().vocabulary().violations();
    if (violations.isPresent() && !reviewed.space().axesOf(violations.get()).isEmpty()) {
      BitSet notGiven = new BitSet();
      notGiven.set(0);
      request.only(reviewed.space().axesOf(violations.get()).get(0), notGiven);
    }
    return request;
  }

  private boolean isReachable(Row row, Request among) {
    for (Slice slice : reviewed.slices()) {
      int item = reviewed.applies(slice, row);
      if (item >= 0) {
        SanctionQuestion question = new SanctionQuestion(slice, Reviewed.bits(slice, item));
        Walk walk = new Walk(slice, List.of(question), List.of(slice.compatible(item)));
        if (Finder.find(walk, among, label -> label == 1, Reviewed.bits(slice, item)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
