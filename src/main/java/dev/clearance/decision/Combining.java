package dev.clearance.decision;

import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Obligation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the counted findings of all policies become one answer. */
final class Combining {

  private Combining() {}

  static Outcome outcome(List<Reading> readings) {
    Tally tally = Tally.EMPTY;
    for (Reading reading : readings) {
      tally = tally.and(reading.tally());
    }
    return tally.outcome();
  }

  /** One entry for each distinct requirement, in the order of the findings. */
  static List<Approval> approvals(List<Reading> readings) {
    record Key(ApproverRequirement requirement, boolean held) {}
    Map<Key, Set<String>> clauses = Map.of();
    for (Reading reading : readings) {
      for (Row row : reading.counted()) {
        if (row.effect() instanceof Effect.Approve approve) {
          clauses = clauses.isEmpty() ? new LinkedHashMap<>() : clauses;
          boolean held = approve.approver().isMetBy(reading.facts().approvals());
          clauses
              .computeIfAbsent(new Key(approve.approver(), held), any -> new LinkedHashSet<>())
              .add(row.clause().id());
        }
      }
    }
    List<Approval> approvals = new ArrayList<>(clauses.size());
    clauses.forEach(
        (key, ids) -> approvals.add(new Approval(key.requirement(), key.held(), List.copyOf(ids))));
    return approvals;
  }

  /**
   * The internal level of the highest rank among the unmet requirements, or the first level of the
   * first one where none is ranked.
   */
  static Optional<LeadingApprover> leading(List<Approval> approvals) {
    Optional<LeadingApprover> leading = Optional.empty();
    for (Approval approval : approvals) {
      if (approval.held()) {
        continue;
      }
      ApproverRequirement requirement = approval.requirement();
      for (ApproverLevel level : requirement.leadingLevels()) {
        int rank = level.rank().getAsInt();
        if (leading.isEmpty() || leading.get().level().rank().orElse(-1) < rank) {
          leading = Optional.of(new LeadingApprover(level, requirement.title()));
        }
      }
      if (leading.isEmpty()) {
        leading =
            Optional.of(new LeadingApprover(requirement.levels().get(0), requirement.title()));
      }
    }
    return leading;
  }

  /** Whatever the outcome, in the order of the findings. */
  static List<Owed> obligations(List<Reading> readings) {
    Map<Obligation, Set<String>> clauses = Map.of();
    for (Reading reading : readings) {
      for (Row row : reading.counted()) {
        for (Obligation obligation : row.obligations()) {
          clauses = clauses.isEmpty() ? new LinkedHashMap<>() : clauses;
          clauses.computeIfAbsent(obligation, any -> new LinkedHashSet<>()).add(row.clause().id());
        }
      }
    }
    List<Owed> owed = new ArrayList<>(clauses.size());
    clauses.forEach((obligation, ids) -> owed.add(new Owed(obligation, List.copyOf(ids))));
    return owed;
  }
}
