package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clearance.finding.Finding;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Formula;
import dev.clearance.policy.Wording;
import dev.clearance.scenario.Example;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each kind of cell may say, as truth tables: the cell, then what it means, written by its
 * key. A meaning that begins with ✗ is the finding.
 */
class CellLanguageTest {

  private static final Vocabulary VOCABULARY = TextWorkbook.vocabulary();
  private static final ClauseNames CLAUSES =
      new ClauseNames(
          "demo",
          List.of(
              clause("1", "第一条"),
              clause("2", "第二条"),
              clause("2-1", "第二条(一)"),
              clause("2-2", "第二条前段"),
              clause("20", "第二十条"),
              clause("s-7", "二、7")));
  private static final Conditions CONDITIONS = new Conditions(CLAUSES);

  private static Clause clause(String code, String locator) {
    return new Clause(
        "demo/" + code, code, locator, "禁止", new Label("摘要", "Summary"), "", "", List.of());
  }

  private static <T> String meaning(
      String cell,
      BiFunction<String, Spot, Optional<T>> reader,
      BiFunction<T, String, String> says) {
    Findings findings = new Findings();
    Spot spot = new Spot(findings, Place.of("demo.xlsx"), "列");
    String text = Texts.lines(cell.replace("⏎", "\n").replace("\\u200B", "\u200B"));
    Optional<T> value = reader.apply(text, spot);
    if (!findings.all().isEmpty()) {
      Finding first = findings.all().get(0);
      String hint = first.hint().isEmpty() ? "" : " (" + first.hint() + ")";
      return "✗" + first.check().code() + ": " + first.message() + hint;
    }
    return says.apply(value.orElseThrow(), text);
  }

  private static Attribute attribute(String name) {
    return VOCABULARY.attributeNamed(name).orElseThrow();
  }

  /** The key, after making sure that the wording of the condition reads back as the same. */
  private static String condition(String attribute, String cell) {
    Attribute of = attribute(attribute);
    return meaning(
        cell,
        (text, spot) -> CONDITIONS.read(of, text, spot),
        (test, text) -> {
          Spot spot = new Spot(new Findings(), Place.of("demo.xlsx"), "列");
          String wording = Wording.of(of, test);
          assertEquals(Optional.of(test), new Conditions(CLAUSES).read(of, wording, spot), wording);
          return test.key();
        });
  }

  @Nested
  class Terms {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "存储介质                | in{6:medium}",
          "medium                  | in{6:medium}",
          "STORAGE Medium          | in{6:medium}",
          "文件                    | in{8:document9:photocopy}",
          "文档、存储介质          | in{8:document6:medium9:photocopy}",
          "文档⏎存储介质           | in{8:document6:medium9:photocopy}",
          "文档,存储介质           | in{8:document6:medium9:photocopy}",
          "文档，　存储介质        | in{8:document6:medium9:photocopy}",
          "存\\u200B储介质         | in{6:medium}",
          "非 复印件               | not{9:photocopy}",
          "非复印件、存储介质      | not{6:medium9:photocopy}",
          "not photocopy           | not{9:photocopy}",
          "文挡                    | ✗unknown-term: 客体 has no term \"文挡\" (did you mean 文档?)",
          "非                      | ✗unreadable-condition: 客体 names no value (leave the cell blank for any value)",
        })
    void areListsOfNames(String cell, String meaning) {
      assertEquals(meaning, condition("客体", cell));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "复制、复印              | in{4:copy}",
          "复印、携带外出          | in{4:copy8:take-out}",
          "复制、复印、携带外出    | in{4:copy8:take-out}",
          "粉碎且焚毁、透露        | in{8:disclose14:shred-and-burn}",
          "非法透露                | in{8:disclose}",
          "非 非法透露             | not{8:disclose}",
        })
    void theLongestNameCounts(String cell, String meaning) {
      assertEquals(meaning, condition("行为", cell));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "财务资料、统计资料      | in{18:finance-statistics}",
          "财务资料⏎统计资料       | in{7:finance10:statistics}",
          "statistics、财务资料    | in{7:finance10:statistics}",
        })
    void namesThatRunIntoEachOtherCanBeKeptApart(String cell, String meaning) {
      assertEquals(meaning, condition("内容类别", cell));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "秘密                  | in{6:secret}",
        "绝密、秘密            | in{6:secret10:top-secret}",
        "秘密及以上            | in{13:highly-secret6:secret10:top-secret}",
        "秘密 及以上           | in{13:highly-secret6:secret10:top-secret}",
        "secret and above      | in{13:highly-secret6:secret10:top-secret}",
        "≥秘密                 | in{13:highly-secret6:secret10:top-secret}",
        ">= 秘密               | in{13:highly-secret6:secret10:top-secret}",
        "绝密及以上            | in{10:top-secret}",
        "内部及以下            | in{8:internal6:public}",
        "≤内部                 | in{8:internal6:public}",
        "公开及以上            | in{13:highly-secret8:internal6:public6:secret10:top-secret}",
        "内部至机密            | in{13:highly-secret8:internal6:secret}",
        "内部 至 秘密          | in{8:internal6:secret}",
        "公开、机密及以上      | in{13:highly-secret6:public10:top-secret}",
        "非 秘密               | not{6:secret}",
        "非密                  | in{6:public}",
        "非 机密及以上         | not{13:highly-secret10:top-secret}",
        "机密至秘密            | ✗reversed-range: 密级 \"机密至秘密\" runs from high to low (write 秘密至机密)",
        "秘蜜及以上            | ✗unknown-term: 密级 has no term \"秘蜜\" (did you mean 秘密?)",
      })
  void levelsHaveAnOrder(String cell, String meaning) {
    assertEquals(meaning, condition("密级", cell));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "含 已登记、已密封     | HAS_ALL{15:{10:registered}10:{6:sealed}}",
        "含任一 已登记、已密封 | HAS_ANY{15:{10:registered}10:{6:sealed}}",
        "缺 已登记             | LACKS_ANY{15:{10:registered}}",
        "无 已登记、已密封     | LACKS_ALL{15:{10:registered}10:{6:sealed}}",
        "含已登记              | HAS_ALL{15:{10:registered}}",
        "has any registered    | HAS_ANY{15:{10:registered}}",
        "none of sealed        | LACKS_ALL{10:{6:sealed}}",
        "已登记                | ✗unreadable-condition: 保密措施 \"已登记\" does not say whether this must be there or must be lacking (write 含, 含任一, 缺 or 无 before the values)",
        "缺                    | ✗unreadable-condition: 保密措施 \"缺\" does not say whether this must be there or must be lacking (write 含, 含任一, 缺 or 无 before the values)",
      })
  void setsAreComparedWithMembers(String cell, String meaning) {
    assertEquals(meaning, condition("保密措施", cell));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "含任一 2-1            | HAS_ANY{12:{8:demo/2-1}}",
        "含任一 demo/2-1       | HAS_ANY{12:{8:demo/2-1}}",
        "含任一 第二条         | HAS_ANY{30:{6:demo/28:demo/2-18:demo/2-2}}",
        "含任一 第二条(一)     | HAS_ANY{12:{8:demo/2-1}}",
        "含任一 第二条（一）   | HAS_ANY{12:{8:demo/2-1}}",
        "含任一 二、7          | HAS_ANY{12:{8:demo/s-7}}",
        "含 2                  | HAS_ALL{10:{6:demo/2}}",
        "含任一 第三条         | ✗unknown-clause: 违反的条款 has no clause \"第三条\" (did you mean 第一条?)",
        "含任一 other/2        | ✗unknown-clause: 违反的条款 has no clause \"other/2\" (write its 编号 or 位置 as the sheet 条款 has it)",
      })
  void anArticleStandsForAllItsItems(String cell, String meaning) {
    assertEquals(meaning, condition("违反的条款", cell));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7            | between[7,7]",
        "７           | between[7,7]",
        "7.00         | between[7,7]",
        "-3           | between[-3,-3]",
        "1,000        | between[1000,1000]",
        ">24          | between(24,)",
        "＞ 24        | between(24,)",
        "≥60          | between[60,)",
        ">=60         | between[60,)",
        "<5           | between(,5)",
        "≤3           | between(,3]",
        "10..500      | between[10,500]",
        "10…500       | between[10,500]",
        "10 至 500    | between[10,500]",
        "10～500      | between[10,500]",
        "5..5         | between[5,5]",
        "10..5        | ✗reversed-range: 已过天数 \"10..5\" runs from high to low (write 5..10)",
        "1e9          | ✗wrong-type: 已过天数 takes a number, not \"1e9\" (write 7, >24, ≥60, <5, ≤3 or 10..500)",
        "> ten        | ✗wrong-type: 已过天数 takes a number, not \"> ten\" (write 7, >24, ≥60, <5, ≤3 or 10..500)",
      })
  void numbersHaveBounds(String cell, String meaning) {
    assertEquals(meaning, condition("已过天数", cell));
  }

  @ParameterizedTest
  @CsvSource({"是,istrue", "否,isfalse", "yes,istrue", "FALSE,isfalse", "true,istrue"})
  void yesAndNo(String cell, String meaning) {
    assertEquals(meaning, condition("是否有人监督", cell));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-01               | withinOptional[2026-01-01]Optional[2026-01-01]",
        "2026/1/1                 | withinOptional[2026-01-01]Optional[2026-01-01]",
        "2026年1月1日             | withinOptional[2026-01-01]Optional[2026-01-01]",
        "≥2026-01-01              | withinOptional[2026-01-01]Optional.empty",
        ">2026-01-01              | withinOptional[2026-01-02]Optional.empty",
        "<2026-01-01              | withinOptional.emptyOptional[2025-12-31]",
        "≤2026-01-01              | withinOptional.emptyOptional[2026-01-01]",
        "2026-01-01..2026-12-31   | withinOptional[2026-01-01]Optional[2026-12-31]",
        "2026年1月1日至2026年12月31日 | withinOptional[2026-01-01]Optional[2026-12-31]",
        "2026-12-31..2026-01-01   | ✗reversed-range: 办理日期 \"2026-12-31..2026-01-01\" runs from high to low (write 2026-01-01..2026-12-31)",
        "2026-02-30               | ✗wrong-type: 办理日期 takes a date, not \"2026-02-30\" (write 2026-01-01, ≥2026-01-01 or 2026-01-01..2026-12-31)",
      })
  void daysHaveBounds(String cell, String meaning) {
    assertEquals(meaning, condition("办理日期", cell));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A-7        | in{3:A-7}",
        "7          | in{1:7}",
        "A、B       | in{1:A1:B}",
        "非 A、B    | not{1:A1:B}",
        "非常 A     | in{4:非常 A}",
      })
  void textsAreComparedAsTheyStand(String cell, String meaning) {
    assertEquals(meaning, condition("人员编号", cell));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "分管领导                       | any deputy-head",
        "分管领导 或 单位主要领导       | any deputy-head unit-head",
        "分管领导或单位主要领导         | any deputy-head unit-head",
        "分管领导 且 单位主要领导       | all deputy-head unit-head",
        "deputy head and unit-head      | all deputy-head unit-head",
        "上级或制发机关                 | any superior",
        "上级或制发机关 或 分管领导     | any superior deputy-head",
        "分管领导 或 上级或制发机关     | any deputy-head superior",
        "组长、值班班长 或 分管领导     | any shift-leader deputy-head",
        "分管领导 或 分管领导           | any deputy-head",
        "分管领道                       | ✗unknown-approver-level: there is no approver level \"分管领道\" (did you mean 分管领导?)",
        "分管领导 或 单位主要领导 且 上级或制发机关 | ✗unreadable-condition: 审批级别 mixes 或 and 且 (use two rows, or only one of the words)",
      })
  void approversAreJoinedByOrOrByAnd(String cell, String meaning) {
    Approvers approvers = new Approvers(VOCABULARY);
    String says =
        meaning(
            cell,
            (text, spot) -> approvers.read(Texts.line(text), "经理", spot),
            (ApproverRequirement approver, String text) -> {
              Spot spot = new Spot(new Findings(), Place.of("demo.xlsx"), "列");
              assertEquals(Optional.of(approver), approvers.read(Wording.of(approver), "经理", spot));
              StringBuilder all = new StringBuilder(approver.all() ? "all" : "any");
              approver.levels().forEach(level -> all.append(' ').append(level.code()));
              return all.toString();
            });
    assertEquals(meaning, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "保密措施 缺 已登记                         | 保密措施 缺 已登记",
        "行为 透露、携带外出 且 已取得的批准 缺 单位主要领导 | 行为 透露、携带外出 且 已取得的批准 缺 单位主要领导",
        "行为 粉碎且焚毁 且 客体 文档               | 行为 粉碎且焚毁 且 客体 文档",
        "保密措施 缺 已登记；密级 非 秘密           | 保密措施 缺 已登记 / 密级 非 秘密",
        "保密措施 缺 已登记⏎密级 秘密及以上         | 保密措施 缺 已登记 / 密级 秘密及以上",
        "action shred and burn and resource.type medium | 行为 粉碎且焚毁 且 客体 存储介质",
        "违反的条款 含任一 第二条                   | 违反的条款 含任一 第二条",
        "保密措失 缺 已登记                         | ✗unknown-attribute: there is no attribute \"保密措失\" (did you mean 保密措施?)",
        "保密措施                                   | ✗unreadable-condition: the condition \"保密措施\" names no value (write what must hold after 保密措施)",
        "保密措施 缺 已登计                         | ✗unknown-term: 保密措施 has no term \"已登计\" (did you mean 已登记?)",
      })
  void breachesAreAlternativesOfConditions(String cell, String meaning) {
    Breaches breaches = new Breaches(VOCABULARY, CONDITIONS);
    String says =
        meaning(
            cell,
            (text, spot) -> Optional.of(breaches.read(text, spot)),
            (List<List<Condition>> all, String text) ->
                String.join(" / ", all.stream().map(Wording::ofAll).toList()));
    assertEquals(meaning, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "密级 为 内部                       | 密级 为 内部",
        "密级 不低于 秘密                   | 密级 不低于 秘密",
        "客体 为 文档；密级 不低于 秘密     | 客体 为 文档 / 密级 不低于 秘密",
        "客体 is photocopy⏎是否有人监督 为 否 | 客体 为 复印件 / 是否有人监督 为 否",
        "classification at least secret     | 密级 不低于 秘密",
        "保密措施 为 无                     | 保密措施 为 无",
        "客体 不低于 文档                   | ✗wrong-type: 客体 has no order, so nothing can be 不低于 (write 为)",
        "密级=秘密                          | ✗unreadable-condition: 视为 does not read \"密级=秘密\" (write an attribute, then 为 or 不低于, then a value)",
        "密级 为 秘蜜                       | ✗unknown-term: 密级 has no term \"秘蜜\" (did you mean 秘密?)",
      })
  void definitionsSetOrRaiseFacts(String cell, String meaning) {
    Assignments assignments = new Assignments(VOCABULARY, new Values(CLAUSES));
    String says =
        meaning(
            cell,
            (text, spot) -> Optional.of(assignments.read(text, spot)),
            (List<Assignment> all, String text) ->
                String.join(" / ", all.stream().map(Wording::of).toList()));
    assertEquals(meaning, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100                                     | 100",
        "10%                                     | 0.1",
        "10% × 合同总价款 + 10 × 行贿金额        | 0.1 × 合同总价款 + 10 × 行贿金额",
        "10％×合同总价款＋10＊行贿金额           | 0.1 × 合同总价款 + 10 × 行贿金额",
        "(合同总价款 - 100) / 2                  | (合同总价款 - 100) ÷ 2",
        "合同总价款 - (行贿金额 - 1)             | 合同总价款 - (行贿金额 - 1)",
        "合同总价款 - 行贿金额 - 1               | 合同总价款 - 行贿金额 - 1",
        "1,000 ÷ (2 × 5)                         | 1000 ÷ (2 × 5)",
        "incident.contractTotal * 2              | 合同总价款 × 2",
        "密级 × 2                                | ✗wrong-type: 算式 uses 密级, which is no number",
        "合同总价 × 2                            | ✗unknown-attribute: there is no attribute \"合同总价\" (did you mean 合同总价款?)",
        "((1)                                    | ✗unreadable-formula: 算式 lacks a closing bracket (close every bracket)",
        "1 2                                     | ✗unreadable-formula: 算式 cannot be read from \"2\" on (write it like 10% × 合同总价款 + 100)",
      })
  void formulasAreArithmetic(String cell, String meaning) {
    Formulas formulas = new Formulas(VOCABULARY);
    String says =
        meaning(
            cell,
            (text, spot) -> formulas.read(text, spot),
            (Formula formula, String text) -> {
              Spot spot = new Spot(new Findings(), Place.of("demo.xlsx"), "列");
              assertEquals(
                  Wording.of(formula),
                  formulas.read(Wording.of(formula), spot).map(Wording::of).orElse(""));
              return Wording.of(formula);
            });
    assertEquals(meaning, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "警告                       | warning",
        "警告、扣发工资 10..500     | warning wage-deduction[10,500]",
        "违约金 500,000、奖励、表彰 | damages[500000,500000] praise",
        "无                         | ",
        "警示                       | ✗unknown-sanction-type: 列 has no sanction \"警示\" (did you mean 警告?)",
        "扣发工资 500..10           | ✗reversed-range: 列 \"扣发工资 500..10\" runs from high to low (write 10..500)",
      })
  void expectedSanctionsMayStateAmounts(String cell, String meaning) {
    Penalties penalties = new Penalties(VOCABULARY);
    String says =
        meaning(
            cell,
            (text, spot) -> penalties.read(text, spot),
            (List<Example.Penalty> all, String text) -> {
              StringBuilder line = new StringBuilder();
              for (Example.Penalty one : all) {
                line.append(line.isEmpty() ? "" : " ").append(one.type());
                one.min().ifPresent(min -> line.append('[').append(min).append(','));
                one.max().ifPresent(max -> line.append(max).append(']'));
              }
              return line.toString();
            });
    assertEquals(meaning == null ? "" : meaning, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "客体         | 文件             | document",
        "密级         | 机密             | highly-secret",
        "保密措施     | 已登记、已密封   | [registered, sealed]",
        "保密措施     | 无               | []",
        "已取得的批准 | 分管领导         | [deputy-head]",
        "违反的条款   | 第二条           | [demo/2, demo/2-1, demo/2-2]",
        "已过天数     | 7.50             | 7.5",
        "是否有人监督 | 是               | true",
        "办理日期     | 2026年1月1日     | 2026-01-01",
        "人员编号     | A-7              | A-7",
        "已过天数     | 七               | ✗wrong-type: 已过天数 takes a number, not \"七\" (write it in digits, without a unit, such as 500)",
        "已取得的批准 | 分管领道         | ✗unknown-approver-level: 已取得的批准 has no term \"分管领道\" (did you mean 分管领导?)",
      })
  void factsAreSingleValuesOrSets(String name, String cell, String meaning) {
    Values values = new Values(CLAUSES);
    Attribute attribute = attribute(name);
    String says =
        meaning(
            cell,
            (text, spot) -> values.read(attribute, text, spot),
            (Value value, String text) -> {
              Spot spot = new Spot(new Findings(), Place.of("demo.xlsx"), "列");
              assertEquals(
                  Optional.of(value), values.read(attribute, Wording.of(attribute, value), spot));
              return value.toString();
            });
    assertEquals(meaning, says);
  }

  @ParameterizedTest
  @CsvSource({"'',true", "任意,true", "-,true", "any,true", "Any,true", "无,false"})
  void aBlankCellOrAWordForItLeavesTheAttributeOpen(String cell, boolean any) {
    assertEquals(any, Conditions.isAny(cell));
  }
}
