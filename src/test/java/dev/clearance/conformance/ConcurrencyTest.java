package dev.clearance.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many who ask at once get the answers that each would get alone. */
class ConcurrencyTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 12;

  private record Asked(DecisionRequest request, Decision decision, CaseReview review) {}

  @Test
  void answersGivenAtOnceAreThoseGivenOneByOne() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("concurrent requests with -Dseed=" + seed);
    DecisionPoint point = ShippedPolicies.release().point();
    List<Asked> alone = new ArrayList<>();
    for (String id : List.of("housing-centre", "coal-mine")) {
      Policy policy = point.rules().policy(id).orElseThrow().policy();
      RandomRequests requests = new RandomRequests(policy, new Random(seed));
      for (int i = 0; i < 100; i++) {
        Facts facts = requests.next();
        DecisionRequest request = new DecisionRequest(List.of(id), ShippedPolicies.TODAY, facts);
        alone.add(new Asked(request, point.decide(request), point.review(request)));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> wrong = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int shift = t * 7;
      wrong.add(threads.submit(() -> countWrong(point, alone, shift, start)));
    }
    start.countDown();
    int all = 0;
    for (Future<Integer> one : wrong) {
      all += one.get();
    }
    threads.shutdown();
    assertThat(all).isZero();
  }

  private static int countWrong(
      DecisionPoint point, List<Asked> alone, int shift, CountDownLatch start)
      throws InterruptedException {
    start.await();
    int wrong = 0;
    for (int i = 0; i < ROUNDS * alone.size(); i++) {
      Asked asked = alone.get((i + shift) % alone.size());
      try {
        boolean same =
            asked.decision().toString().equals(point.decide(asked.request()).toString())
                && asked.review().toString().equals(point.review(asked.request()).toString());
        wrong += same ? 0 : 1;
      } catch (RuntimeException failure) {
        wrong++;
      }
    }
    return wrong;
  }
}
