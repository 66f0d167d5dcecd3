package dev.clearance.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A folder of small workbooks for tests: the policy {@code desk} says whether to copy is allowed.
 */
public record SmallFolder(Path root) {

  /** Writes a vocabulary and the policy {@code desk}, which prohibits to copy. */
  public static SmallFolder in(Path root) {
    SmallFolder folder = new SmallFolder(root);
    try {
      Files.createDirectories(folder.tables());
      Files.createDirectories(folder.rules());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.save("vocabulary.xlsx", vocabulary("复制", "阅读"));
    folder.save("desk.xlsx", policy("desk", "禁止"));
    return folder;
  }

  public Path tables() {
    return root.resolve("decision-tables");
  }

  public Path rules() {
    return root.resolve("rules");
  }

  public Path history() {
    return root.resolve("published");
  }

  public RulesFolder folder() {
    return new RulesFolder(tables(), rules());
  }

  /** As office programs do: aside, then renamed. */
  public void save(String name, byte[] bytes) {
    try {
      Path aside = tables().resolve("A1B2C3D4.tmp");
      Files.write(aside, bytes);
      Files.move(aside, tables().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules of the shipped folder, for policies with examples. */
  public SmallFolder withShippedRules() {
    try {
      for (Path file : RulesFolder.list(Path.of("rules"), ".drl").values()) {
        Files.copy(file, rules().resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A vocabulary with these acts, called act-1, act-2 … */
  public static byte[] vocabulary(String... acts) {
    List<List<String>> terms = new ArrayList<>();
    terms.add(List.of("属性", "代码", "中文", "English", "别名", "上位词"));
    for (int i = 0; i < acts.length; i++) {
      terms.add(List.of("行为", "act-" + (i + 1), acts[i], "act " + (i + 1), "", ""));
    }
    return workbook(
        Map.of(
            "属性",
            List.of(
                List.of("路径", "类型", "名称", "English", "说明", "取值"),
                List.of("action", "词条", "行为", "action", "", ""),
                List.of("context.approvals", "集合", "已取得的批准", "approvals", "", "审批级别")),
            "词条",
            terms,
            "审批级别",
            List.of(
                List.of("代码", "中文", "English", "位次", "范围"),
                List.of("head", "经理", "head", "50", "内部"))));
  }

  /** A policy that says this of 复制. */
  public static byte[] policy(String id, String outcome) {
    return policy(id, "复制", outcome, "样例");
  }

  public static byte[] policy(String id, String act, String outcome, String summary) {
    return workbook(sheets(id, act, outcome, summary));
  }

  public static Map<String, List<List<String>>> sheets(String id, String outcome) {
    return sheets(id, "复制", outcome, "样例");
  }

  private static Map<String, List<List<String>>> sheets(
      String id, String act, String outcome, String summary) {
    return Map.of(
        "制度",
        List.of(
            List.of("项目", "内容"), List.of("编号", id), List.of("名称", "桌面"), List.of("Title", "Desk")),
        "条款",
        List.of(
            List.of("编号", "位置", "性质", "摘要", "Summary", "把握", "备注", "关联"),
            List.of("1", "第一条", outcome, summary, "A sample", "高", "", "")),
        "许可",
        List.of(
            List.of("条款", "行为", "结论", "摘要", "Summary"),
            List.of("1", act, outcome, summary, "A sample")));
  }

  public static byte[] workbook(Map<String, List<List<String>>> sheets) {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      sheets.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              content -> {
                Sheet sheet = workbook.createSheet(content.getKey());
                for (List<String> cells : content.getValue()) {
                  Row row = sheet.createRow(sheet.getPhysicalNumberOfRows());
                  for (int i = 0; i < cells.size(); i++) {
                    if (!cells.get(i).isEmpty()) {
                      row.createCell(i).setCellValue(cells.get(i));
                    }
                  }
                }
              });
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
