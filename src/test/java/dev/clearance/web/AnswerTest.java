package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.conformance.RandomRequests;
import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.policy.Facts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final int REQUESTS = 2_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void theBytesOfARememberedAnswerAreThoseOfAFreshOne() throws IOException {
    DecisionPoint fresh = ShippedPolicies.release().point();
    BoundedMemory memory = BoundedMemory.ofBytes(1 << 20, Answer::text);
    List<PolicyRules> policies = List.copyOf(fresh.rules().policies());
    List<DecisionRequest> asked = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      DecisionRequest request =
          asked.isEmpty() || random.nextBoolean() ? any(policies) : pick(asked);
      asked.add(request);
      Decision decision = fresh.decide(request);
      byte[] expected = Json.bytes(json -> new AnswerWriter(json).decision(decision));
      Answer remembered = Answer.of(memory.of(fresh).decide(request));

      assertThat(remembered.bytes()).as("-Dseed=%s", seed).isEqualTo(expected);
      assertThat(written(remembered)).as("-Dseed=%s", seed).isEqualTo(expected);
      assertThat(remembered.length()).as("-Dseed=%s", seed).isEqualTo(expected.length);
    }
    assertThat(memory.cache().stats().hitCount()).isPositive();
    assertThat(memory.cache().stats().evictionCount()).isPositive();
    assertThat(memory.bytes()).isLessThanOrEqualTo(1 << 20);
  }

  private DecisionRequest any(List<PolicyRules> policies) {
    PolicyRules one = pick(policies);
    List<String> ids =
        random.nextInt(4) == 0
            ? List.of(one.policy().id(), pick(policies).policy().id())
            : List.of(one.policy().id());
    Facts facts = new RandomRequests(one.policy(), random).next();
    return new DecisionRequest(ids, ShippedPolicies.TODAY.plusDays(random.nextInt(3)), facts);
  }

  private static byte[] written(Answer answer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    answer.writeTo(out);
    return out.toByteArray();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
