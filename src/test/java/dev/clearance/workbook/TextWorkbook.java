package dev.clearance.workbook;

import dev.clearance.vocabulary.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Workbooks written down as text, so that small tables can stand in a test.
 *
 * <pre>
 * == 许可
 * 条款 | 行为 | 结论
 * 1    | 复制 | 禁止
 * </pre>
 *
 * A cell is text, unless it begins with {@code #} (number), {@code @} (day), {@code =} (formula),
 * {@code !} (error value) or {@code ?} (true or false); ⏎ is a line break and _ a blank. Lines that
 * begin with a colon do something to the sheet or file: {@code :merge A1:B2}, {@code :hide row 3},
 * {@code :hide column B}, {@code :hide sheet}, {@code :part NAME}, {@code :twice NAME}, {@code
 * :zeros NAME COUNT}, {@code :bytes TEXT}.
 */
public final class TextWorkbook {

  private final List<String> fileLines = new ArrayList<>();
  private final XSSFWorkbook workbook = new XSSFWorkbook();
  private final CellStyle day = workbook.createCellStyle();

  private TextWorkbook() {
    day.setDataFormat((short) 14);
  }

  /** The bytes of an .xlsx with these sheets. */
  public static byte[] xlsx(String text) {
    TextWorkbook writer = new TextWorkbook();
    try {
      return writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A small vocabulary for tests. */
  public static Vocabulary vocabulary() {
    return Small.VOCABULARY;
  }

  private static final class Small {
    static final Vocabulary VOCABULARY = vocabulary(resource("/golden/vocabulary.txt"));
  }

  public static Vocabulary vocabulary(String text) {
    var read = VocabularyReader.read("vocabulary.xlsx", xlsx(text));
    return read.value().orElseThrow(() -> new AssertionError(read.findings()));
  }

  /** The policy that a text describes; its id is that of its 制度 sheet. */
  public static PolicyWorkbook policy(Vocabulary vocabulary, String id, String text) {
    var read = new PolicyReader(vocabulary).read(id + ".xlsx", xlsx(text));
    return read.value().orElseThrow(() -> new AssertionError(read.findings()));
  }

  static String resource(String path) {
    try (InputStream in = TextWorkbook.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] write(String text) throws IOException {
    Sheet sheet = null;
    int row = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("== ")) {
        sheet = workbook.createSheet(line.substring(3).strip());
        row = 0;
      } else if (line.startsWith(":")) {
        command(sheet, line.substring(1));
      } else if (sheet != null && line.isBlank()) {
        row++;
      } else if (sheet != null) {
        writeRow(sheet.createRow(row++), line);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    workbook.write(out);
    byte[] bytes = out.toByteArray();
    for (String line : fileLines) {
      bytes = changed(bytes, line);
    }
    return bytes;
  }

  private void writeRow(Row row, String line) {
    String[] cells = line.split("\\|", -1);
    for (int i = 0; i < cells.length; i++) {
      String text = cells[i].strip().replace("⏎", "\n");
      if (!text.isEmpty()) {
        writeCell(row.createCell(i), text);
      }
    }
  }

  private void writeCell(Cell cell, String text) {
    String rest = text.substring(1);
    switch (text.charAt(0)) {
      case '#' -> cell.setCellValue(Double.parseDouble(rest));
      case '@' -> {
        cell.setCellValue(LocalDate.parse(rest));
        cell.setCellStyle(day);
      }
      case '=' -> cell.setCellFormula(rest);
      case '!' -> cell.setCellErrorValue(FormulaError.forString(rest).getCode());
      case '?' -> cell.setCellValue(Boolean.parseBoolean(rest));
      default -> cell.setCellValue(text.replace('_', ' '));
    }
  }

  private void command(Sheet sheet, String line) {
    String[] words = line.split(" ", 3);
    switch (words[0] + " " + words[1]) {
      case "hide row" -> {
        int number = Integer.parseInt(words[2]) - 1;
        Row row = sheet.getRow(number);
        (row == null ? sheet.createRow(number) : row).setZeroHeight(true);
      }
      case "hide column" ->
          sheet.setColumnHidden(CellReference.convertColStringToIndex(words[2]), true);
      case "hide sheet" -> {
        workbook.setActiveSheet(0);
        workbook.setSheetHidden(workbook.getSheetIndex(sheet), true);
      }
      default -> {
        if (words[0].equals("merge")) {
          sheet.addMergedRegion(CellRangeAddress.valueOf(words[1]));
        } else {
          fileLines.add(line);
        }
      }
    }
  }

  private static byte[] changed(byte[] bytes, String line) throws IOException {
    String[] words = line.split(" ", 3);
    return switch (words[0]) {
      case "part" -> withPart(bytes, words[1], new byte[] {'x'});
      case "zeros" -> withPart(bytes, words[1], new byte[Integer.parseInt(words[2])]);
      case "twice" -> withPart(bytes, words[1], part(bytes, words[1]));
      case "bytes" -> line.substring(6).getBytes(StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException(line);
    };
  }

  /** The same archive with one more part, under a name that may be there already. */
  static byte[] withPart(byte[] bytes, String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream((OutputStream) out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        put(zip, entry.getName(), in.readAllBytes());
      }
      put(zip, name, content);
    }
    return out.toByteArray();
  }

  /** The same archive with the content of one part exchanged. */
  static byte[] withContent(byte[] bytes, String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream((OutputStream) out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        put(zip, entry.getName(), entry.getName().equals(name) ? content : in.readAllBytes());
      }
    }
    return out.toByteArray();
  }

  static byte[] part(byte[] bytes, String name) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return in.readAllBytes();
        }
      }
    }
    throw new IllegalArgumentException("no part " + name);
  }

  private static void put(ZipArchiveOutputStream zip, String name, byte[] content)
      throws IOException {
    zip.putArchiveEntry(new ZipArchiveEntry(name));
    zip.write(content);
    zip.closeArchiveEntry();
  }
}
