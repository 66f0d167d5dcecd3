package dev.clearance.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @Test
  void aCellIsNamedByItsColumnAndItsRow() {
    assertThat(Address.of("A1")).contains(new Address(1, 1));
    assertThat(Address.of("$Z$26")).contains(new Address(26, 26));
    assertThat(Address.of("AA$7")).contains(new Address(7, 27));
    assertThat(Address.of("XFD1048576")).contains(new Address(1_048_576, 16_384));
    assertThat(Address.of("B0")).contains(new Address(0, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "7",
        "$",
        "$$A1",
        "A$$1",
        "a1",
        "AAAA1",
        "A12345678",
        "A-1",
        "A1 ",
        "A１",
        "A1:B2"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(Address.of(text)).isEqualTo(Optional.empty());
  }
}
