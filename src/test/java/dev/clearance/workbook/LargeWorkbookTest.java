package dev.clearance.workbook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeWorkbookTest {

  private static final String HEADER =
      "条款 | 人员编号 | 身份 | 行为 | 客体 | 密级 | 内容类别 | 保密措施 | 已取得的批准 | 已过天数 | 是否有人监督"
          + " | 办理日期 | 情形 | 违反的条款 | 合同总价款 | 行贿金额 | 结论 | 审批级别 | 审批人 | 须履行"
          + " | 违反情形 | 优先于 | 摘要 | Summary | 生效 | 失效 | 确认";
  private static final String ROW =
      "x-N | 甲N | 职员、来访人员 | 复制、复印、携带外出 | 文档、存储介质 | 秘密及以上 | 财务资料、统计资料"
          + " | 含 已登记、已密封 | 缺 单位主要领导 | >N | 是 | ≥2026-01-01 | 泄密、丢失、失密"
          + " | 含任一 第二条、x-N | 10..500 | 7 | 义务 | | | 登记、严守秘密,不得外泄"
          + " | 保密措施 缺 已登记 且 行为 透露 | 1、2-1 | 第N项 | Item N | 2026-01-01 | | ";
  private static final String CLAUSE = "x-N | 附件N条 | 禁止 | 第N项 | Item N";

  @Test
  void fiveThousandRowsOfAlmostThirtyColumnsAreReadInSeconds() throws IOException {
    byte[] bytes = workbook(5_000);
    PolicyReader reader = new PolicyReader(TextWorkbook.vocabulary());
    PolicyWorkbook read =
        assertTimeout(
            Duration.ofSeconds(30), () -> reader.read("demo.xlsx", bytes).value().orElseThrow());
    assertEquals(5_000, read.policy().rows().size());
  }

  /** Sheets of this size are written as they lie in the file: POI would take far longer. */
  static byte[] workbook(int rows) throws IOException {
    String policy = TextWorkbook.resource("/golden/policy.txt");
    byte[] bytes = TextWorkbook.xlsx(policy + "== 许可\n" + HEADER + "\n");
    List<String> clauses = policy.substring(policy.indexOf("== 条款")).lines().skip(1).toList();
    bytes =
        TextWorkbook.withContent(
            bytes, "xl/worksheets/sheet2.xml", sheet(clauses, CLAUSE, rows).getBytes(UTF_8));
    return TextWorkbook.withContent(
        bytes, "xl/worksheets/sheet3.xml", sheet(List.of(HEADER), ROW, rows).getBytes(UTF_8));
  }

  private static String sheet(List<String> first, String row, int rows) {
    StringBuilder xml = new StringBuilder("<worksheet><sheetData>");
    first.forEach(line -> append(xml, line));
    for (int i = 0; i < rows; i++) {
      append(xml, row.replace("N", Integer.toString(i)));
    }
    return xml.append("</sheetData></worksheet>").toString();
  }

  private static void append(StringBuilder xml, String line) {
    xml.append("<row>");
    for (String cell : line.split("\\|", -1)) {
      xml.append("<c t=\"inlineStr\"><is><t>");
      xml.append(cell.strip().replace("<", "&lt;").replace(">", "&gt;"));
      xml.append("</t></is></c>");
    }
    xml.append("</row>");
  }
}
