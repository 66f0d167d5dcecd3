package dev.clearance.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clearance.conformance.Answer;
import dev.clearance.conformance.ReferenceEvaluator;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  private static final int PAIRS = Integer.getInteger("pairs", 100);

  @Test
  void theDifferenceIsThatOfAllRequestsTriedOneByOne() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("differences of random policies with -Dseed=" + seed);
    long tried = 0;
    long changed = 0;
    for (int i = 0; i < PAIRS; i++) {
      SmallPolicies small = new SmallPolicies(new Random(seed + i));
      Policy before = small.next();
      Policy after = small.changed(before);
      SmallFreedom freedom = small.freedom();
      Difference difference = Difference.between(before, after, freedom);
      for (LocalDate day : List.of(SmallPolicies.DAY.minusDays(1), SmallPolicies.DAY)) {
        ReferenceEvaluator old = new ReferenceEvaluator(before, day, freedom.free());
        ReferenceEvaluator now = new ReferenceEvaluator(after, day, freedom.free());
        for (Facts facts : small.requests()) {
          tried++;
          Expected one =
              new Expected(old.evaluate(facts), Judgement.of(before, freedom, facts, day));
          Expected two =
              new Expected(now.evaluate(facts), Judgement.of(after, freedom, facts, day));
          At at = new At(seed + i, facts, day, freedom.isTold());
          one.isAsJudged(at);
          two.isAsJudged(at);
          same(at, "结论", difference.answers(), facts, day, one.outcome(), two.outcome());
          same(at, "须履行", difference.answers(), facts, day, one.obligations(), two.obligations());
          same(at, "密级", difference.levels(), facts, day, one.level(), two.level());
          same(at, "处分", difference.sanctions(), facts, day, one.sanctions(), two.sanctions());
          boolean answersDiffer = !one.answer().equals(two.answer());
          changed += answersDiffer ? 1 : 0;
          check(at, "answers", difference.answers(), facts, day, answersDiffer);
          check(
              at,
              "grounds",
              difference.grounds(),
              facts,
              day,
              !answersDiffer && !one.norms().equals(two.norms()));
        }
      }
    }
    assertThat(changed).isGreaterThan(PAIRS);
    assertThat(tried).isGreaterThan(100L * PAIRS);
  }

  /** Where a difference was found, to try it again. */
  private record At(long seed, Facts facts, LocalDate day, boolean told) {
    @Override
    public String toString() {
      return "-Dseed=" + seed + " -Dpairs=1: " + facts + " on " + day;
    }
  }

  private record Expected(Answer reference, Judgement judgement) {

    void isAsJudged(At at) {
      boolean agrees =
          judgement.outcome().code().equals(reference.outcome())
              && judgement
                  .approver()
                  .map(level -> level.code())
                  .orElse("")
                  .equals(reference.approver())
              && judgement.obligations().equals(reference.obligations())
              && codes(judgement.counted()).equals(reference.clauses())
              && codes(judgement.sanctions()).equals(reference.sanctions());
      if (!agrees) {
        fail(at + "\nthe judgement is not that of the reference: " + reference);
      }
    }

    private static Set<String> codes(List<Row> rows) {
      return rows.stream()
          .map(row -> row.clause().code())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> norms() {
      return codes(judgement.counted().stream().filter(Judgement::isNorm).toList());
    }

    Set<String> outcome() {
      return Set.of(
          judgement.outcome().zh()
              + judgement.approver().map(level -> "（" + level.label() + "）").orElse(""));
    }

    Set<String> obligations() {
      return judgement.counted().stream()
          .flatMap(row -> row.obligations().stream())
          .map(one -> one.label().zh())
          .collect(Collectors.toSet());
    }

    Set<String> level() {
      return judgement.level().map(Set::of).orElse(Set.of());
    }

    Set<String> sanctions() {
      return judgement.sanctions().stream()
          .map(row -> ((dev.clearance.policy.Effect.Punish) row.effect()).sanction())
          .map(Comparison::words)
          .collect(Collectors.toSet());
    }

    Object answer() {
      Set<Object> asked =
          judgement.broken().stream()
              .filter(row -> row.effect() instanceof dev.clearance.policy.Effect.Approve)
              .map(OutcomeQuestion::requirement)
              .collect(Collectors.toSet());
      return List.of(outcome(), obligations(), asked);
    }
  }

  /** Of the changes that cover the request, those about one thing say what changes in it. */
  private static void same(
      At at,
      String about,
      List<Change> changes,
      Facts facts,
      LocalDate day,
      Set<String> before,
      Set<String> after) {
    Set<String> lost = new TreeSet<>(before);
    lost.removeAll(after);
    Set<String> gained = new TreeSet<>(after);
    gained.removeAll(before);
    Set<String> saidLost = said(about, changes, facts, day, Change.Part::before);
    Set<String> saidGained = said(about, changes, facts, day, Change.Part::after);
    boolean right =
        at.told()
            ? lost.equals(saidLost) && gained.equals(saidGained)
            : saidLost.containsAll(lost) && saidGained.containsAll(gained);
    if (!right) {
      fail(
          at
              + "\n"
              + about
              + " was "
              + before
              + " is "
              + after
              + " but said "
              + saidLost
              + " → "
              + saidGained
              + "\n"
              + changes);
    }
  }

  private static Set<String> said(
      String about,
      List<Change> changes,
      Facts facts,
      LocalDate day,
      Function<Change.Part, String> side) {
    Set<String> said = new TreeSet<>();
    for (Change change : changes) {
      if (covers(change, facts, day)) {
        for (Change.Part part : change.parts()) {
          if (part.about().equals(about) && !side.apply(part).isEmpty()) {
            said.addAll(List.of(side.apply(part).split("、")));
          }
        }
      }
    }
    return said;
  }

  private static boolean covers(Change change, Facts facts, LocalDate day) {
    return change.situations().stream().anyMatch(one -> one.covers(facts, day));
  }

  private static void check(
      At at, String what, List<Change> changes, Facts facts, LocalDate day, boolean expected) {
    boolean covered = changes.stream().anyMatch(change -> covers(change, facts, day));
    // What may be free counts as both; so a request may be covered that gets the same answer.
    if (at.told() ? covered != expected : expected && !covered) {
      fail(at + "\n" + what + " differ: " + expected + " but said " + covered + "\n" + changes);
    }
  }
}
