package dev.clearance;

import dev.clearance.repository.PolicyRepository;
import java.time.Clock;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Begins to open the rules before there is a bean that could: Spring needs about as long for its
 * own parts, and one processor for that.
 */
final class EarlyOpening implements ApplicationContextInitializer<GenericApplicationContext> {

  @Override
  public void initialize(GenericApplicationContext context) {
    PolicyRepository.Settings settings = Wiring.settings(context.getEnvironment());
    Clock clock = Clock.systemDefaultZone();
    Opening opening = new Opening(() -> PolicyRepository.open(settings, clock));
    DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
    beans.registerSingleton("opening", opening);
    beans.registerDisposableBean("opening", opening);
  }
}
