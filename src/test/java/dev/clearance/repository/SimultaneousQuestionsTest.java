package dev.clearance.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Value;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that come at the same time must not find the rows of one another. */
class SimultaneousQuestionsTest {

  private static final int ROUNDS = 200;
  private static final int ASKING = 6;

  @TempDir Path root;

  @Test
  void theSameQuestionIsAnsweredAlikeHoweverManyAskItAtOnce() throws Exception {
    LocalDate today = LocalDate.of(2026, 11, 22);
    SmallFolder folder = SmallFolder.in(root).withShippedRules();
    Release release = folder.folder().load(List.of(), today).value().orElseThrow();
    byte[] workbook = SmallFolder.policy("desk", "允许");
    CyclicBarrier together = new CyclicBarrier(ASKING);
    ExecutorService threads = Executors.newFixedThreadPool(ASKING);
    List<String> outcomes = new ArrayList<>();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        PolicyFile fresh = release.check("desk.xlsx", workbook, today).value().orElseThrow();
        DecisionPoint point = release.with(fresh).point();
        DecisionRequest request =
            new DecisionRequest(
                List.of("desk"),
                today,
                Facts.of(
                    release.vocabulary(),
                    Map.of(
                        release.vocabulary().attribute("action").orElseThrow(),
                        new Value.Code("act-1"))));
        List<Callable<String>> questions = new ArrayList<>();
        for (int i = 0; i < ASKING; i++) {
          questions.add(
              () -> {
                together.await();
                return point.decide(request).outcome().code();
              });
        }
        for (Future<String> answer : threads.invokeAll(questions)) {
          outcomes.add(answer.get());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(outcomes).hasSize(ROUNDS * ASKING).containsOnly("permit");
  }
}
