package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shipped workbook, broken as people break them. */
class RealWorkbookTest extends EditingApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Override
  void prepare() {
    try {
      Files.delete(folder.tables().resolve("desk.xlsx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.save("vocabulary.xlsx", shipped("vocabulary.xlsx"));
    folder.save("housing-centre.xlsx", shipped("housing-centre.xlsx"));
  }

  /** The first cell of the column 行为 in the sheet 许可. */
  private static XSSFCell act(XSSFWorkbook workbook) {
    XSSFSheet sheet = workbook.getSheet("许可");
    int column = 0;
    while (!sheet.getRow(0).getCell(column).getStringCellValue().equals("行为")) {
      column++;
    }
    for (Row row : sheet) {
      XSSFCell cell = (XSSFCell) row.getCell(column);
      if (row.getRowNum() > 0 && cell != null && !cell.toString().isBlank()) {
        return cell;
      }
    }
    throw new IllegalStateException("no row names an act");
  }

  private record Broken(byte[] bytes, CellAddress cell) {}

  private static Broken broken() throws IOException {
    try (XSSFWorkbook workbook =
        new XSSFWorkbook(new ByteArrayInputStream(shipped("housing-centre.xlsx")))) {
      XSSFCell cell = act(workbook);
      // An inline string would stay beside the value.
      cell.setBlank();
      cell.setCellValue("复印机器人");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      return new Broken(bytes.toByteArray(), cell.getAddress());
    }
  }

  @Test
  void theCellThatIsWrongIsNamed() throws Exception {
    Broken broken = broken();
    JsonNode answer = JSON.readTree(send("POST", "/v1/workbooks/check", broken.bytes()).body());

    assertThat(answer.get("policy").asString()).isEqualTo("housing-centre");
    assertThat(answer.get("clean").asBoolean()).isFalse();
    JsonNode finding = answer.get("findings").get(0);
    assertThat(finding.get("place").asString())
        .isEqualTo("housing-centre.xlsx!许可!" + broken.cell());
    assertThat(finding.get("message").asString()).isEqualTo("行为 has no term \"复印机器人\"");
  }

  @Test
  void theAnnotatedCopyOpensAndShowsTheFindingAtItsCell() throws Exception {
    Broken broken = broken();
    HttpResponse<byte[]> response =
        send("POST", "/v1/workbooks/check", broken.bytes(), "Accept", XLSX);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(XLSX);
    assertThat(response.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"housing-centre.checked.xlsx\"");
    try (XSSFWorkbook copy = new XSSFWorkbook(new ByteArrayInputStream(response.body()))) {
      assertThat(copy.getSheet("许可").getCellComment(broken.cell()).getString().getString())
          .contains("行为 里没有 \"复印机器人\" 这个词");
      assertThat(copy.getSheet("检查结果").getRow(1).getCell(3).getStringCellValue())
          .contains("行为 里没有 \"复印机器人\" 这个词");
    }
  }

  @Test
  void theShippedWorkbookIsCleanKeepsItsExamplesAndChangesNothing() {
    JsonNode answer =
        JSON.readTree(send("POST", "/v1/workbooks/check", shipped("housing-centre.xlsx")).body());

    assertThat(answer.get("clean").asBoolean()).isTrue();
    assertThat(answer.get("version")).isEqualTo(answer.get("inForce"));
    assertThat(answer.get("examples").get("run").asInt()).isGreaterThan(30);
    assertThat(answer.get("examples").get("failed").asInt()).isZero();
    assertThat(answer.get("difference").get("rows").size()).isZero();
  }
}
