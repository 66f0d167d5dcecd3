package dev.clearance;

import dev.clearance.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts the service, or runs a command of the command line. */
@SpringBootApplication(scanBasePackages = {"dev.clearance.web", "dev.clearance.security"})
@Import(Wiring.class)
public class ClearanceApplication {

  public static void main(String[] arguments) {
    if (Commands.isCommand(arguments)) {
      System.exit(new Commands().run(arguments));
    }
    application().run(arguments);
  }

  /** The service, with the rules being opened while Spring puts the rest together. */
  static SpringApplication application() {
    SpringApplication application = new SpringApplication(ClearanceApplication.class);
    application.addInitializers(new EarlyOpening());
    return application;
  }
}
