package dev.clearance.web;

import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.journal.Journal;
import dev.clearance.repository.PolicyRepository;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What can be watched from outside: answers and how long they took, versions, the log. */
@Component
final class Meters {

  /** Several policies that answer together are one name, so that the names stay few. */
  private static final String SEVERAL = "several";

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  /** Answers that are counted together. */
  private record Kind(Question question, String policy, String outcome) {}

  private final MultiGauge versions;
  private final Counter changes;
  private final CurrentRules rules;
  private RulesInForce seen;

  Meters(MeterRegistry registry, CurrentRules rules, ObjectProvider<PolicyRepository> repository) {
    this.registry = registry;
    this.rules = rules;
    this.seen = rules.now().rules();
    this.versions =
        MultiGauge.builder("clearance.policy.version")
            .description("1 for each policy and the version that is in force")
            .register(registry);
    this.changes =
        Counter.builder("clearance.rules.changes")
            .description("times that other rules were found in force")
            .register(registry);
    show(seen);
    Gauge.builder("clearance.policies", this, Meters::policies)
        .description("policies in force")
        .register(registry);
    PolicyRepository known = repository.getIfAvailable();
    if (known != null) {
      Gauge.builder("clearance.workbooks.rejected", known, one -> one.rejections().size())
          .description("files in the folders that are not in force because they are not clean")
          .register(registry);
    }
  }

  /** Whoever reads the meters looks whether the versions that they name are still those. */
  private synchronized int policies() {
    RulesInForce now = rules.now().rules();
    if (now != seen) {
      seen = now;
      changes.increment();
      show(now);
    }
    return now.policies().size();
  }

  private void show(RulesInForce inForce) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (PolicyRules policy : inForce.policies()) {
      rows.add(
          MultiGauge.Row.of(
              Tags.of("policy", policy.policy().id(), "version", policy.version()), 1));
    }
    versions.register(rows, true);
  }

  void count(Question question, List<PolicyRules> policies, String outcome, long nanos) {
    String policy = policies.size() == 1 ? policies.get(0).policy().id() : SEVERAL;
    timers
        .computeIfAbsent(new Kind(question, policy, outcome), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("clearance.decisions")
        .description("answers, and how long the rules took")
        .tags(
            "question", kind.question().code(), "policy", kind.policy(), "outcome", kind.outcome())
        .serviceLevelObjectives(
            Duration.ofNanos(20_000),
            Duration.ofNanos(50_000),
            Duration.ofNanos(100_000),
            Duration.ofNanos(250_000),
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100))
        .register(registry);
  }

  void watch(Journal journal) {
    Gauge.builder("clearance.log.backlog", journal, Journal::backlog)
        .description("lines that wait to be written")
        .register(registry);
    Gauge.builder("clearance.log.failing", journal, one -> one.isFailing() ? 1 : 0)
        .description("1 while the disk refuses what is written")
        .register(registry);
    FunctionCounter.builder("clearance.log.written", journal, Journal::written)
        .description("lines written")
        .register(registry);
    FunctionCounter.builder("clearance.log.dropped", journal, Journal::dropped)
        .description("lines lost")
        .register(registry);
  }
}
