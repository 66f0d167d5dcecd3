package dev.clearance.web;

import dev.clearance.ClearanceApplication;
import dev.clearance.decision.DecisionPoint;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.convention.TestBean;

/** The service over a real port, with the sample rules on a fixed day. */
@SpringBootTest(
    classes = ClearanceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
abstract class ApiTest {

  private static final DecisionPoint POINT = SampleRules.point();

  @TestBean private CurrentRules currentRules;
  @TestBean private Clock clock;

  static CurrentRules currentRules() {
    return () -> POINT;
  }

  static Clock clock() {
    return Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
  }
}
