package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearance.analysis.Analysis;
import dev.clearance.analysis.Stopped;
import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.decision.Freedom;
import dev.clearance.policy.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An analysis that nobody can wait for ends. */
class AnalystTest {

  private final Freedom freedom = ShippedPolicies.release().freedom();

  private static Policy policy(String id) {
    return ShippedPolicies.release().file(id).orElseThrow().workbook().policy();
  }

  @Test
  void whatDoesNotEndInTimeIsGivenUpAndNotRemembered() {
    Policy policy = policy("housing-centre");
    Analyst hurried = new Analyst(Duration.ofMillis(1));
    try {
      assertThat(hurried.findings("v1", policy, freedom)).isEmpty();
      assertThat(hurried.findings("v1", policy, freedom)).isEmpty();
    } finally {
      hurried.destroy();
    }
  }

  @Test
  void whatWasFoundOutIsTheSameAsWithoutALimitAndIsKnownAgain() {
    Policy policy = policy("office-clerk");
    Analyst patient = new Analyst(Duration.ofHours(1));
    try {
      assertThat(patient.findings("v1", policy, freedom)).contains(Analysis.of(policy, freedom));
      assertThat(patient.findings("v1", policy, freedom).orElseThrow())
          .isSameAs(patient.findings("v1", policy, freedom).orElseThrow());
      assertThat(patient.difference("v1", policy, "v1", policy, freedom).orElseThrow().isSilent())
          .isTrue();
    } finally {
      patient.destroy();
    }
  }

  @Test
  void anInterruptedThreadAnalysesNoFurther() {
    Policy policy = policy("office-clerk");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Analysis.of(policy, freedom)).isInstanceOf(Stopped.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
