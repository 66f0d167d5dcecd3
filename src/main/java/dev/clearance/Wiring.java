package dev.clearance;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.journal.Journal;
import dev.clearance.repository.PastReleases;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.RulesFolder;
import dev.clearance.web.Answer;
import dev.clearance.web.CurrentRules;
import dev.clearance.web.PastRules;
import dev.clearance.web.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Puts the parts together: the one place that knows all of them. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  /** Days begin at midnight where the server stands. */
  @Bean
  Clock clock() {
    return Clock.systemDefaultZone();
  }

  @Bean
  PolicyRepository policyRepository(
      Environment environment,
      ObjectProvider<Opening> early,
      @Value("${clearance.watch}") boolean watch,
      Clock clock) {
    Opening opening = early.getIfAvailable();
    PolicyRepository repository =
        opening == null ? PolicyRepository.open(settings(environment), clock) : opening.take();
    if (watch) {
      repository.watch();
    }
    return repository;
  }

  static PolicyRepository.Settings settings(Environment environment) {
    Path tables = Path.of(environment.getRequiredProperty("clearance.tables"));
    Path rules = Path.of(environment.getRequiredProperty("clearance.rules"));
    String history = environment.getRequiredProperty("clearance.history");
    Path versions =
        history.isEmpty() ? PolicyRepository.Settings.historyBeside(tables) : Path.of(history);
    String[] defaults =
        environment.getRequiredProperty("clearance.default-policies", String[].class);
    return new PolicyRepository.Settings(
        new RulesFolder(tables, rules), versions, List.of(defaults), List.of());
  }

  @Bean
  CurrentRules currentRules(
      PolicyRepository repository,
      @Value("${clearance.cache.size}") DataSize cacheSize,
      MeterRegistry metrics) {
    if (cacheSize.toBytes() == 0) {
      return () -> repository.current().point();
    }
    BoundedMemory memory = BoundedMemory.ofBytes(cacheSize.toBytes(), Answer::text);
    CaffeineCacheMetrics.monitor(metrics, memory.cache(), "verdicts");
    Gauge.builder("clearance.cache.bytes", memory, BoundedMemory::bytes)
        .description("what the verdicts that are kept take, near enough")
        .register(metrics);
    return () -> memory.of(repository.current().point());
  }

  @Bean
  PastRules pastRules(PolicyRepository repository) {
    return new PastReleases(repository)::at;
  }

  /** Where no collector is named, nothing is traced and none of this is loaded. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${otel.exporter.otlp.endpoint}'.isEmpty()")
  static class Tracing {

    @Bean(destroyMethod = "close")
    OpenTelemetrySdk openTelemetry(
        @Value("${otel.exporter.otlp.endpoint}") String endpoint,
        @Value("${spring.application.name}") String name) {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesSupplier(
              () ->
                  Map.of(
                      "otel.exporter.otlp.endpoint", endpoint,
                      "otel.exporter.otlp.protocol", "http/protobuf",
                      "otel.service.name", name,
                      // Metrics are at /actuator/prometheus.
                      "otel.metrics.exporter", "none",
                      "otel.logs.exporter", "none"))
          .build()
          .getOpenTelemetrySdk();
    }

    @Bean
    Traces traces(OpenTelemetrySdk openTelemetry) {
      return new Traces(openTelemetry);
    }
  }

  /** Where no file is named, no log of decisions is kept. */
  @Bean
  @ConditionalOnExpression("!'${clearance.log.file}'.isEmpty()")
  Journal journal(
      @Value("${clearance.log.file}") Path file,
      @Value("${clearance.log.when-full}") Journal.WhenFull whenFull,
      @Value("${clearance.log.capacity}") int capacity,
      @Value("${clearance.log.patience}") Duration patience,
      @Value("${clearance.log.max-size}") DataSize mostBytes,
      @Value("${clearance.log.keep}") int keep,
      @Value("${clearance.log.sync}") Duration sync,
      Clock clock) {
    return new Journal(
        new Journal.Settings(file, whenFull, capacity, patience, mostBytes.toBytes(), keep, sync),
        clock);
  }
}
