package dev.clearance.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.source.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** Annotated copies, opened again. */
class AnnotatorTest {

  private static final String NAME = "housing-centre.xlsx";
  private static final Place SHEET = Place.of(NAME).inSheet("许可");
  private static final Finding TERM =
      new Finding(
          Check.UNKNOWN_TERM, SHEET.atCell(3, 2), "行为 has no term \"复印\"", "did you mean 复制?");
  private static final Finding SECOND =
      new Finding(Check.UNEXPECTED_VALUE, SHEET.atCell(3, 2), "=1+1 is no value", "");
  private static final Finding ROW =
      new Finding(Check.SHADOWED_ROW, SHEET.atRow(5), "the row can never change an answer", "");
  private static final Finding FILE =
      new Finding(Check.MISSING_SHEET, Place.of(NAME), "the workbook has no sheet 用例", "add it");
  private static final List<Finding> ALL = List.of(TERM, SECOND, ROW, FILE);

  private static byte[] shipped() throws IOException {
    return Files.readAllBytes(Path.of("decision-tables", NAME));
  }

  private static byte[] annotated(byte[] workbook, List<Finding> findings) {
    Checked<byte[]> copy = Annotator.annotate(NAME, workbook, findings);
    return copy.value().orElseThrow(() -> new AssertionError(copy.findings()));
  }

  private static XSSFWorkbook open(byte[] workbook) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(workbook));
  }

  private static List<String> comments(XSSFWorkbook workbook) {
    List<String> comments = new ArrayList<>();
    for (Sheet sheet : workbook) {
      sheet
          .getCellComments()
          .forEach(
              (address, comment) ->
                  comments.add(
                      sheet.getSheetName()
                          + "!"
                          + address
                          + " "
                          + comment.getAuthor()
                          + ": "
                          + comment.getString().getString()));
    }
    comments.sort(null);
    return comments;
  }

  private static byte[] fill(XSSFWorkbook workbook, int row, int column) {
    XSSFCell cell = workbook.getSheet("许可").getRow(row - 1).getCell(column - 1);
    return cell.getCellStyle().getFillForegroundXSSFColor().getRGB();
  }

  @Test
  void aCommentStandsAtEveryFaultyCellAndTheSheetListsAll() throws IOException {
    try (XSSFWorkbook copy = open(annotated(shipped(), ALL))) {
      assertThat(comments(copy))
          .containsExactly(
              "许可!A5 Clearance: Clearance:\n警告 不起作用的行（shadowed-row）：the row can never change an answer",
              "许可!B3 Clearance: Clearance:\n错误 不该填的内容（unexpected-value）：=1+1 is no value\n"
                  + "错误 不认识的词（unknown-term）：行为 里没有 \"复印\" 这个词。建议：是不是“复制”？");
      assertThat(fill(copy, 3, 2)).containsExactly(0xFF, 0xC7, 0xCE);
      assertThat(fill(copy, 5, 1)).containsExactly(0xFF, 0xEB, 0x9C);
      List<String> listed = new ArrayList<>();
      for (Row row : copy.getSheet("检查结果")) {
        StringBuilder line = new StringBuilder();
        for (Cell cell : row) {
          assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
          line.append(line.isEmpty() ? "" : " | ").append(cell.getStringCellValue());
        }
        listed.add(line.toString());
      }
      assertThat(listed)
          .containsExactly(
              "位置 | 级别 | 检查 | 说明 | 建议 | 代码 | English",
              "housing-centre.xlsx | 错误 | 缺少工作表 | 缺少工作表 用例 | 请补上 | missing-sheet"
                  + " | the workbook has no sheet 用例 (add it)",
              "许可!B3 | 错误 | 不该填的内容 | =1+1 is no value |  | unexpected-value"
                  + " | =1+1 is no value",
              "许可!B3 | 错误 | 不认识的词 | 行为 里没有 \"复印\" 这个词 | 是不是“复制”？ | unknown-term"
                  + " | 行为 has no term \"复印\" (did you mean 复制?)",
              "许可!5 | 警告 | 不起作用的行 | the row can never change an answer |  | shadowed-row"
                  + " | the row can never change an answer");
      assertThat(copy.getSheet("检查结果").getRow(2).getCell(0).getHyperlink().getAddress())
          .isEqualTo("'许可'!B3");
      assertThat(copy.getActiveSheetIndex()).isEqualTo(copy.getSheetIndex("检查结果"));
    }
  }

  @Test
  void theRestOfTheWorkbookIsAsItWas() throws IOException {
    try (XSSFWorkbook original = open(shipped());
        XSSFWorkbook copy = open(annotated(shipped(), ALL))) {
      assertThat(copy.getNumberOfSheets()).isEqualTo(original.getNumberOfSheets() + 1);
      for (Sheet sheet : original) {
        Sheet same = copy.getSheet(sheet.getSheetName());
        assertThat(same.getDataValidations()).hasSameSizeAs(sheet.getDataValidations());
        for (Row row : sheet) {
          for (Cell cell : row) {
            assertThat(same.getRow(row.getRowNum()).getCell(cell.getColumnIndex()))
                .hasToString(cell.toString());
          }
        }
      }
    }
    var vocabulary = ShippedWorkbooksTest.vocabulary().value().orElseThrow();
    PolicyReader reader = new PolicyReader(vocabulary);
    assertThat(reader.read(NAME, annotated(shipped(), ALL)).value().orElseThrow().policy())
        .isEqualTo(reader.read(NAME, shipped()).value().orElseThrow().policy());
  }

  @Test
  void furtherSheetsAreWrittenAsTextAndTakenAwayFromTheNextCopy() throws IOException {
    AddedSheet changes =
        new AddedSheet("变化", List.of(10, 20), List.of(List.of("类别", "原来"), List.of("=1+1", "允许")));
    Checked<byte[]> copy =
        Annotator.annotate(NAME, shipped(), List.of(), Optional.of(changes), Optional.empty());
    try (XSSFWorkbook workbook = open(copy.value().orElseThrow())) {
      Row row = workbook.getSheet("变化").getRow(1);
      assertThat(row.getCell(0).getCellType()).isEqualTo(CellType.STRING);
      assertThat(row.getCell(0).getStringCellValue()).isEqualTo("=1+1");
      assertThat(row.getCell(1).getStringCellValue()).isEqualTo("允许");
    }
    var vocabulary = ShippedWorkbooksTest.vocabulary().value().orElseThrow();
    assertThat(new PolicyReader(vocabulary).read(NAME, copy.value().orElseThrow()).findings())
        .isEqualTo(new PolicyReader(vocabulary).read(NAME, shipped()).findings());
    try (XSSFWorkbook next = open(annotated(copy.value().orElseThrow(), List.of()))) {
      assertThat(next.getSheet("变化")).isNull();
    }
  }

  @Test
  void marksOfAnEarlierCopyAreTakenAway() throws IOException {
    byte[] once = annotated(shipped(), ALL);
    try (XSSFWorkbook copy = open(annotated(once, List.of(TERM)))) {
      assertThat(comments(copy))
          .containsExactly(
              "许可!B3 Clearance: Clearance:\n"
                  + "错误 不认识的词（unknown-term）：行为 里没有 \"复印\" 这个词。建议：是不是“复制”？");
      assertThat(copy.getSheet("许可").getRow(4).getCell(0).getCellStyle().getFillPattern())
          .isEqualTo(org.apache.poi.ss.usermodel.FillPatternType.NO_FILL);
      assertThat(copy.getSheet("检查结果").getLastRowNum()).isEqualTo(1);
    }
    try (XSSFWorkbook copy = open(annotated(once, List.of()))) {
      assertThat(comments(copy)).isEmpty();
      assertThat(copy.getSheet("检查结果").getRow(1).getCell(3)).hasToString("没有发现问题");
    }
  }

  @Test
  void whatAPersonWroteInACommentStays() throws IOException {
    byte[] commented;
    try (XSSFWorkbook workbook = open(shipped());
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      Sheet sheet = workbook.getSheet("许可");
      ClientAnchor anchor = workbook.getCreationHelper().createClientAnchor();
      Comment comment = sheet.createDrawingPatriarch().createCellComment(anchor);
      comment.setString(workbook.getCreationHelper().createRichTextString("请法务确认"));
      comment.setAuthor("王");
      sheet.getRow(2).getCell(1).setCellComment(comment);
      workbook.write(out);
      commented = out.toByteArray();
    }
    byte[] once = annotated(commented, List.of(TERM));
    try (XSSFWorkbook copy = open(annotated(once, List.of(TERM)))) {
      assertThat(comments(copy))
          .containsExactly(
              "许可!B3 王: 请法务确认\n\nClearance:\n"
                  + "错误 不认识的词（unknown-term）：行为 里没有 \"复印\" 这个词。建议：是不是“复制”？");
    }
    try (XSSFWorkbook copy = open(annotated(once, List.of()))) {
      assertThat(comments(copy)).containsExactly("许可!B3 王: 请法务确认");
    }
  }

  @Test
  void aFileThatIsNoSafeWorkbookIsNotOpened() {
    assertThat(Annotator.annotate("a.xlsx", "PK nonsense".getBytes(StandardCharsets.UTF_8), ALL))
        .isEqualTo(
            Checked.failed(
                List.of(
                    new Finding(
                        Check.UNREADABLE_FILE,
                        Place.of("a.xlsx"),
                        "the file is damaged and cannot be read as a workbook",
                        "open it in Excel and save it again as .xlsx"))));
  }
}
