package dev.clearance.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "'ＡＢＣ（一）', abc(一)",
    "'  Top   Secret ', top secret",
    "'绝\u3000密', 绝 密",
    "'a\u00a0\nb', a b",
    "'机\u200b密', 机密",
    "'', ''",
  })
  void spellingsOfOneNameAreOne(String text, String normal) {
    assertThat(Names.normal(text)).isEqualTo(normal);
    assertThat(Names.normal(normal)).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "文挡, 文档",
    "文当, 文档",
    "clasified, classified",
    "Classifeid, classified",
    "复印, 复印件",
    "绝密件, 绝密",
  })
  void whatIsNearIsProposed(String text, String meant) {
    assertThat(Names.nearest(text, List.of("文档", "classified", "复印件", "绝密", "档案室")))
        .contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "xyz", "会议", "花"})
  void whatIsFarIsNot(String text) {
    assertThat(Names.nearest(text, List.of("文档", "classified", "复印件", ""))).isEmpty();
  }

  @Test
  void aLongTextIsNoMisspeltName() {
    assertThat(Names.nearest("文档".repeat(100_000), List.of("文档"))).isEmpty();
  }

  /** What is passed over unread must be what reading it would give. */
  @Test
  void aPlainCharacterHasNoOtherForm() {
    for (int c = Character.MIN_VALUE; c <= Character.MAX_VALUE; c++) {
      String text = String.valueOf((char) c);
      if (Names.isPlain(text)) {
        assertThat(Normalizer.normalize(text, Normalizer.Form.NFKC)).isEqualTo(text);
        assertThat(text).doesNotMatch("[\\s\\p{Z}\\p{Cc}\\p{Cf}]");
        assertThat(Names.normal(" " + text + "\u200b")).isEqualTo(Names.normal(text));
      }
    }
    assertThat(List.of("", " ", " A", "A ", "A  B", "A\u00a0B")).noneMatch(Names::isPlain);
    assertThat(List.of("A B", "复制、摘抄", "rank 1")).allMatch(Names::isPlain);
    assertThat(Names.isPlain("B7，")).isFalse();
    assertThat(Names.isPlain("绝密A")).isTrue();
  }
}
