package dev.clearance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service. */
@SpringBootApplication
public class ClearanceApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ClearanceApplication.class, arguments);
  }
}
