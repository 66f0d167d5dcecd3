package dev.clearance;

import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.RulesFolder;
import dev.clearance.web.CurrentRules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
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

  @Bean
  PolicyRepository policyRepository(
      @Value("${clearance.tables}") Path tables,
      @Value("${clearance.rules}") Path rules,
      @Value("${clearance.history}") String history,
      @Value("${clearance.default-policies}") List<String> defaults,
      @Value("${clearance.watch}") boolean watch,
      Clock clock) {
    Path versions =
        history.isEmpty() ? PolicyRepository.Settings.historyBeside(tables) : Path.of(history);
    PolicyRepository repository =
        PolicyRepository.open(
            new PolicyRepository.Settings(
                new RulesFolder(tables, rules), versions, defaults, List.of()),
            clock);
    if (watch) {
      repository.watch();
    }
    return repository;
  }

  @Bean
  CurrentRules currentRules(PolicyRepository repository) {
    return () -> repository.current().point();
  }
}
