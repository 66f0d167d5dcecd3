package dev.clearance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.cli.CommandLine.Result;
import dev.clearance.repository.SmallFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What an edit changes, told before it is in force. */
class DiffCommandTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Path GOLDEN = Path.of("src/test/resources/golden/cli");

  /** The old answers are those of {@code desk}: 复制 is prohibited. */
  private static final String PAST =
      """
      {"policies":["desk"],"action":"act-1"}

      {"action":"阅读","asOf":"2026-01-01"}
      {"decisionId":"0","time":"2026-01-01T00:00:00Z","question":"decision","policies":{"desk":"1"},\
      "version":"1","micros":1,"request":{"policies":["desk"],"asOf":"2026-01-01","action":"act-1",\
      "context":{"approvals":"***"}},"answer":{"outcome":"deny"}}
      {"policies":["shelf"],"action":"act-1"}
      {"policies":["desk"],"actoin":"act-1","context":{"approvals":["haed"]}}
      {"decisionId":"1","question":"sanctions","policies":{"desk":"1"},\
      "request":{"policies":["desk"],"asOf":"2026-01-01","act":"burn"},"answer":{}}
      {"policies":["desk"]
      """;

  @TempDir Path root;
  private SmallFolder before;
  private SmallFolder after;
  private Path past;

  @BeforeEach
  void folders() throws IOException {
    before = SmallFolder.in(root.resolve("old")).withShippedRules();
    after = SmallFolder.in(root.resolve("new")).withShippedRules();
    after.save("desk.xlsx", SmallFolder.policy("desk", "允许"));
    // One vocabulary is one only if its bytes are.
    Files.copy(
        before.tables().resolve("vocabulary.xlsx"),
        after.tables().resolve("vocabulary.xlsx"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    past = Files.writeString(root.resolve("past.ndjson"), PAST);
  }

  private Result diff(String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add(0, "diff");
    return new CommandLine(root).run(words.toArray(new String[0]));
  }

  private static String desk(SmallFolder folder) {
    return folder.tables().resolve("desk.xlsx").toString();
  }

  @Test
  void pastRequestsThatWouldBeAnsweredOtherwiseAreListedAndBadLinesDoNotStopTheOthers() {
    assertThat(diff(desk(before), desk(after), "--requests", past.toString()))
        .isEqualTo(
            new Result(
                1,
                """
                desk:
                ~ 第一条 (1, 许可!2): 结论
                    - 行为 复制 → 禁止 | 样例 / A sample
                    + 行为 复制 → 允许 | 样例 / A sample
                other answers:
                  结论: 禁止 → 允许
                    行为 复制 (1)
                      许可!2 → 许可!2

                past.ndjson:
                  line 1: 结论: 禁止 → 允许
                  line 4: 结论: 禁止 → 允许
                  line 6 cannot be read at /actoin: A request has no member "actoin". \
                (did you mean action?)
                  line 6 cannot be read at /context/approvals/0: context.approvals (已取得的批准) \
                has no term "haed". (did you mean head (经理)?)
                  line 7 cannot be read at /request/act: A request has no member "act". \
                (did you mean action?)
                  line 8 cannot be read at /policies: The line is not well-formed JSON at column 21.
                2 of 3 past requests would be answered otherwise
                1 were asked without the facts that the log hides
                1 ask other policies and are not counted
                3 cannot be read and are not counted
                """));
  }

  @Test
  void theSameIsToldInChinese() throws IOException {
    Files.writeString(past, "{\"action\":\"act-1\"}\n{\"policies\":[\"shelf\"]}\n{\n");
    assertThat(diff(desk(before), desk(after), "--requests", past.toString(), "--lang", "zh"))
        .isEqualTo(
            new Result(
                1,
                """
                desk:
                ~ 第一条 (1, 许可!2): 结论
                    - 行为 复制 → 禁止 | 样例 / A sample
                    + 行为 复制 → 允许 | 样例 / A sample
                答复改变:
                  结论: 禁止 → 允许
                    行为 复制 (1)
                      许可!2 → 许可!2

                past.ndjson:
                  第 1 行：结论: 禁止 → 允许
                  第 3 行读不出来：The line is not well-formed JSON at column 2.
                以往的 1 个请求中有 1 个的答复会变
                1 行问的是其他制度，没有计入
                1 行读不出来，没有计入
                """));
  }

  @Test
  void machinesReadTheSameInTheWordsOfTheService() throws IOException {
    isGolden(
        "diff.json",
        diff(desk(before), desk(after), "--requests", past.toString(), "--format", "json"));
  }

  @Test
  void foldersAreComparedPolicyByPolicy() throws IOException {
    before.save("shelf.xlsx", SmallFolder.policy("shelf", "允许"));
    after.save("table.xlsx", SmallFolder.policy("table", "允许"));
    String old = before.tables().toString();
    String now = after.tables().toString();
    assertThat(diff(old, now))
        .isEqualTo(
            new Result(
                1,
                """
                desk:
                ~ 第一条 (1, 许可!2): 结论
                    - 行为 复制 → 禁止 | 样例 / A sample
                    + 行为 复制 → 允许 | 样例 / A sample
                other answers:
                  结论: 禁止 → 允许
                    行为 复制 (1)
                      许可!2 → 许可!2

                shelf:
                the policy is gone

                table:
                the policy is new
                """));
    isGolden("diff-folders.json", diff(old, now, "--format", "json"));
    assertThat(diff(old, old)).isEqualTo(new Result(0, "no row differs\n"));
  }

  @Test
  void anotherVocabularyIsToldAndItsWordsAreUnderstoodOnTheirSide() throws IOException {
    after.save("vocabulary.xlsx", SmallFolder.vocabulary("复制", "阅读", "焚烧"));
    after.save("desk.xlsx", SmallFolder.policy("desk", "复制、焚烧", "禁止", "样例"));
    Files.writeString(past, "{\"action\":\"焚烧\"}\n{\"action\":\"复制\"}\n");
    assertThat(
            diff(
                before.tables().toString(),
                after.tables().toString(),
                "--requests",
                past.toString()))
        .isEqualTo(
            new Result(
                1,
                """
                the vocabulary or the rules differ: answers may change though no row does

                desk:
                ~ 第一条 (1, 许可!2): 行为
                    - 行为 复制 → 禁止 | 样例 / A sample
                    + 行为 复制、焚烧 → 禁止 | 样例 / A sample
                other answers:
                  结论: 未规定 → 禁止
                    行为 焚烧 (1)
                      无 → 许可!2

                past.ndjson:
                  line 1 cannot be read at /action: action (行为) has no term "焚烧".
                0 of 1 past requests would be answered otherwise
                1 cannot be read and are not counted
                """));
  }

  @Test
  void aFolderAndAWorkbookCannotBeComparedNorAWorkbookThatIsFaulty() {
    assertThat(diff(before.tables().toString(), desk(after)).status()).isEqualTo(2);
    after.save("desk.xlsx", SmallFolder.policy("desk", "复印", "禁止", "样例"));
    assertThat(diff(desk(before), desk(after)))
        .isEqualTo(
            new Result(
                2,
                """
                desk.xlsx!许可!B2: error unknown-term: 行为 has no term "复印" (did you mean 复制?)
                new/decision-tables/desk.xlsx: 1 error, no warnings
                """));
  }

  @Test
  void whereNoLineCanBeReadTheCommandHasFailed() throws IOException {
    Files.writeString(past, "no json\n");
    assertThat(diff(desk(before), desk(before), "--requests", past.toString()))
        .isEqualTo(
            new Result(
                2,
                """
                no row differs

                past.ndjson:
                  line 1 cannot be read: The line is not well-formed JSON at column 1.
                0 of 0 past requests would be answered otherwise
                1 cannot be read and are not counted
                """));
  }

  private static void isGolden(String name, Result result) throws IOException {
    String found = JSON.writeValueAsString(JSON.readTree(result.out())) + "\n";
    Path golden = GOLDEN.resolve(name);
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, found);
    }
    assertThat(found).isEqualTo(Files.readString(golden));
    assertThat(result.status()).isEqualTo(1);
  }
}
