package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clearance.finding.Checked;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test.Members;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {

  private static final String POLICY = TextWorkbook.resource("/golden/policy.txt");

  private static PolicyWorkbook read(String sheets) {
    return TextWorkbook.policy(TextWorkbook.vocabulary(), "demo", sheets);
  }

  @Test
  void aWorkbookIsReadIntoTypedRowsThatSayTheSame() {
    PolicyWorkbook workbook =
        read(
            POLICY
                + """
                == 许可
                条款 | 行为 | 密级 | 保密措施 | 结论 | 审批级别 | 审批人 | 须履行 | 违反情形 | 优先于 | 生效 | 确认
                2-1 | 携带外出 | 秘密及以上 | | 禁止
                2-2 | 复制、复印 | 机密、绝密 | 含 已登记 | 须审批 | 分管领导 且 单位主要领导 | 经理 | 登记 | | 2-1 | @2026-01-01
                2 | 任意 | ≥秘密 | - | 义务 | | | 严守秘密,不得外泄⏎登记 | 行为 透露⏎保密措施 缺 已登记 且 行为 携带外出 | | | 已知
                == 定密
                条款 | 内容类别 | 定为 | 保密期限
                3 | 财务资料 | 机密 | 十年
                == 释义
                条款 | 客体 | 视为
                2 | 复印件 | 客体 为 文档⏎密级 不低于 秘密
                == 处分
                条款 | 情形 | 违反的条款 | 种类 | 下限 | 上限 | 币种 | 算式 | 裁量 | 说明
                4 | 泄密 | 含任一 第二条 | 扣发工资 | #10 | 500 | 元 | | 是 | 酌定
                4 | 泄密 | | 违约金 | | | CNY | 10% × 合同总价款
                == 用例
                编号 | 问题 | 行为 | 密级 | 已取得的批准 | 违反的条款 | 提问日期 | 预期结论 | 预期审批 | 预期须履行 | 预期处分 | 预期密级 | 预期条款
                #1 | 能复印吗? | 复印 | 机密 | 无 | | 2026年3月1日 | 须审批 | 单位主要领导 | 仅 登记 | 警告、扣发工资 10..500 | 机密 | 第二条(二)、1
                2 | | 透露 | | | 第二条 | | 未规定 | | 无 | 无 | | 无
                == 名录
                类别 | 种类 | 编号 | 身份
                主体 | user | alice | 职员
                客体 | record | record-1
                == 词表
                任意
                """);
    assertEquals(
        """
        制度 demo
        制度 名称: 示例制度 / Demonstration
        许可!2 [2-1] 行为 携带外出 且 密级 秘密及以上 → 禁止 | 不得带出 / Nothing leaves
        许可!3 [2-2] 行为 复制、复印 且 密级 机密及以上 且 保密措施 含 已登记 → 须审批 分管领导 且 单位主要领导 | 审批人 经理 | 须履行 登记 | 优先于 2-1 | 生效 2026-01-01 | 复制须审批 / Copies need approval
        许可!4 [2] 密级 秘密及以上 → 义务 违反情形 行为 透露;保密措施 缺 已登记 且 行为 携带外出 | 须履行 严守秘密,不得外泄、登记 | 确认 已知 | 秘密不得外泄 / No leaks
        定密!2 [3] 内容类别 财务资料 → 定为 机密 | 保密期限 十年 | 定密 / Levels
        释义!2 [2] 客体 复印件 → 视为 客体 为 文档;密级 不低于 秘密 | 秘密不得外泄 / No leaks
        处分!2 [4] 情形 泄密 且 违反的条款 含任一 第二条 → 扣发工资 10..500 CNY,裁量 | 说明 酌定 | 处分 / Sanctions
        处分!3 [4] 情形 泄密 → 违约金 = 0.1 × 合同总价款 CNY | 处分 / Sanctions
        条款 1 | 第一条 | 说明 | 目的 / Purpose
        条款 2 | 第二条 | 说明 | 秘密不得外泄 / No leaks
        条款 2-1 | 第二条(一) | 说明 | 不得带出 / Nothing leaves
        条款 2-2 | 第二条(二) | 说明 | 复制须审批 / Copies need approval
        条款 3 | 第三条 | 说明 | 定密 / Levels
        条款 4 | 第四条 | 说明 | 处分 / Sanctions
        名录 主体 user alice | 身份=职员
        名录 客体 record record-1 |\s
        用例 1 | 能复印吗? | 行为=复制、复印 密级=机密 已取得的批准=无 | 提问日期 2026-03-01 → 结论 须审批 审批 单位主要领导 须履行 仅 登记 处分 警告、扣发工资 10..500 密级 机密 条款 第二条(二)、1
        用例 2 | 行为=透露 违反的条款=demo/2、demo/2-1、demo/2-2 → 结论 未规定 须履行 无 处分 无 条款 无
        """,
        Transcript.of(workbook));
  }

  @Test
  void aLocatorIsToldAsItIsWrittenHoweverNamesAreCompared() {
    PolicyWorkbook workbook = read(POLICY.replace("第二条(二)", "第二条⑦"));

    assertEquals("第二条⑦", workbook.policy().clause("2-2").orElseThrow().locator());
  }

  @Test
  void theSameWorkbookInEnglishMeansTheSame() {
    String chinese =
        POLICY
            + """
            == 许可
            条款 | 行为 | 密级 | 保密措施 | 结论 | 审批级别 | 审批人 | 须履行 | 违反情形 | 优先于
            2-1 | 携带外出 | 秘密及以上 | 缺 已登记 | 须审批 | 分管领导 或 单位主要领导 | Manager | | | 2-2
            2-2 | 透露 | | | 义务 | | | 登记 | 行为 透露 且 保密措施 无 已密封
            == 处分
            条款 | 情形 | 种类 | 下限 | 币种 | 裁量
            4 | 泄密 | 扣发工资 | 10 | CNY | 是
            """;
    String english =
        """
        == policy
        item | content
        ID | demo
        Chinese-title | 示例制度
        english-title | Demonstration
        == clauses
        Code | Locator | Kind | Chinese summary | English summary
        1 | 第一条 | informative | 目的 | Purpose
        2 | 第二条 | informative | 秘密不得外泄 | No leaks
        2-1 | 第二条(一) | informative | 不得带出 | Nothing leaves
        2-2 | 第二条(二) | informative | 复制须审批 | Copies need approval
        3 | 第三条 | informative | 定密 | Levels
        4 | 第四条 | informative | 处分 | Sanctions
        == Permissions
        clause | Act | classification | context.safeguards | conclusion | approver level | approver | obligations | breach | overrides
        2-1 | take out | secret and above | lacks registered | approve | deputy head or unit-head | Manager | | | 2-2
        2-2 | disclose | any | | duty | | | register | act disclose and safeguards none of sealed
        == sanctions
        clause | conduct | sanction | min | currency | discretionary
        4 | leak | wage deduction | 10 | CNY | yes
        """;
    String fromEnglish =
        Transcript.of(read(english)).replace("Permissions!", "许可!").replace("sanctions!", "处分!");
    assertEquals(Transcript.of(read(chinese)), fromEnglish);
  }

  @Test
  void numbersAndTextsAreReadAsTheAuthorMeansThem() {
    PolicyWorkbook typed =
        read(
            POLICY
                + """
                == 许可
                条款 | 人员编号 | 已过天数 | 是否有人监督 | 办理日期 | 结论
                #2 | #7 | #7 | ?true | @2026-01-01 | 禁止
                """);
    PolicyWorkbook asText =
        read(
            POLICY
                + """
                == 许可
                \u3000条款\u3000 | 人员\u200B编号 | 已过天数 | 是否有人监督 | 办理日期 | 结论\u00A0
                2 | 7 | ７ | 是\u200B | 2026/1/1 | \u3000禁止_
                """);
    assertEquals(Transcript.of(typed), Transcript.of(asText));
  }

  @Test
  void blankRowsBetweenRulesAreSkippedAndRowsKeepTheirPlaces() {
    PolicyWorkbook workbook =
        read(POLICY + "== 许可\n条款 | 行为 | 结论\n\n1 | 透露 | 禁止\n\n\n2 | 携带外出 | 禁止\n");
    List<String> places =
        workbook.policy().rows().stream().map(row -> row.place().toString()).toList();
    assertEquals(List.of("demo.xlsx!许可!3", "demo.xlsx!许可!6"), places);
  }

  @Test
  void theCellsOfARowAreFoundByTheirHeaders() {
    PolicyWorkbook workbook =
        read(POLICY + "== permissions\nclause | act | conclusion\n1 | disclose | prohibit\n");
    Row row = workbook.policy().rows().get(0);
    assertEquals(
        Map.of(
            "行为", "demo.xlsx!permissions!B2",
            "结论", "demo.xlsx!permissions!C2",
            "确认", "demo.xlsx!permissions!2"),
        Map.of(
            "行为", workbook.cells().of(row, "行为").toString(),
            "结论", workbook.cells().of(row, "结论").toString(),
            "确认", workbook.cells().of(row, "确认").toString()));
    assertEquals("demo.xlsx!条款!A2", workbook.cells().of(row.clause(), row.place()).toString());
  }

  @Test
  void aLocatorCoversTheFullIdsOfAllClausesBelowIt() {
    PolicyWorkbook workbook = read(POLICY + "== 处分\n条款 | 违反的条款 | 种类\n4 | 含任一 第二条、3 | 警告\n");
    Members members = (Members) workbook.policy().rows().get(0).when().get(0).test();
    assertEquals(List.of("第二条", "3"), members.listed());
    assertEquals(
        List.of(Set.of("demo/2", "demo/2-1", "demo/2-2"), Set.of("demo/3")), members.covered());
  }

  @Test
  void findingsOfAllSheetsComeAtOnceInTheOrderOfTheirPlaces() {
    Checked<PolicyWorkbook> read =
        new PolicyReader(TextWorkbook.vocabulary())
            .read(
                "demo.xlsx",
                TextWorkbook.xlsx(
                    POLICY
                        + """
                        == 许可
                        条款 | 行为 | 客休 | 结论
                        9 | 透漏 | | 不许
                        == 用例
                        编号 | 行为 | 预期结论
                        1 | 透漏 | 可以
                        """));
    assertEquals(
        List.of(
            "demo.xlsx!用例!B2",
            "demo.xlsx!用例!C2",
            "demo.xlsx!许可!C1",
            "demo.xlsx!许可!A2",
            "demo.xlsx!许可!B2",
            "demo.xlsx!许可!D2"),
        read.findings().stream().map(finding -> finding.place().toString()).toList());
  }

  @Test
  void theIndexOfARowCountsOverAllTables() {
    Policy policy =
        read(POLICY + "== 处分\n条款 | 情形 | 种类\n4 | 泄密 | 警告\n" + "== 许可\n条款 | 行为 | 结论\n1 | 透露 | 禁止\n")
            .policy();
    assertEquals(
        List.of("许可", "处分"), policy.rows().stream().map(row -> row.place().sheet()).toList());
  }
}
