package dev.clearance;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.RulesFolder;
import dev.clearance.repository.StartRefused;
import dev.clearance.web.CurrentRules;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together: the one place that knows all of them. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  /** Days begin at midnight where the server stands. */
  @Bean
  Clock clock() {
    return Clock.systemDefaultZone();
  }

  @Bean
  PolicyRepository policyRepository(
      @Value("${clearance.tables}") Path tables,
      @Value("${clearance.rules}") Path rules,
      @Value("${clearance.history}") String history,
      @Value("${clearance.default-policies}") List<String> defaults,
      @Value("${clearance.watch}") boolean watch,
      Clock clock)
      throws IOException {
    RulesFolder folder = new RulesFolder(tables, rules);
    PolicyRepository repository =
        history.isEmpty()
            ? besideTheTables(folder, defaults, clock)
            : open(folder, Path.of(history), defaults, clock);
    if (watch) {
      repository.watch();
    }
    return repository;
  }

  private static PolicyRepository open(
      RulesFolder folder, Path history, List<String> defaults, Clock clock) {
    return PolicyRepository.open(
        new PolicyRepository.Settings(folder, history, defaults, List.of()), clock);
  }

  /**
   * Where nobody said where versions are to be kept, a folder that cannot be written, or that
   * another service has open, is no reason not to answer.
   */
  private static PolicyRepository besideTheTables(
      RulesFolder folder, List<String> defaults, Clock clock) throws IOException {
    Path history = PolicyRepository.Settings.historyBeside(folder.tables());
    try {
      return open(folder, history, defaults, clock);
    } catch (StartRefused refused) {
      if (!refused.findings().isEmpty()) {
        throw refused;
      }
      Path temporary = Files.createTempDirectory("clearance-published");
      LOG.warn(
          "{}; until clearance.history names a folder of its own, versions are kept in {} only",
          refused.getMessage(),
          temporary);
      return open(folder, temporary, defaults, clock);
    }
  }

  @Bean
  CurrentRules currentRules(
      PolicyRepository repository,
      @Value("${clearance.cache.size}") int cacheSize,
      MeterRegistry metrics) {
    if (cacheSize == 0) {
      return () -> repository.current().point();
    }
    BoundedMemory memory = new BoundedMemory(cacheSize);
    CaffeineCacheMetrics.monitor(metrics, memory.cache(), "verdicts");
    return () -> memory.of(repository.current().point());
  }
}
