package dev.clearance.web;

import dev.clearance.ClearanceApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The service over a real port, with the records of the AuthZEN scenario as its only policy. */
@SpringBootTest(
    classes = ClearanceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "clearance.tables=src/test/resources/authzen/decision-tables",
      "clearance.public-url=https://pdp.example.com/"
    })
abstract class RecordsApiTest {

  @LocalServerPort private int port;

  final Caller caller() {
    return new Caller(port);
  }
}
