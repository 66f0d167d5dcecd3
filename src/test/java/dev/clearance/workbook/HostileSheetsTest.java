package dev.clearance.workbook;

import static dev.clearance.workbook.HostileWorkbook.SHEET;
import static dev.clearance.workbook.HostileWorkbook.said;
import static dev.clearance.workbook.TextWorkbook.part;
import static dev.clearance.workbook.TextWorkbook.withContent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sheets that no program writes: what Excel might show otherwise than it is read is refused. */
class HostileSheetsTest {

  private static final String STRINGS = "xl/sharedStrings.xml";
  private static final String MAIN =
      " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
          + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
          + " xmlns:a=\"urn:another\"";
  private static final byte[] GOOD = HostileWorkbook.good();

  /** The first sheet, with what a case needs: rows of its own, and more behind them. */
  private static byte[] sheet(String rows, String behind) throws IOException {
    String xml = "<worksheet%s><sheetData>%s</sheetData>%s</worksheet>";
    return withContent(GOOD, SHEET, xml.formatted(MAIN, rows, behind).getBytes(UTF_8));
  }

  private static String row(int row, String... cells) {
    StringBuilder xml = new StringBuilder("<row r=\"" + row + "\">");
    for (int i = 0; i < cells.length; i++) {
      String at = "<c r=\"" + (char) ('A' + i) + row + "\" t=\"inlineStr\"><is><t>";
      xml.append(at).append(cells[i]).append("</t></is></c>");
    }
    return xml.append("</row>").toString();
  }

  private static final String ABOUT =
      row(1, "项目", "内容") + row(2, "编号", "demo") + row(3, "名称", "示例制度");

  private static String many(int count, IntFunction<String> one) {
    return IntStream.rangeClosed(1, count).mapToObj(one).collect(Collectors.joining());
  }

  @Test
  void theSheetThatTheOthersAreMadeOfIsGood() throws IOException {
    assertEquals(List.of(), said(sheet(ABOUT, "")));
  }

  @Test
  void rowsAndCellsInAnyOrderStandWhereTheySay() throws IOException {
    String turned =
        "<row r=\"3\"><c r=\"B3\" t=\"str\"><v>示例</v></c><c r=\"A3\" t=\"str\"><v>名称</v></c></row>"
            + row(1, "项目", "内容")
            + row(2, "编号", "demo");
    assertEquals(List.of(), said(sheet(turned, "")));
  }

  @Test
  void aRowWithoutNumberStandsWhereItsCellsSay() throws IOException {
    assertEquals(List.of(), said(sheet(ABOUT.replaceAll("<row r=\"\\d\">", "<row>"), "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<row r=\"4\"><c r=\"A4\"><v>1</v></c><c r=\"A4\"><v>2</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: the cell A4 of the sheet"
            + " 制度 is there twice (open it in Excel and save it again as .xlsx)",
        "<row r=\"2\"><c r=\"C2\"><v>1</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: the row 2 of the sheet"
            + " 制度 is there twice (open it in Excel and save it again as .xlsx)",
        "<row r=\"4\"><c r=\"A2\"><v>1</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a sheet cannot be read"
            + " (open it in Excel and save it again as .xlsx)",
        "<mc:AlternateContent><mc:Choice Requires=\"a\"><row r=\"4\"/></mc:Choice></mc:AlternateContent>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a sheet cannot be read"
            + " (open it in Excel and save it again as .xlsx)",
        "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>4000000</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a cell refers to a text"
            + " that is not there (open it in Excel and save it again as .xlsx)",
        "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>-1</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a cell refers to a text"
            + " that is not there (open it in Excel and save it again as .xlsx)",
        "<row r=\"-4\"><c r=\"A-4\"><v>1</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a sheet cannot be read"
            + " (open it in Excel and save it again as .xlsx)",
        "<row r=\"4\"><c r=\"A4\"><v>0x1p3</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a sheet cannot be read"
            + " (open it in Excel and save it again as .xlsx)",
        "<row r=\"4\"><c r=\"A4\"><v>NaN</v></c></row>"
            + "| demo.xlsx: error unreadable-file: the workbook is damaged: a sheet cannot be read"
            + " (open it in Excel and save it again as .xlsx)",
      })
  void whatContradictsItselfIsRefused(String rows, String finding) throws IOException {
    assertEquals(List.of(finding), said(sheet(ABOUT + rows, "")));
  }

  @Test
  void anExtensionIsNoRow() throws IOException {
    String extension = "<a:row r=\"9\"><a:c r=\"A9\"><a:v>1</a:v></a:c></a:row>";
    assertEquals(List.of(), said(sheet(ABOUT + extension, "")));
  }

  @Test
  void textsInTwoVersionsAreRefused() throws IOException {
    String strings =
        new String(part(GOOD, STRINGS), UTF_8)
            .replaceFirst(
                "<si>",
                "<si><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"/>");
    assertTrue(
        said(withContent(GOOD, STRINGS, strings.getBytes(UTF_8)))
            .get(0)
            .startsWith("demo.xlsx: error unreadable-file: the workbook is damaged: its texts"));
  }

  @Test
  void whatAFormulaElsewhereFillsInIsAFormulaToo() throws IOException {
    String spilled =
        row(1, "项目", "内容")
            + "<row r=\"2\"><c r=\"A2\" t=\"str\"><f t=\"array\" ref=\"A2:B3\">D1:E2</f><v>编号</v></c>"
            + "<c r=\"B2\" t=\"str\"><v>demo</v></c></row>"
            + row(3, "名称", "示例制度");
    assertEquals(
        List.of(
            "demo.xlsx!制度!A2: error formula: 项目 holds a formula (replace it by its value)",
            "demo.xlsx!制度!B2: error formula: 内容 holds a formula (replace it by its value)",
            "demo.xlsx!制度!A3: error formula: 项目 holds a formula (replace it by its value)",
            "demo.xlsx!制度!B3: error formula: 内容 holds a formula (replace it by its value)"),
        said(sheet(spilled, "")).stream().filter(it -> it.contains(" formula:")).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<dataValidations><dataValidation><formula1>WEBSERVICE(\"x\")</formula1></dataValidation></dataValidations>",
        "<conditionalFormatting><cfRule><formula>cmd|'/c calc'!A1</formula></cfRule></conditionalFormatting>",
        "<extLst><ext><a:f>RTD(\"x\")</a:f></ext></extLst>"
      })
  void aFormulaOutsideTheCellsThatReachesOutsideIsFoundInItsSheet(String behind)
      throws IOException {
    assertEquals(
        List.of(
            "demo.xlsx!制度: error unsafe-content: a formula reaches outside the workbook (replace it"
                + " by its value)"),
        said(sheet(ABOUT, behind)));
  }

  @Test
  void whatNoTableNeedsMayBeThereInAnyNumber() throws IOException {
    String behind =
        "<conditionalFormatting sqref=\"A1\">"
            + many(
                160_000,
                i -> "<cfRule priority=\"" + i + "\"><formula>A1=" + i + "</formula></cfRule>")
            + "</conditionalFormatting><dataValidations>"
            + many(
                160_000,
                i ->
                    "<dataValidation sqref=\"B"
                        + i
                        + "\"><formula1>\"甲,乙"
                        + i
                        + "\"</formula1></dataValidation>")
            + "</dataValidations><hyperlinks>"
            + many(160_000, i -> "<hyperlink ref=\"C" + i + "\" location=\"A" + i + "\"/>")
            + "</hyperlinks>";
    byte[] bytes = sheet(ABOUT, behind);
    assertEquals(List.of(), said(bytes));
    assertEquals(
        "[demo.xlsx: error too-large: the workbook holds too much besides its cells to be annotated"
            + " (copy the tables into a new workbook)]",
        Annotator.annotate("demo.xlsx", bytes, List.of()).findings().toString());
  }

  @Test
  void aSheetThatDescribesMoreColumnsThanItCanHaveIsRefused() throws IOException {
    byte[] bytes =
        sheet(ABOUT, "<cols>" + many(10_000, i -> "<col min=\"1\" max=\"9\"/>") + "</cols>");
    assertEquals(
        List.of(
            "demo.xlsx: error too-large: the sheet 制度 describes more than 2,000 columns (split the"
                + " workbook, or remove what is not used)"),
        said(bytes));
  }

  @Test
  void aSheetOfAMillionMergedCellsIsRefused() throws IOException {
    String behind =
        "<mergeCells>"
            + many(1_000_000, i -> "<mergeCell ref=\"A" + i + ":B" + i + "\"/>")
            + "</mergeCells>";
    assertTrue(said(sheet(ABOUT, behind)).get(0).startsWith("demo.xlsx: error too-large: "));
  }

  @Test
  void formulasThatEachFillTheWholeSheetTakeNoLongerThanFew() throws IOException {
    String filling =
        many(
            9_000,
            i ->
                "<row r=\"%d\"><c r=\"A%d\"><f t=\"array\" ref=\"B1:XFD1048576\">1</f><v>1</v></c></row>"
                    .formatted(i + 3, i + 3));
    assertEquals(1_000, said(sheet(ABOUT + filling, "")).size());
  }

  @Test
  void aRowOfEmptyCellsAcrossTheWholeSheetIsNothing() throws IOException {
    String styled =
        "<row r=\"4\">" + many(16_384, i -> "<c s=\"1\"/>") + "</row><row r=\"1048576\"/>";
    assertEquals(List.of(), said(sheet(ABOUT + styled, "<dimension ref=\"A1:XFD1048576\"/>")));
  }

  @Test
  void stylesThatReferToThemselvesOrNowhereAreNoReasonToRefuse() throws IOException {
    String styles =
        "<styleSheet%s><cellStyleXfs><xf xfId=\"0\"/></cellStyleXfs><cellXfs>%s</cellXfs></styleSheet>"
            .formatted(MAIN, many(60_000, i -> "<xf numFmtId=\"" + i + "\" xfId=\"" + i + "\"/>"));
    byte[] bytes =
        withContent(
            sheet(ABOUT.replace("<c ", "<c s=\"9999999\" "), ""),
            "xl/styles.xml",
            styles.getBytes(UTF_8));
    assertEquals(List.of(), said(bytes));
  }

  @Test
  void moreStylesThanExcelAllowsAreRefused() throws IOException {
    String styles =
        "<styleSheet%s><cellXfs>%s</cellXfs></styleSheet>"
            .formatted(MAIN, many(100_000, i -> "<xf/>"));
    byte[] bytes = withContent(GOOD, "xl/styles.xml", styles.getBytes(UTF_8));
    assertTrue(said(bytes).get(0).startsWith("demo.xlsx: error too-large: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1E308 | demo.xlsx!许可!C2: error wrong-type",
        "1e-320 | demo.xlsx!许可!C2: error wrong-type",
        "-0 | 已过天数 0",
        "7.000000000000001 | 已过天数 7",
        "0.30000000000000004 | 已过天数 0.3",
        "1E2 | 已过天数 100",
        "123456789012345678 | 已过天数 123456789012346000",
      })
  void aNumberIsReadAsExcelShowsIt(String number, String expected) throws IOException {
    String rows = "== 许可\n条款 | 行为 | 已过天数 | 结论\n2 | 透露 | #4242 | 禁止\n";
    byte[] bytes = TextWorkbook.xlsx(TextWorkbook.resource("/golden/policy.txt") + rows);
    String sheet = "xl/worksheets/sheet3.xml";
    String xml = new String(part(bytes, sheet), UTF_8);
    assertTrue(xml.contains("<v>4242.0</v>"));
    byte[] changed =
        withContent(
            bytes, sheet, xml.replace("<v>4242.0</v>", "<v>" + number + "</v>").getBytes(UTF_8));
    var read = new PolicyReader(TextWorkbook.vocabulary()).read("demo.xlsx", changed);
    String said = read.value().map(Transcript::of).orElse("") + read.findings();
    assertTrue(said.contains(expected), said);
  }
}
