package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The checks of what rows mean together. Exact: nothing is sampled, nothing is guessed. */
public final class Analysis {

  private Analysis() {}

  /** Conflicts, duplicates, shadowed rows, gaps and unreachable sanctions of one policy. */
  public static List<Finding> of(Policy policy, Freedom freedom) {
    return of(policy, freedom, Progress.NONE);
  }

  /**
   * @param freedom what is free where no row speaks
   */
  public static List<Finding> of(Policy policy, Freedom freedom, Progress progress) {
    progress.at("conflicts", 0, 1);
    Reviewed reviewed = new Reviewed(policy, freedom);
    List<Finding> findings = new ArrayList<>(new ConflictingRows(reviewed).findings());
    progress.at("duplicates", 0, 1);
    DuplicateRows duplicates = new DuplicateRows(reviewed);
    findings.addAll(duplicates.findings());
    progress.at("sanctions", 0, 1);
    UnreachableSanctions unreachable = new UnreachableSanctions(reviewed);
    findings.addAll(unreachable.findings());
    Map<Row, Row> reported = new IdentityHashMap<>(duplicates.rows());
    duplicates.rows().values().forEach(row -> reported.put(row, row));
    unreachable.rows().forEach(row -> reported.put(row, row));
    findings.addAll(new ShadowedRows(reviewed, progress).findings(reported.keySet()));
    progress.at("gaps", 0, 1);
    findings.addAll(new Gaps(reviewed).findings());
    return findings.stream().sorted().toList();
  }

  /**
   * Obligations that no policy uses.
   *
   * @param sheet where the vocabulary lists obligations
   */
  public static List<Finding> unusedObligations(
      Vocabulary vocabulary, Place sheet, Collection<Policy> policies) {
    return UnusedObligations.of(vocabulary, sheet, policies);
  }

  /** For each of these rows a request that it decides; none for a row that can never count. */
  public static List<ExampleProposal> examplesFor(
      Policy policy, Freedom freedom, Collection<Row> rows) {
    return new Proposals(new Reviewed(policy, freedom)).forRows(rows);
  }
}
