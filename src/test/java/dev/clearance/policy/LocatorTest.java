package dev.clearance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An article stands for all its items, and for no other article. */
class LocatorTest {

  @ParameterizedTest
  @CsvSource({
    "第十条, 第十条, true",
    "第十条, 第十条(一), true",
    "第十条, 第十条（一）, true",
    "第十条(一), 第十条（一）1, true",
    "第十条, 第十条前段, true",
    "第十条, 第十一条, false",
    "第十条(一), 第十条, false",
    "第十条(一), 第十条(二), false",
    "4.2, 4.2.1, true",
    "4.2, 4.21, false",
    "4.2, 4.2, true",
    "二, 二(三), true",
    "二, 二十, false",
    "'', 第十条, false",
  })
  void covers(String article, String item, boolean covered) {
    assertThat(Locator.covers(article, item)).isEqualTo(covered);
  }
}
