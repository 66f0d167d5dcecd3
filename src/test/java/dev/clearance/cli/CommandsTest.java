package dev.clearance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.cli.CommandLine.Result;
import dev.clearance.repository.SmallFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What editors read on the command line. */
class CommandsTest {

  @TempDir Path root;
  private SmallFolder folder;

  @BeforeEach
  void folder() {
    folder = SmallFolder.in(root);
  }

  private Result run(String... words) {
    return new CommandLine(root).run(words);
  }

  private String desk() {
    return folder.tables().resolve("desk.xlsx").toString();
  }

  private void breakDesk() {
    folder.save("desk.xlsx", SmallFolder.policy("desk", "复印", "禁用", "样例"));
  }

  @Test
  void aCleanWorkbookIsClean() {
    assertThat(run("check", desk()))
        .isEqualTo(new Result(0, "decision-tables/desk.xlsx: clean\n", ""));
  }

  @Test
  void aCleanFolderIsClean() {
    assertThat(run("check", folder.tables().toString()))
        .isEqualTo(new Result(0, "decision-tables: clean\n", ""));
  }

  @Test
  void findingsAreSortedByPlaceAndSummedUp() {
    breakDesk();
    Result expected =
        new Result(
            1,
            """
            desk.xlsx!条款!C2: error unknown-value: 性质 cannot be "禁用" (did you mean 禁止?)
            desk.xlsx!许可!B2: error unknown-term: 行为 has no term "复印" (did you mean 复制?)
            desk.xlsx!许可!C2: error unknown-value: 结论 cannot be "禁用" (did you mean 禁止?)
            """,
            "");
    Result workbook = run("check", desk());
    assertThat(workbook)
        .isEqualTo(
            new Result(
                1, expected.out() + "decision-tables/desk.xlsx: 3 errors, no warnings\n", ""));
    assertThat(run("check", folder.tables().toString()))
        .isEqualTo(new Result(1, expected.out() + "decision-tables: 3 errors, no warnings\n", ""));
  }

  @Test
  void machinesReadJson() {
    folder.save("desk.xlsx", SmallFolder.policy("desk", "复印", "禁止", "样例"));
    assertThat(run("check", "--format", "json", desk()))
        .isEqualTo(
            new Result(
                1,
                """
                {"subject":"decision-tables/desk.xlsx","errors":1,"warnings":0,"findings":[{\
                "place":"desk.xlsx!许可!B2","workbook":"desk.xlsx","sheet":"许可","cell":"B2",\
                "severity":"error","code":"unknown-term","message":"行为 has no term \\"复印\\"",\
                "hint":"did you mean 复制?","zh":{"check":"不认识的词","message":\
                "行为 里没有 \\"复印\\" 这个词","hint":"是不是“复制”？"}}]}
                """,
                ""));
    assertThat(run("check", "--format=json", folder.tables().resolve("vocabulary.xlsx").toString()))
        .isEqualTo(
            new Result(
                0,
                """
                {"subject":"decision-tables/vocabulary.xlsx","errors":0,"warnings":0,"findings":[]}
                """,
                ""));
  }

  @Test
  void findingsAreToldInChineseToThoseWhoAskForIt() {
    folder.save("desk.xlsx", SmallFolder.policy("desk", "复印", "禁止", "样例"));
    assertThat(run("check", "--lang", "zh", desk()))
        .isEqualTo(
            new Result(
                1,
                """
                desk.xlsx!许可!B2: 错误 不认识的词：行为 里没有 "复印" 这个词（是不是“复制”？）
                decision-tables/desk.xlsx: 1 处错误，0 处警告
                """,
                ""));
    assertThat(run("check", "--lang", "fr", desk()).err())
        .startsWith("--lang is en or zh, not fr\n");
  }

  @Test
  void aFileThatIsNoWorkbookIsAFinding() throws IOException {
    Files.writeString(Path.of(desk()), "<html>");
    assertThat(run("check", desk()))
        .isEqualTo(
            new Result(
                1,
                """
                desk.xlsx: error unreadable-file: the file is not an .xlsx workbook (open it in \
                Excel and save it as .xlsx)
                decision-tables/desk.xlsx: 1 error, no warnings
                """,
                ""));
  }

  @Test
  void aWorkbookElsewhereIsCheckedAgainstANamedVocabulary() throws IOException {
    Path elsewhere = Files.createDirectories(root.resolve("elsewhere")).resolve("desk.xlsx");
    Files.copy(Path.of(desk()), elsewhere);
    assertThat(run("check", elsewhere.toString()))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                there is no vocabulary.xlsx beside elsewhere/desk.xlsx; name one with --vocabulary
                clearance --help says how commands are written
                """));
    assertThat(
            run(
                "check",
                elsewhere.toString(),
                "--vocabulary",
                folder.tables().resolve("vocabulary.xlsx").toString(),
                "--rules",
                folder.rules().toString()))
        .isEqualTo(new Result(0, "elsewhere/desk.xlsx: clean\n", ""));
  }

  @Test
  void wordsThatMakeNoSenseAreRefused() {
    assertThat(run("chekc", desk()).err())
        .startsWith("there is no command chekc, only check, annotate, diff, examples, key\n");
    assertThat(run("check").err()).startsWith("name one workbook or folder to check\n");
    assertThat(run("check", desk(), "--fromat", "json").err())
        .startsWith("check has no option --fromat\n");
    assertThat(run("check", desk(), "--requests", "past.ndjson").err())
        .startsWith("check has no option --requests\n");
    assertThat(run("check", desk(), "--format").err())
        .startsWith("the option --format needs a value\n");
    assertThat(run("check", desk(), "--format", "xml").err())
        .startsWith("--format is text or json, not xml\n");
    assertThat(run("check", root.resolve("none.xlsx").toString()))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                there is no file or folder none.xlsx
                clearance --help says how commands are written
                """));
  }

  @Test
  void whatIsNoCommandIsForTheService() {
    assertThat(Commands.isCommand()).isFalse();
    assertThat(Commands.isCommand("--server.port=9090")).isFalse();
    assertThat(Commands.isCommand("check", "a.xlsx")).isTrue();
    assertThat(Commands.isCommand("--help")).isTrue();
    assertThat(run("--help").out())
        .contains("check <workbook|folder>", "annotate", "diff", "key create");
  }

  @Test
  void anAnnotatedCopyHasACommentAtEveryFaultyCell() throws IOException {
    breakDesk();
    Path copy = root.resolve("copy.xlsx");
    assertThat(run("annotate", desk(), "-o", copy.toString()))
        .isEqualTo(new Result(1, "copy.xlsx: 3 errors, no warnings\n", ""));
    try (XSSFWorkbook workbook =
        new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(copy)))) {
      assertThat(workbook.getSheet("许可").getCellComments().keySet())
          .extracting(Object::toString)
          .containsExactlyInAnyOrder("B2", "C2");
      assertThat(workbook.getSheet("条款").getCellComments().keySet())
          .extracting(Object::toString)
          .containsExactly("C2");
    }
    // The copy says the same as the original when it is checked in its place.
    folder.save("desk.xlsx", Files.readAllBytes(copy));
    assertThat(run("check", desk()).out()).endsWith("desk.xlsx: 3 errors, no warnings\n");
  }

  @Test
  void anAnnotatedCopyShowsWhatAnOlderVersionAnsweredAndProposesExamples() throws IOException {
    folder.withShippedRules();
    Path copy = root.resolve("copy.xlsx");
    Path old = Files.createDirectories(root.resolve("in-force")).resolve("desk.xlsx");
    Files.write(old, SmallFolder.policy("desk", "允许"));
    for (Path against : List.of(old, old.getParent())) {
      assertThat(run("annotate", desk(), "--against", against.toString(), "-o", copy.toString()))
          .isEqualTo(new Result(0, "copy.xlsx: clean\n"));
      assertThat(texts(copy, "变化"))
          .containsExactly(
              "类别|条款或情形|改了什么|原来|改后|原依据|改后依据|组合数",
              "改动的行|第一条 (1)|结论|行为 复制 → 允许 | 样例 / A sample|行为 复制 → 禁止 | 样例 / A sample"
                  + "|许可!2|许可!2",
              "答复改变|行为 复制|结论|允许|禁止|许可!2|许可!2|1");
      assertThat(texts(copy, "建议用例")).containsExactly("编号|问题|行为|预期结论|预期条款", "1|第一条 样例|复制|禁止|1");
    }
    assertThat(run("annotate", desk(), "-o", copy.toString()).status()).isEqualTo(0);
    assertThat(texts(copy, "变化")).isEmpty();
    assertThat(texts(copy, "建议用例")).hasSize(2);
  }

  @Test
  void onlyAVersionOfTheSamePolicyCanBeComparedInACopy() throws IOException {
    Path other = root.resolve("other.xlsx");
    Path copy = root.resolve("copy.xlsx");
    Files.write(other, SmallFolder.policy("shelf", "允许"));
    assertThat(run("annotate", desk(), "--against", other.toString(), "-o", copy.toString()).err())
        .startsWith(
            "other.xlsx is a version of shelf, and decision-tables/desk.xlsx one of desk\n");
    assertThat(run("annotate", desk(), "--against", root.toString(), "-o", copy.toString()).err())
        .startsWith("there is no file or folder desk.xlsx\n");
    Files.write(other, SmallFolder.policy("desk", "禁用"));
    assertThat(run("annotate", desk(), "--against", other.toString(), "-o", copy.toString()))
        .isEqualTo(
            new Result(
                2,
                """
                desk.xlsx!条款!C2: error unknown-value: 性质 cannot be "禁用" (did you mean 禁止?)
                desk.xlsx!许可!C2: error unknown-value: 结论 cannot be "禁用" (did you mean 禁止?)
                other.xlsx: 2 errors, no warnings
                """));
    assertThat(copy).doesNotExist();
  }

  /** The rows of a sheet; none when it is not there. */
  private static List<String> texts(Path file, String sheet) throws IOException {
    List<String> rows = new ArrayList<>();
    try (XSSFWorkbook workbook =
        new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      if (workbook.getSheet(sheet) != null) {
        for (Row row : workbook.getSheet(sheet)) {
          List<String> cells = new ArrayList<>();
          row.forEach(cell -> cells.add(cell.getStringCellValue()));
          rows.add(String.join("|", cells));
        }
      }
    }
    return rows;
  }

  @Test
  void aCopyIsNotLeftWhereItWouldBeTakenForAPolicy() {
    assertThat(run("annotate", desk(), "-o", folder.tables().resolve("copy.xlsx").toString()))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                every workbook in decision-tables is taken for a policy; name another place with -o
                clearance --help says how commands are written
                """));
  }

  @Test
  void rowsThatDifferAreShownAndTheRequestsThatGetAnotherAnswer() throws IOException {
    Path old = root.resolve("old.xlsx");
    Files.write(old, SmallFolder.policy("desk", "复制", "允许", "可以复制"));
    assertThat(run("diff", old.toString(), desk()))
        .isEqualTo(
            new Result(
                1,
                """
                desk:
                ~ 第一条 (1, 许可!2): 结论、摘要
                    - 行为 复制 → 允许 | 可以复制 / A sample
                    + 行为 复制 → 禁止 | 样例 / A sample
                other answers:
                  结论: 允许 → 禁止
                    行为 复制 (1)
                      许可!2 → 许可!2
                """,
                ""));
    assertThat(run("diff", desk(), desk())).isEqualTo(new Result(0, "no row differs\n", ""));
  }
}
