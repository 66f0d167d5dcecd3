package dev.clearance.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Those who edit workbooks read Chinese. */
class InChineseTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/findings");
  private static final Pattern LINE = Pattern.compile(".*: (?:error|warning) [a-z-]+: (.*)");

  @Test
  void everyCheckHasAName() {
    List<String> nameless = new ArrayList<>();
    for (Check check : Check.values()) {
      if (InChinese.name(check).equals(check.code())) {
        nameless.add(check.code());
      }
    }
    assertThat(nameless).isEmpty();
  }

  /** In a golden line the hint stands in brackets at the end; a message may hold some, too. */
  @Test
  void everyMessageAndHintOfTheGoldenWorkbooksIsThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (String said : golden()) {
      seen++;
      boolean whole = InChinese.said(said).isPresent();
      boolean parted = false;
      for (int at = said.indexOf(" (");
          at >= 0 && said.endsWith(")");
          at = said.indexOf(" (", at + 1)) {
        parted |=
            InChinese.said(said.substring(0, at)).isPresent()
                && InChinese.said(said.substring(at + 2, said.length() - 1)).isPresent();
      }
      if (!(said.endsWith(")") ? parted : whole)) {
        missing.add(said);
      }
    }
    assertThat(missing).isEmpty();
    assertThat(seen).isGreaterThan(80);
  }

  private static Set<String> golden() throws IOException {
    Set<String> said = new TreeSet<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.collect(Collectors.toList())) {
        for (String line : Files.readAllLines(file)) {
          Matcher matcher = LINE.matcher(line);
          if (matcher.matches()) {
            said.add(matcher.group(1));
          }
        }
      }
    }
    return said;
  }

  @Test
  void whatStandsInASentenceStaysAndItsPartsAreTranslated() {
    Finding term =
        new Finding(
            Check.UNKNOWN_TERM, Place.of("a.xlsx"), "行为 has no term \"复印\"", "did you mean 复制?");
    assertThat(InChinese.message(term)).isEqualTo("行为 里没有 \"复印\" 这个词");
    assertThat(InChinese.hint(term)).isEqualTo("是不是“复制”？");
    assertThat(
            InChinese.said(
                "this row (1) prohibits (禁止) what 第一条 (1, 许可!2) allows (允许), both for 行为=复制"))
        .contains("本行（1）禁止的事，第一条 (1, 许可!2)却允许，两者都适用于：行为=复制");
    assertThat(InChinese.said("no row covers 行为 谈论 for 密级 内部; 密级 公开; and 3 more (42 combinations)"))
        .contains("没有一行管到：行为 谈论，情形是 密级 内部; 密级 公开；另有 3 处（共 42 种组合）");
  }

  @Test
  void aSentenceThatNobodyTranslatedStaysAsItIs() {
    Finding other = new Finding(Check.GAP, Place.of("a.xlsx"), "something new", "");
    assertThat(InChinese.message(other)).isEqualTo("something new");
    assertThat(InChinese.hint(other)).isEmpty();
  }
}
