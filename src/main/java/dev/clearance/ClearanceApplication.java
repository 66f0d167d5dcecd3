package dev.clearance;

import dev.clearance.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service, or runs a command of the command line. */
@SpringBootApplication
public class ClearanceApplication {

  public static void main(String[] arguments) {
    if (Commands.isCommand(arguments)) {
      System.exit(new Commands().run(arguments));
    }
    SpringApplication.run(ClearanceApplication.class, arguments);
  }
}
