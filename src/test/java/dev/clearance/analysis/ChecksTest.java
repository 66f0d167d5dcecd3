package dev.clearance.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.decision.Freedom;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checks, against every request of small policies tried one by one. */
class ChecksTest {

  private static final int POLICIES = Integer.getInteger("policies", 50);
  private static final List<LocalDate> DAYS =
      List.of(SmallPolicies.DAY.minusDays(1), SmallPolicies.DAY);

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void aRowIsShadowedExactlyWhenNoRequestNeedsIt() {
    System.out.println("shadowed rows of random policies with -Dseed=" + seed);
    int shadowed = 0;
    for (int i = 0; i < POLICIES; i++) {
      SmallPolicies small = new SmallPolicies(new Random(seed + i));
      Policy policy = small.next();
      List<Row> expected = new ArrayList<>();
      for (Row row : policy.rows()) {
        List<Row> others = new ArrayList<>(policy.rows());
        others.remove(row.index());
        Difference difference =
            Difference.between(policy, SmallPolicies.policy(others), small.freedom());
        if (difference.answers().isEmpty()
            && difference.sanctions().isEmpty()
            && readsAlike(small, policy, SmallPolicies.policy(others))) {
          expected.add(row);
        }
      }
      shadowed += expected.size();
      assertThat(new ShadowedRows(new Reviewed(policy, small.freedom()), Progress.NONE).rows())
          .as("-Dseed=%d -Dpolicies=1", seed + i)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(shadowed).isPositive();
  }

  private static boolean readsAlike(SmallPolicies small, Policy one, Policy other) {
    for (LocalDate day : DAYS) {
      for (Facts facts : small.requests()) {
        if (!Judgement.of(one, small.freedom(), facts, day)
            .facts()
            .equals(Judgement.of(other, small.freedom(), facts, day).facts())) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void rowsConflictExactlyWhenARequestFindsBothAndTheyDiffer() {
    System.out.println("conflicts of random policies with -Dseed=" + seed);
    int conflicting = 0;
    for (int i = 0; i < POLICIES; i++) {
      SmallPolicies small = new SmallPolicies(new Random(seed + i));
      Policy policy = small.next();
      Set<Row> expected = new LinkedHashSet<>();
      for (LocalDate day : DAYS) {
        for (Facts facts : small.requests()) {
          addConflicts(Judgement.of(policy, small.freedom(), facts, day).counted(), expected);
        }
      }
      conflicting += expected.size();
      assertThat(new ConflictingRows(new Reviewed(policy, small.freedom())).findings())
          .as("-Dseed=%d -Dpolicies=1", seed + i)
          .extracting(finding -> finding.place())
          .containsExactlyInAnyOrderElementsOf(expected.stream().map(Row::place).toList());
    }
    assertThat(conflicting).isPositive();
  }

  private static void addConflicts(List<Row> counted, Set<Row> conflicts) {
    for (Row later : counted) {
      for (Row earlier : counted) {
        if (earlier.index() < later.index()
            && contends(later)
            && contends(earlier)
            && !later.effect().getClass().equals(earlier.effect().getClass())) {
          conflicts.add(later);
        }
      }
    }
  }

  private static boolean contends(Row row) {
    return Judgement.isNorm(row) && !(row.effect() instanceof Effect.Duty);
  }

  @Test
  void aSanctionIsUnreachableExactlyWhenNoCaseReachesIt() {
    System.out.println("sanctions of random policies with -Dseed=" + seed);
    for (int i = 0; i < POLICIES; i++) {
      SmallPolicies small = new SmallPolicies(new Random(seed + i));
      Policy policy = small.next();
      Set<Row> reached = new LinkedHashSet<>();
      for (LocalDate day : DAYS) {
        for (Facts facts : small.requests()) {
          reached.addAll(Judgement.of(policy, small.freedom(), facts, day).sanctions());
        }
      }
      List<Row> expected =
          policy.sanctionRows().stream().filter(row -> !reached.contains(row)).toList();
      assertThat(new UnreachableSanctions(new Reviewed(policy, small.freedom())).rows())
          .as("-Dseed=%d -Dpolicies=1", seed + i)
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void everyGapIsNotCoveredAndEveryProposalIsDecidedByItsRow() {
    System.out.println("gaps and proposals of random policies with -Dseed=" + seed);
    int gaps = 0;
    for (int i = 0; i < POLICIES; i++) {
      SmallPolicies small = new SmallPolicies(new Random(seed + i));
      Policy policy = small.next();
      // Where nobody can tell what is free, the gap is what no row covers.
      Freedom told = small.freedom().isTold() ? small.freedom() : SmallFreedom.NOTHING;
      for (Gaps.Gap gap : new Gaps(new Reviewed(policy, small.freedom())).gaps(1000)) {
        Space space = gap.cover().boxes().get(0).space();
        for (LocalDate day : DAYS) {
          for (Facts facts : small.requests()) {
            boolean asked = new Box(space, gap.among().box(space.axes())).covers(facts, day);
            boolean covered = gap.cover().boxes().stream().anyMatch(box -> box.covers(facts, day));
            if (asked) {
              gaps++;
              boolean open =
                  Judgement.of(policy, told, facts, day).outcome()
                      == dev.clearance.decision.Outcome.NOT_COVERED;
              assertThat(covered).as("-Dseed=%d: %s on %s", seed + i, facts, day).isEqualTo(open);
            }
          }
        }
      }
      for (ExampleProposal proposal :
          Analysis.examplesFor(policy, small.freedom(), policy.rows())) {
        Judgement judgement =
            Judgement.of(
                policy,
                small.freedom(),
                proposal.facts(),
                proposal.asOf().orElse(SmallPolicies.DAY));
        List<Row> deciding = new ArrayList<>(judgement.counted());
        deciding.addAll(judgement.sanctions());
        assertThat(deciding).as("-Dseed=%d", seed + i).contains(proposal.row());
      }
    }
    assertThat(gaps).isPositive();
  }

  @Test
  void anAcknowledgementSilencesTheNamedCheckForTheNamedClauses() {
    Row row = SmallPolicies.row("1", new Effect.Allow());
    assertThat(silenced(row, "冲突", "2")).isTrue();
    assertThat(silenced(row, "冲突 3", "2")).isFalse();
    assertThat(silenced(row, "冲突3、2 已核", "2")).isTrue();
    assertThat(silenced(row, "conflict 2", "2")).isTrue();
    assertThat(silenced(row, "重复 2", "2")).isFalse();
    assertThat(silenced(row, "", "2")).isFalse();
  }

  private static boolean silenced(Row row, String text, String other) {
    Row acknowledged =
        new Row(
            0,
            row.clause(),
            row.place(),
            row.when(),
            row.effect(),
            List.of(),
            List.of(),
            row.summary(),
            InForce.ALWAYS,
            text);
    return Acknowledgement.silences(
        acknowledged, dev.clearance.finding.Check.CONFLICT, other, Set.of("1", "2", "3"));
  }
}
