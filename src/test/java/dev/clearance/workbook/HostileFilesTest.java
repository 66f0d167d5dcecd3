package dev.clearance.workbook;

import static dev.clearance.workbook.HostileWorkbook.SHEET;
import static dev.clearance.workbook.HostileWorkbook.found;
import static dev.clearance.workbook.TextWorkbook.part;
import static dev.clearance.workbook.TextWorkbook.withContent;
import static dev.clearance.workbook.TextWorkbook.withPart;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the answer is a clear refusal, soon. */
class HostileFilesTest {

  private final byte[] good = HostileWorkbook.good();

  private static List<Check> checks(byte[] bytes) {
    return found(bytes).stream().map(Finding::check).distinct().toList();
  }

  @Test
  void theFileThatTheOthersAreMadeOfIsGood() {
    assertEquals(List.of(), checks(good));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xl/vbaProject.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.bin",
        "xl/ctrlProps/ctrlProp1.xml",
        "xl/connections.xml",
        "xl/queryTables/queryTable1.xml",
        "customUI/customUI14.xml",
        "XL/VBAPROJECT.BIN",
        "xl\\externalLinks\\externalLink1.xml"
      })
  void aPartThatRunsOrReachesOutsideIsRefused(String part) throws IOException {
    assertEquals(List.of(Check.UNSAFE_CONTENT), checks(withPart(good, part, new byte[] {1})));
  }

  @Test
  void allUnsafePartsAreReportedInOneGo() throws IOException {
    byte[] bytes = withPart(good, "xl/vbaProject.bin", new byte[1]);
    bytes = withPart(bytes, "xl/connections.xml", "<connections/>".getBytes(UTF_8));
    bytes = withPart(bytes, SHEET, part(good, SHEET));
    assertEquals(3, found(bytes).size());
  }

  @Test
  void aMacroUnderAnotherNameIsKnownByItsType() throws IOException {
    String types =
        new String(part(good, "[Content_Types].xml"), UTF_8)
            .replace(
                "</Types>",
                "<Override PartName=\"/xl/harmless.bin\""
                    + " ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>");
    byte[] bytes = withContent(good, "[Content_Types].xml", types.getBytes(UTF_8));
    assertEquals(
        List.of(Check.UNSAFE_CONTENT), checks(withPart(bytes, "xl/harmless.bin", new byte[1])));
  }

  @Test
  void twoPartsWhoseNamesDifferOnlyInCaseAreTheSamePart() throws IOException {
    byte[] bytes = withPart(good, "xl/worksheets/SHEET1.XML", part(good, SHEET));
    assertEquals(List.of(Check.UNSAFE_CONTENT), checks(bytes));
  }

  @Test
  void anImageThatLiesElsewhereIsNotFetched() throws IOException {
    byte[] bytes =
        withPart(
            good,
            "xl/worksheets/_rels/sheet1.xml.rels",
            ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Id=\"rId1\" TargetMode=\"External\" Target=\"http://127.0.0.1/\""
                    + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\"/>"
                    + "</Relationships>")
                .getBytes(UTF_8));
    assertEquals(List.of(Check.UNSAFE_CONTENT), checks(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHEET,
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "docProps/core.xml"
      })
  void nothingThatAPartDeclaresIsFetchedOrExpanded(String part) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> calls.incrementAndGet());
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
      String xml = new String(part(good, part), UTF_8);
      String declared =
          xml.replaceFirst(
              "(\\?>\\s*)?(<[A-Za-z])",
              "$1<!DOCTYPE a [<!ENTITY % e SYSTEM \"" + url + "\"> %e;]>$2");
      assertTrue(declared.contains("DOCTYPE"));
      byte[] bytes = withContent(good, part, declared.getBytes(UTF_8));
      assertEquals(Check.UNSAFE_CONTENT, checks(bytes).get(0));
      String wide = declared.replaceFirst("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
      bytes = withContent(good, part, wide.getBytes(StandardCharsets.UTF_16));
      assertEquals(Check.UNSAFE_CONTENT, checks(bytes).get(0));
      assertEquals(0, calls.get());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    byte[] bytes = withPart(good, "xl/media/image1.png", new byte[40 << 20]);
    assertEquals(List.of(Check.TOO_LARGE), checks(bytes));
  }

  @Test
  void aFileOfThousandsOfPartsIsRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 1_500; i++) {
        zip.putNextEntry(new ZipEntry("xl/media/" + i));
      }
    }
    assertEquals(List.of(Check.TOO_LARGE), checks(out.toByteArray()));
  }

  @Test
  void aFileAboveTenMebibytesIsNotOpened() {
    assertEquals(List.of(Check.TOO_LARGE), checks(new byte[(10 << 20) + 1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {SHEET, "[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml"})
  void aPartNestedTwoHundredThousandDeepIsRefused(String part) throws IOException {
    String deep = "<a>".repeat(200_000) + "</a>".repeat(200_000);
    byte[] bytes = withContent(good, part, deep.getBytes(UTF_8));
    Check check = checks(bytes).get(0);
    assertTrue(check == Check.TOO_LARGE || check == Check.UNREADABLE_FILE, check.code());
  }

  @Test
  void aSheetOfAMillionRowsIsRefusedBeforeItIsHeld() throws IOException {
    StringBuilder rows = new StringBuilder("<worksheet><sheetData>");
    Random random = new Random(1);
    for (int i = 1; i <= 400_000; i++) {
      rows.append("<row r=\"").append(i).append("\"><c r=\"A").append(i).append("\"><v>");
      rows.append(random.nextInt()).append("</v></c></row>");
    }
    rows.append("</sheetData></worksheet>");
    byte[] bytes = withContent(good, SHEET, rows.toString().getBytes(UTF_8));
    assertEquals(List.of(Check.TOO_LARGE), checks(bytes));
  }

  @Test
  void aCellFarToTheRightIsRefused() throws IOException {
    String sheet =
        "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData></worksheet>";
    byte[] bytes = withContent(good, SHEET, sheet.getBytes(UTF_8));
    assertEquals(List.of(Check.TOO_LARGE), checks(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1e999</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>x</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>999999</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"?\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"-3\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c",
        ""
      })
  void aSheetThatIsNoSheetGivesFindings(String sheet) throws IOException {
    assertFalse(checks(withContent(good, SHEET, sheet.getBytes(UTF_8))).isEmpty());
  }

  @Test
  void anOldWorkbookUnderANewNameIsNamedAsSuch() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (POIFSFileSystem old = new POIFSFileSystem()) {
      old.createDocument(new java.io.ByteArrayInputStream(new byte[100]), "Workbook");
      old.writeFilesystem(out);
    }
    assertEquals(
        "demo.xlsx: error unreadable-file: the file is a workbook of the old format .xls, not .xlsx"
            + " (open it in Excel and save it as .xlsx)",
        found(out.toByteArray()).get(0).toString());
  }

  @Test
  void anEncryptedWorkbookIsNamedAsSuch() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (POIFSFileSystem old = new POIFSFileSystem()) {
      old.createDocument(new java.io.ByteArrayInputStream(new byte[100]), "EncryptedPackage");
      old.writeFilesystem(out);
    }
    assertEquals(
        "demo.xlsx: error unreadable-file: the workbook is encrypted (save it without a password)",
        found(out.toByteArray()).get(0).toString());
  }

  @Test
  void aFileCutOffAnywhereIsUnreadable() {
    for (int length = 0; length < good.length; length += 97) {
      assertEquals(List.of(Check.UNREADABLE_FILE), checks(Arrays.copyOf(good, length)));
    }
  }

  @Test
  void randomBytesAreUnreadable() {
    Random random = new Random(20261122);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(4096)];
      random.nextBytes(bytes);
      assertEquals(List.of(Check.UNREADABLE_FILE), checks(bytes));
    }
  }

  @Test
  void bitsThatFlipGiveAWorkbookOrFindingsAndNeverAnException() {
    Random random = new Random(20261122);
    PolicyReader reader = new PolicyReader(TextWorkbook.vocabulary());
    for (int i = 0; i < 500; i++) {
      byte[] bytes = good.clone();
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      reader.read("demo.xlsx", bytes);
    }
  }

  @Test
  void aTableFullOfMistakesIsReportedUpToALimit() {
    StringBuilder text = new StringBuilder("== 许可\n条款 | 行为 | 客体 | 结论\n");
    for (int i = 0; i < 2_000; i++) {
      text.append("无此条").append(i).append(" | 无此行为").append(i).append(" | 甲、乙、丙 | 不知\n");
    }
    byte[] bytes = TextWorkbook.xlsx(TextWorkbook.resource("/golden/policy.txt") + text);
    List<Finding> findings = found(bytes);
    assertEquals(1_000, findings.size());
    assertEquals(Check.TOO_LARGE, findings.get(0).check());
  }
}
