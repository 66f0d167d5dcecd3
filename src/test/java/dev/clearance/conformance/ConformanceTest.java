package dev.clearance.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two evaluators, one corpus: the engine answers as the regulations are read, and as the meaning of
 * a decision says.
 */
class ConformanceTest {

  private static final int RANDOM_REQUESTS_PER_POLICY = 1500;

  static Stream<String> policies() {
    return ShippedPolicies.release().files().stream().map(file -> file.rules().policy().id());
  }

  @Test
  void theShippedWorkbooksAreTwentyAndEveryRowHasAnExampleThatHolds() {
    assertThat(ShippedPolicies.loaded().findings()).isEmpty();
    assertThat(policies()).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theEngineAnswersTheCorpusAsTheRegulationsAreRead(String id) throws IOException {
    List<String> differences = new ArrayList<>();
    for (Corpus.Line line : Corpus.of(policy(id))) {
      Answer actual = ask(ShippedPolicies.release(), policy(id), line.request());
      if (!line.expected().equals(actual)) {
        differences.add(
            line.request() + "\n expected " + line.expected() + "\n but was  " + actual);
      }
    }
    if (!differences.isEmpty()) {
      fail(differences.size() + " differ:\n" + String.join("\n", first(differences)));
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theEngineAgreesWithTheReferenceEvaluatorOnRandomRequests(String id) {
    agreeOnRandomRequests(ShippedPolicies.release(), policy(id));
  }

  @ParameterizedTest
  @CsvSource({"authzen, record-access", "travel, travel-expenses"})
  void otherDomainsAgreeToo(String folder, String id) {
    Path tables = Path.of("src/test/resources", folder, "decision-tables");
    Release release =
        new RulesFolder(tables, Path.of("rules"))
            .load(List.of(), ShippedPolicies.TODAY)
            .value()
            .orElseThrow();
    agreeOnRandomRequests(release, release.file(id).orElseThrow().rules().policy());
  }

  private static void agreeOnRandomRequests(Release release, Policy policy) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("random requests for " + policy.id() + " with -Dseed=" + seed);
    ReferenceEvaluator reference = new ReferenceEvaluator(policy, ShippedPolicies.TODAY);
    RandomRequests requests = new RandomRequests(policy, new Random(seed));
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < RANDOM_REQUESTS_PER_POLICY; i++) {
      Facts facts = requests.next();
      Answer expected = reference.evaluate(facts);
      Answer actual = ask(release, policy, facts);
      if (!expected.equals(actual)) {
        differences.add(facts + "\n expected " + expected + "\n but was  " + actual);
      }
    }
    if (!differences.isEmpty()) {
      fail(
          differences.size()
              + " differ with seed "
              + seed
              + ":\n"
              + String.join("\n", first(differences)));
    }
  }

  private static List<String> first(List<String> differences) {
    return differences.subList(0, Math.min(3, differences.size()));
  }

  private static Policy policy(String id) {
    Release release = ShippedPolicies.release();
    return release.file(id).map(PolicyFile::rules).orElseThrow().policy();
  }

  private static Answer ask(Release release, Policy policy, Facts facts) {
    DecisionPoint point = release.point();
    DecisionRequest request =
        new DecisionRequest(List.of(policy.id()), ShippedPolicies.TODAY, facts);
    return Answer.of(point.decide(request), point.review(request));
  }
}
