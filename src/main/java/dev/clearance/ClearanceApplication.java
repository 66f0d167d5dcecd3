package dev.clearance;

import dev.clearance.analysis.Analysis;
import dev.clearance.cli.Commands;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service, or runs a command of the command line. */
@SpringBootApplication
public class ClearanceApplication {

  public static void main(String[] arguments) {
    if (Commands.isCommand(arguments)) {
      System.exit(
          new Commands(List.of((workbook, rules) -> Analysis.of(workbook.policy(), rules.rules())))
              .run(arguments));
    }
    SpringApplication.run(ClearanceApplication.class, arguments);
  }
}
