package dev.clearance;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.RulesInForce;
import dev.clearance.vocabulary.Vocabulary;
import dev.clearance.web.CurrentRules;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together: the one place that knows all of them. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  /** Days begin at midnight where the server stands. */
  @Bean
  Clock clock() {
    return Clock.systemDefaultZone();
  }

  /** No policy is in force until workbooks are loaded. */
  @Bean
  CurrentRules currentRules() {
    Vocabulary empty = new Vocabulary(List.of(), List.of(), List.of(), List.of());
    DecisionPoint point = new DecisionPoint(new RulesInForce(empty, List.of(), List.of()));
    return () -> point;
  }
}
