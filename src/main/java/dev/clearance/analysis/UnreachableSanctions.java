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

  /** Making a question looks at each item of an act. */
  private static final int WORDS_OF_AN_ITEM = 4;

  private final Reviewed reviewed;
  private final Effort whole = Effort.whole();
  private final Unexamined unexamined = new Unexamined(Check.UNREACHABLE_SANCTION);

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
    unexamined.finding().ifPresent(findings::add);
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

  /** What is too much to be found out is not said to be unreachable. */
  private boolean isReachable(Row row, Request among) {
    boolean known = true;
    for (int cell = 0; cell < reviewed.acts(); cell++) {
      try {
        Slice slice = reviewed.slice(cell, whole).orElseThrow(Effort.Exceeded::new);
        int item = reviewed.applies(slice, row);
        if (item >= 0 && reaches(slice, item, among)) {
          return true;
        }
      } catch (Effort.Exceeded tooMuch) {
        known = false;
      }
    }
    if (!known) {
      unexamined.add(row);
    }
    return !known;
  }

  private boolean reaches(Slice slice, int item, Request among) {
    whole.spend(WORDS_OF_AN_ITEM * slice.size());
    long[] members = Reviewed.bits(slice, item);
    Walk walk =
        new Walk(
            slice, List.of(new SanctionQuestion(slice, members)), List.of(slice.compatible(item)));
    return Finder.find(walk, among, label -> label == 1, members, whole.search()).isPresent();
  }
}
