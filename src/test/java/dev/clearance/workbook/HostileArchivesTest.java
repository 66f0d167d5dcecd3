package dev.clearance.workbook;

import static dev.clearance.workbook.HostileWorkbook.SHEET;
import static dev.clearance.workbook.HostileWorkbook.said;
import static dev.clearance.workbook.TextWorkbook.part;
import static dev.clearance.workbook.TextWorkbook.withContent;
import static dev.clearance.workbook.TextWorkbook.withPart;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that two programs could unpack differently, or that unpack to too much, are refused. */
class HostileArchivesTest {

  private static final String DAMAGED =
      "demo.xlsx: error unreadable-file: the file is damaged and cannot be read as a workbook"
          + " (open it in Excel and save it again as .xlsx)";
  private static final byte[] GOOD = HostileWorkbook.good();

  /** The bytes with a text exchanged for another of the same length, at its n-th place. */
  private static byte[] exchanged(byte[] bytes, String was, String now, int nth) {
    String text = new String(bytes, ISO_8859_1);
    int at = -1;
    for (int i = 0; i < nth; i++) {
      at = text.indexOf(was, at + 1);
    }
    byte[] changed = bytes.clone();
    System.arraycopy(now.getBytes(ISO_8859_1), 0, changed, at, now.length());
    return changed;
  }

  private static byte[] joined(byte[]... all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(all).forEach(out::writeBytes);
    return out.toByteArray();
  }

  @Test
  void aPartThatIsCalledOtherwiseWhereItLiesThanInTheListIsRefused() {
    byte[] bytes = exchanged(GOOD, SHEET, "xl/worksheets/sheet9.xml", 1);
    assertEquals(List.of(DAMAGED), said(bytes));
  }

  @Test
  void twoWorkbooksInOneFileAreRefused() {
    byte[] other = TextWorkbook.xlsx("== 制度\n项目 | 内容");
    assertEquals(List.of(DAMAGED), said(joined(other, GOOD)));
    assertEquals(List.of(DAMAGED), said(joined(GOOD, other)));
  }

  @Test
  void bytesBehindTheArchiveAreRefused() {
    assertEquals(List.of(DAMAGED), said(joined(GOOD, "PK and more".getBytes(UTF_8))));
  }

  @Test
  void aProgramBeforeTheArchiveIsRefused() {
    assertEquals(
        List.of(
            "demo.xlsx: error unreadable-file: the file is not an .xlsx workbook (open it in Excel"
                + " and save it as .xlsx)"),
        said(joined("MZ".getBytes(UTF_8), GOOD)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XL/Worksheets/SHEET1.xml",
        "/xl/worksheets/sheet1.xml",
        "xl\\worksheets\\SHEET1.xml",
        "xl/worksheets/sheet1.xml"
      })
  void aPartThatIsThereTwiceIsRefusedHoweverItIsWritten(String name) throws IOException {
    byte[] bytes = withPart(GOOD, name, part(GOOD, SHEET));
    assertEquals(
        List.of(
            "demo.xlsx: error unsafe-content: the file holds the part \""
                + name.replace('\\', '/')
                + "\" twice (copy the tables into a new workbook without it)"),
        said(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.xml",
        "xl/../../evil.xml",
        "xl/./worksheets/sheet1.xml",
        "xl//worksheets/sheet1.xml",
        "xl/worksheets/%73heet1.xml",
        "C:\\evil.xml",
        "xl/worksheets/sheet1.xml/[0].piece",
        "xl/worksheets/sheet1.xml\u0000.png"
      })
  void aPartWithAnImpossibleNameIsRefused(String name) throws IOException {
    byte[] bytes = withPart(GOOD, name, part(GOOD, SHEET));
    assertEquals(
        true,
        said(bytes).get(0).startsWith("demo.xlsx: error unsafe-content: the file holds a part"),
        said(bytes)::toString);
  }

  @Test
  void anArchiveWithZip64FieldsIsRead() throws IOException {
    SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
      zip.setUseZip64(Zip64Mode.Always);
      for (String name :
          List.of(
              "[Content_Types].xml",
              "_rels/.rels",
              "xl/workbook.xml",
              "xl/_rels/workbook.xml.rels",
              "xl/sharedStrings.xml",
              "xl/styles.xml",
              SHEET,
              "xl/worksheets/sheet2.xml")) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(part(GOOD, name));
        zip.closeArchiveEntry();
      }
    }
    byte[] bytes = Arrays.copyOf(channel.array(), (int) channel.size());
    assertEquals(List.of(), said(bytes));
  }

  @Test
  void aPartThatSaysItIsLargerOrSmallerThanItIsIsRefusedOrReadAsItIs() {
    int directory = new String(GOOD, ISO_8859_1).indexOf("PK\u0001\u0002");
    for (int field : new int[] {16, 20, 24}) {
      byte[] bytes = GOOD.clone();
      bytes[directory + field] ^= 0x55;
      assertEquals(1, said(bytes).size(), "field " + field);
    }
  }

  @Test
  void aBombInsideABombIsNotOpened() throws IOException {
    byte[] inner = zip("a", new byte[8 << 20]);
    byte[] bytes = withPart(GOOD, "xl/media/inner.zip", inner);
    assertEquals(List.of(), said(withType(bytes, "zip")));
  }

  @Test
  void manyPartsThatAreSmallBecomeTooMuchTogether() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] noise = new byte[1 << 20];
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 200; i++) {
        zip.putNextEntry(new ZipEntry("xl/media/" + i + ".png"));
        zip.write(noise);
      }
    }
    assertEquals(1, said(out.toByteArray()).size());
    assertEquals(true, said(out.toByteArray()).get(0).contains("too-large"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/x",
        "file:///etc/passwd",
        "\\\\127.0.0.1\\share\\x",
        "//127.0.0.1/x"
      })
  void aPartThatLiesElsewhereIsNotFetched(String target) throws IOException {
    for (String mode : List.of(" TargetMode=\"External\"", "")) {
      String xml =
          new String(part(GOOD, "xl/_rels/workbook.xml.rels"), UTF_8)
              .replace("Target=\"worksheets/sheet1.xml\"", "Target=\"" + target + "\"" + mode);
      byte[] bytes = withContent(GOOD, "xl/_rels/workbook.xml.rels", xml.getBytes(UTF_8));
      assertEquals(true, said(bytes).get(0).contains(" error "), target + mode);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workbook.xml",
        "_rels/workbook.xml.rels",
        "../[Content_Types].xml",
        "../../../xl/worksheets/nowhere.xml",
        "#here",
        "",
        "sharedStrings.xml"
      })
  void aSheetThatIsAnotherPartOrNoneIsReported(String target) throws IOException {
    String xml =
        new String(part(GOOD, "xl/_rels/workbook.xml.rels"), UTF_8)
            .replace("Target=\"worksheets/sheet1.xml\"", "Target=\"" + target + "\"");
    byte[] bytes = withContent(GOOD, "xl/_rels/workbook.xml.rels", xml.getBytes(UTF_8));
    assertEquals(true, said(bytes).get(0).contains(" error "), target);
  }

  @Test
  void aWordDocumentIsNotCalledAnUnsafeWorkbook() throws IOException {
    byte[] bytes = zip("[Content_Types].xml", part(GOOD, "[Content_Types].xml"));
    bytes = withPart(bytes, "word/document.xml", "<a/>".getBytes(UTF_8));
    bytes = withPart(bytes, "word/embeddings/oleObject1.bin", new byte[1]);
    assertEquals(
        List.of(
            "demo.xlsx: error unreadable-file: the file is not an .xlsx workbook (open it in Excel"
                + " and save it as .xlsx)"),
        said(bytes));
  }

  @Test
  void aBinaryWorkbookIsNamedAsSuch() throws IOException {
    String types =
        new String(part(GOOD, "[Content_Types].xml"), UTF_8)
            .replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.ms-excel.sheet.binary.macroEnabled.main");
    assertEquals(
        List.of(
            "demo.xlsx: error unreadable-file: the file is a binary workbook (.xlsb), not .xlsx"
                + " (open it in Excel and save it as .xlsx)"),
        said(withContent(GOOD, "[Content_Types].xml", types.getBytes(UTF_8))));
  }

  private static byte[] withType(byte[] bytes, String extension) throws IOException {
    String types =
        new String(part(bytes, "[Content_Types].xml"), UTF_8)
            .replaceFirst(
                "<Default",
                "<Default Extension=\""
                    + extension
                    + "\" ContentType=\"application/zip\"/><Default");
    return withContent(bytes, "[Content_Types].xml", types.getBytes(UTF_8));
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }
}
