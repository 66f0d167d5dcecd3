package dev.clearance.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproverLevelTest {

  private static final List<ApproverLevel> LEVELS =
      List.of(
          level("clerk", OptionalInt.of(10), true),
          level("head", OptionalInt.of(20), true),
          level("deputy", OptionalInt.of(20), true),
          level("committee", OptionalInt.empty(), true),
          level("client", OptionalInt.empty(), false));

  @ParameterizedTest
  @CsvSource({
    "head, clerk, true",
    "head, head, true",
    "head, deputy, true",
    "clerk, head, false",
    "client, client, true",
    "client, clerk, false",
    "head, client, false",
    "head, committee, false",
    "committee, committee, true",
    "committee, clerk, false",
  })
  void aHigherRankSufficesForALowerOneAndABodyWithoutRankOnlyForItself(
      String held, String needed, boolean suffices) {
    assertThat(named(held).suffices(named(needed))).isEqualTo(suffices);
  }

  @Test
  void anExternalLevelHasNoRank() {
    assertThatThrownBy(() -> level("client", OptionalInt.of(1), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ApproverLevel named(String code) {
    return LEVELS.stream().filter(level -> level.code().equals(code)).findFirst().orElseThrow();
  }

  private static ApproverLevel level(String code, OptionalInt rank, boolean internal) {
    return new ApproverLevel(code, new Label(code, code), rank, internal);
  }
}
