package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.conformance.RandomRequests;
import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionJsonTest {

  @Test
  void theJsonOfARememberedVerdictHasTheBytesOfAFreshOne() {
    long seed = Long.getLong("seed", System.nanoTime());
    DecisionPoint fresh = ShippedPolicies.release().point();
    DecisionPoint remembering = new BoundedMemory(1_000).of(fresh);
    DecisionJson json = new DecisionJson();
    for (PolicyRules rules : fresh.rules().policies()) {
      RandomRequests requests = new RandomRequests(rules.policy(), new Random(seed));
      for (int i = 0; i < 50; i++) {
        DecisionRequest request =
            new DecisionRequest(
                List.of(rules.policy().id()), ShippedPolicies.TODAY, requests.next());
        Decision decision = fresh.decide(request);
        byte[] expected = Json.bytes(out -> new AnswerWriter(out).decision(decision));
        for (int again = 0; again < 3; again++) {
          assertThat(json.of(remembering.decide(request), true))
              .as("-Dseed=%s", seed)
              .isEqualTo(expected);
        }
      }
    }
  }
}
