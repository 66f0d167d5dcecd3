package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.clearance.vocabulary.Vocabulary;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeWorkbookTest {

  @Test
  void fiveThousandRowsOfThirtyColumnsAreReadInSeconds() {
    Vocabulary vocabulary = TextWorkbook.vocabulary();
    byte[] bytes = TextWorkbook.xlsx(text(5_000));
    PolicyWorkbook read =
        assertTimeout(
            Duration.ofSeconds(20),
            () -> new PolicyReader(vocabulary).read("demo.xlsx", bytes).value().orElseThrow());
    assertEquals(5_000, read.policy().rows().size());
  }

  static String text(int rows) {
    StringBuilder text = new StringBuilder(TextWorkbook.resource("/golden/policy.txt"));
    for (int i = 0; i < rows; i++) {
      text.append("x-" + i + " | 附件" + i + "条 | 禁止 | 第" + i + "项 | Item " + i + "\n");
    }
    text.append("== 许可\n条款 | 人员编号 | 身份 | 行为 | 客体 | 密级 | 内容类别 | 保密措施");
    text.append(" | 已取得的批准 | 已过天数 | 是否有人监督 | 办理日期 | 情形 | 违反的条款");
    text.append(" | 合同总价款 | 行贿金额 | 结论 | 审批级别 | 审批人 | 须履行 | 违反情形 | 优先于");
    text.append(" | 摘要 | Summary | 生效 | 失效 | 确认\n");
    for (int i = 0; i < rows; i++) {
      text.append("x-" + i + " | 甲" + i + " | 职员、来访人员 | 复制、复印、携带外出 | 文档、存储介质 | 秘密及以上");
      text.append(" | 财务资料、统计资料 | 含 已登记、已密封 | 缺 单位主要领导 | >" + i + " | 是 | ≥2026-01-01");
      text.append(" | 泄密、丢失、失密 | 含任一 第二条、x-" + i + " | 10..500 | #7");
      text.append(" | 义务 | | | 登记、严守秘密,不得外泄 | 保密措施 缺 已登记 且 行为 透露 | 1、2-1");
      text.append(" | 第" + i + "项 | Item " + i + " | @2026-01-01 | | \n");
    }
    return text.toString();
  }
}
