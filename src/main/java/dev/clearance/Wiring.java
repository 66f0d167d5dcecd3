package dev.clearance;

import dev.clearance.finding.Checked;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import dev.clearance.web.CurrentRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
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
  Release release(
      @Value("${clearance.tables}") Path tables,
      @Value("${clearance.rules}") Path rules,
      @Value("${clearance.default-policies}") List<String> defaults,
      Clock clock) {
    Checked<Release> loaded = new RulesFolder(tables, rules).load(defaults, LocalDate.now(clock));
    return loaded.value().orElseThrow(() -> new StartRefused(loaded.findings()));
  }

  @Bean
  CurrentRules currentRules(Release release) {
    return release::point;
  }
}
