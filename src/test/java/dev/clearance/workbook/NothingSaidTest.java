package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A cell that looks empty is empty, and a cell that is filled and says nothing is reported: neither
 * may make a row mean something else, or vanish.
 */
class NothingSaidTest {

  /** Each row is complete; the cells marked with * are exchanged one after the other. */
  private static final String ROWS =
      """
      == 许可
      条款 | *身份 | *保密措施 | 结论 | *审批级别 | *须履行 | *违反情形 | *优先于
      2-1 | 职员 | 含 已登记 | 须审批 | 分管领导 | 登记
      2-2 | 职员 | 缺 已登记 | 义务 | | 登记 | 保密措施 缺 已登记 | 2-1
      == 释义
      条款 | *客体 | *视为
      3 | 复印件 | 客体 为 文档
      == 处分
      条款 | *情形 | *种类 | *下限 | *上限 | *币种 | *算式 | *裁量
      4 | 泄密 | 扣发工资 | 10 | 500 | CNY | 10% × 合同总价款 | 是
      == 用例
      编号 | *身份 | *保密措施 | *违反的条款 | *预期结论 | *预期审批 | *预期须履行 | *预期处分 | *预期密级 | *预期条款
      a | 职员 | 已登记 | 2 | 须审批 | 分管领导 | 登记 | 警告 | 秘密 | 2-1
      """;

  private record Place(String text, String address) {
    String with(String content) {
      return text.replace("@", content);
    }
  }

  @Test
  void aCellOfBlanksThatNobodySeesIsAsIfItWereNotThere() {
    List<String> wrong = new ArrayList<>();
    for (String blank : List.of(" ", "\u3000", "\u00A0", "\u202F", "\u200B", "\uFEFF \u00A0")) {
      for (Place place : cells()) {
        String without = read(place.with(""));
        String with = read(place.with("_" + blank + "_"));
        if (!without.equals(with)) {
          wrong.add(place.address() + " " + escaped(blank));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aCellOfSeparatorsIsReportedAtTheCell() {
    List<String> wrong = new ArrayList<>();
    for (String nothing : List.of("、", "，", ";", "；、", "。")) {
      for (Place place : cells()) {
        String error = "demo.xlsx!" + place.address() + ": error";
        if (read(place.with(nothing)).lines().noneMatch(line -> line.startsWith(error))) {
          wrong.add(place.address() + " " + nothing);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04X", c)));
    return escaped.toString();
  }

  /** The text with the content of one of the cells exchanged for @, once for each. */
  private static List<Place> cells() {
    List<Place> all = new ArrayList<>();
    List<String> lines = ROWS.lines().toList();
    String sheet = "";
    String[] headers = {};
    int row = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("== ")) {
        sheet = line.substring(3);
        row = 0;
        continue;
      }
      row++;
      String[] cells = line.split("\\|", -1);
      if (row == 1) {
        headers = cells;
        continue;
      }
      for (int column = 0; column < headers.length; column++) {
        boolean filled = column < cells.length && !cells[column].isBlank();
        if (headers[column].strip().startsWith("*") && filled) {
          String[] changed = cells.clone();
          changed[column] = "@";
          List<String> copy = new ArrayList<>(lines);
          copy.set(i, String.join("|", changed) + "|");
          String text = String.join("\n", copy).replace("*", "");
          all.add(new Place(text, sheet + "!" + (char) ('A' + column) + row));
        }
      }
    }
    return all;
  }

  private static String read(String rows) {
    byte[] bytes = TextWorkbook.xlsx(TextWorkbook.resource("/golden/policy.txt") + rows);
    var read = new PolicyReader(TextWorkbook.vocabulary()).read("demo.xlsx", bytes);
    StringBuilder text = new StringBuilder();
    read.value().ifPresent(workbook -> text.append(Transcript.of(workbook)));
    read.findings().forEach(finding -> text.append(finding).append('\n'));
    return text.toString();
  }
}
