package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.ClearanceApplication;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.Matches;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RuleBase;
import dev.clearance.decision.RulesInForce;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Rules that cannot be evaluated are an error, never a permit, and the reason stays inside. */
@SpringBootTest(
    classes = ClearanceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ExtendWith(OutputCaptureExtension.class)
class FailingRulesTest {

  private static final String PROBLEM =
      "{\"type\":\"urn:clearance:problem:internal-error\","
          + "\"title\":\"The request could not be answered\",\"status\":500,"
          + "\"detail\":\"Something went wrong here; nothing is permitted by this answer.\"";

  @TestBean private CurrentRules currentRules;
  @Autowired private RestTestClient client;

  static CurrentRules currentRules() {
    RulesInForce sample = SampleRules.point().rules();
    Policy annex = sample.policy("annex").orElseThrow().policy();
    PolicyRules failing = new PolicyRules(annex, new Failing(), "failing-version");
    DecisionPoint point = new DecisionPoint(sample.with(failing));
    return () -> point;
  }

  private static final class Failing implements RuleBase {
    @Override
    public Matches match(Facts facts, LocalDate asOf) {
      throw new IllegalStateException("row 7 of a table that nobody may see");
    }

    @Override
    public boolean isFree(Facts reading, LocalDate asOf) {
      throw new IllegalStateException("row 7 of a table that nobody may see");
    }

    @Override
    public List<Row> sanctions(Facts facts, Set<String> broken, LocalDate asOf) {
      throw new IllegalStateException("row 7 of a table that nobody may see");
    }
  }

  @Test
  void theAnswerNamesTheRequestAndTheLogTheReason(CapturedOutput log) {
    client
        .post()
        .uri("/v1/decisions")
        .header("X-Request-ID", "r-500")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"policies\":[\"annex\"]}")
        .exchange()
        .expectStatus()
        .isEqualTo(500)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectHeader()
        .valueEquals("X-Request-ID", "r-500")
        .expectBody(String.class)
        .isEqualTo(PROBLEM + ",\"instance\":\"/v1/decisions\",\"requestId\":\"r-500\"}");
    assertThat(log).contains("request r-500 failed", "row 7 of a table that nobody may see");
  }

  @Test
  void oneFailingRequestOfABatchLeavesTheOthersTheirAnswers() {
    client
        .post()
        .uri("/v1/decisions/batch")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"requests\":[{\"policies\":[\"annex\"]},{\"policies\":[\"office\"]}]}")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .value(
            body ->
                assertThat(body)
                    .startsWith(
                        "{\"decisions\":[{\"problem\":"
                            + PROBLEM
                            + "}},{\"outcome\":\"not-covered\",\"permitted\":false"));
  }
}
