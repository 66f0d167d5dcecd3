package dev.clearance.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

  private static final Place SHEET = Place.of("a.xlsx").inSheet("许可");

  @ParameterizedTest
  @CsvSource({
    "0, 0, ''",
    "7, 4, D7",
    "12, 0, 12",
    "0, 4, D",
    "1, 26, Z1",
    "1, 27, AA1",
    "1, 702, ZZ1",
    "1, 703, AAA1",
    "1048576, 16384, XFD1048576",
  })
  void addressesAreThoseOfExcel(int row, int column, String address) {
    assertThat(SHEET.atCell(row, column).address()).isEqualTo(address);
  }

  @Test
  void textNamesAsMuchAsIsKnown() {
    assertThat(Place.of("a.xlsx")).hasToString("a.xlsx");
    assertThat(SHEET).hasToString("a.xlsx!许可");
    assertThat(SHEET.atRow(12)).hasToString("a.xlsx!许可!12");
    assertThat(SHEET.atRow(7).atColumn(4)).hasToString("a.xlsx!许可!D7");
  }

  @Test
  void placesSortByWorkbookSheetRowAndColumn() {
    Place second = SHEET.atCell(2, 3);
    assertThat(
            Stream.of(Place.of("b.xlsx"), SHEET.atCell(10, 1), SHEET.atCell(2, 10), second, SHEET)
                .sorted())
        .containsExactly(
            SHEET, second, SHEET.atCell(2, 10), SHEET.atCell(10, 1), Place.of("b.xlsx"));
  }

  @Test
  void rowsAndColumnsAreNotNegative() {
    assertThatThrownBy(() -> SHEET.atRow(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
