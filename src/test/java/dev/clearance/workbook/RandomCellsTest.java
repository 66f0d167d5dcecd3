package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clearance.finding.Checked;
import dev.clearance.source.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that nobody would write give findings, in time, and never an exception. */
class RandomCellsTest {

  private static final List<String> PIECES =
      List.of(
          "1",
          "2-1",
          "第二条",
          "二、7",
          "复制、复印",
          "透露",
          "文档",
          "秘密",
          "及以上",
          "至",
          "..",
          "非 ",
          "非",
          "含 ",
          "含任一",
          "缺",
          "无",
          "、",
          ",",
          "\n",
          ";",
          " 且 ",
          " 或 ",
          "或",
          "且",
          " and ",
          "≥",
          ">",
          "<=",
          "10",
          "10%",
          "×",
          "+",
          "(",
          ")",
          "÷",
          "合同总价款",
          "密级",
          "行为",
          "保密措施",
          " 为 ",
          " 不低于 ",
          "已登记",
          "分管领导",
          "组长、值班班长",
          "上级或制发机关",
          "登记",
          "严守秘密,不得外泄",
          "警告",
          "奖励、表彰",
          "扣发工资",
          "禁止",
          "须审批",
          "义务",
          "允许",
          "是",
          "否",
          "2026-01-01",
          "2026年2月30日",
          "仅 ",
          "demo",
          "/",
          "任意",
          "-",
          "\u200B",
          "\u3000",
          "\uD83D",
          "İ",
          "ﷺ",
          "CNY",
          "主体",
          "user",
          "说明");
  private static final String SHEETS =
      """
      制度:项目 内容
      条款:编号 位置 性质 摘要 Summary 把握 备注 关联
      许可:条款 人员编号 身份 行为 客体 密级 保密措施 已取得的批准 已过天数 是否有人监督 办理日期 违反的条款 结论 审批级别 审批人 须履行 违反情形 优先于 摘要 生效 失效
      定密:条款 内容类别 定为 保密期限
      释义:条款 客体 视为
      处分:条款 情形 违反的条款 种类 下限 上限 币种 算式 裁量 说明
      用例:编号 问题 行为 保密措施 违反的条款 已过天数 预期结论 预期审批 预期须履行 预期处分 预期密级 预期条款
      名录:类别 种类 编号 身份
      """;

  private final PolicyReader reader = new PolicyReader(TextWorkbook.vocabulary());

  @Test
  void anyMixtureOfWordsIsReadOrReported() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      int most = 1 + random.nextInt(8);
      Checked<PolicyWorkbook> read = reader.read(workbook(12, () -> mixture(random, most)));
      for (PolicyWorkbook clean : read.value().stream().toList()) {
        Transcript.of(clean);
      }
    }
  }

  private static String mixture(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "透露、",
        "秘密至",
        "第二条、",
        "二、",
        "(",
        "或",
        "分管领导或",
        "a-",
        "含",
        "非 ",
        "行为 透露 且 ",
        "x and ",
        "1..",
        "甲",
        "密级 为 ",
        "1,",
        "\n",
        ".a",
        "\u200B ",
        "登记,",
        "警告 1、"
      })
  void aCellOfOnePieceOverAndOverIsReadInTime(String piece) {
    String text = piece.repeat(32_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> reader.read(workbook(2, () -> text)), piece);
  }

  @Test
  void anEmptyWorkbookLacksItsSheets() {
    XlsxFile empty = new XlsxFile(Place.of("demo.xlsx"), List.of());
    assertEquals(2, reader.read(empty).findings().size());
  }

  private interface Content {
    String next();
  }

  private static XlsxFile workbook(int rows, Content content) {
    List<Sheet> sheets = new ArrayList<>();
    for (String line : SHEETS.lines().toList()) {
      String[] parts = line.split(":");
      sheets.add(
          sheet(Place.of("demo.xlsx").inSheet(parts[0]), parts[1].split(" "), rows, content));
    }
    return new XlsxFile(Place.of("demo.xlsx"), sheets);
  }

  private static Sheet sheet(Place place, String[] headers, int rows, Content content) {
    NavigableMap<Integer, Sheet.Line> lines = new TreeMap<>();
    for (int row = 1; row <= rows; row++) {
      NavigableMap<Integer, Cell> cells = new TreeMap<>();
      for (int column = 1; column <= headers.length; column++) {
        String text = row == 1 ? headers[column - 1] : content.next();
        if (!Texts.isBlank(text)) {
          cells.put(column, new Cell(place.atCell(row, column), Cell.Kind.TEXT, text));
        }
      }
      lines.put(row, new Sheet.Line(false, cells));
    }
    return new Sheet(place, false, lines, new TreeSet<>(), List.of());
  }
}
