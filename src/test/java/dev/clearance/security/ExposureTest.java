package dev.clearance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearance.ClearanceApplication;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;

/** A service that others can reach starts with credentials or not at all. */
class ExposureTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "localhost"})
  void loopbackNeedsNoKey(String address) throws Exception {
    assertThat(exposure(address).onlyLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.0.0.0", "::", "10.1.2.3", "fe80::1", "::ffff:10.1.2.3"})
  void anyOtherAddressDoes(String address) throws Exception {
    Exposure exposure = exposure(address);
    KeyFile none = new KeyFile(folder.resolve("absent"), Clock.systemUTC());

    assertThat(exposure.onlyLoopback()).isFalse();
    exposure.requireCredentials(true, none);
    assertThatThrownBy(() -> exposure.requireCredentials(false, none))
        .isInstanceOf(Exposure.WideOpen.class);
  }

  private static Exposure exposure(String address) throws Exception {
    return new Exposure(
        List.of(
            address.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(address))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.address=0.0.0.0",
        "--server.address=",
        "--management.server.port=0",
      })
  void theServiceRefusesToStartAndSaysWhatToSet(String argument) {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    ClearanceApplication.class,
                    "--server.port=0",
                    "--clearance.tables=src/test/resources/authzen/decision-tables",
                    "--clearance.keys=" + folder.resolve("absent"),
                    argument))
        .satisfies(
            failure ->
                assertThat(new StartFailures().analyze(failure))
                    .satisfies(
                        analysis -> {
                          assertThat(analysis.getDescription())
                              .startsWith("the service would listen on ")
                              .contains("every address of this machine, but it knows no key");
                          assertThat(analysis.getAction())
                              .contains("key create --role decide", "clearance.jwt.issuer");
                        }));
  }

  @Test
  void everyAddressCounts() {
    Exposure exposure =
        new Exposure(List.of(Optional.of(InetAddress.getLoopbackAddress()), Optional.empty()));

    assertThat(exposure.beyondLoopback()).containsExactly("every address of this machine");
  }
}
