package dev.clearance;

import dev.clearance.cli.Commands;
import dev.clearance.security.KeyCommand;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service. */
@SpringBootApplication
public class ClearanceApplication {

  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(KeyCommand.NAME)) {
      List<String> rest = List.of(arguments).subList(1, arguments.length);
      System.exit(new KeyCommand(Clock.systemDefaultZone()).run(rest, System.out, System.err));
    }
    if (Commands.isCommand(arguments)) {
      System.exit(new Commands(List.of()).run(arguments));
    }
    SpringApplication.run(ClearanceApplication.class, arguments);
  }
}
