package dev.clearance.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the cells of a workbook anew, as one program or another would: the standard leaves a
 * writer much freedom, and each takes another part of it.
 */
final class Dialect {

  enum Strings {
    SHARED,
    /** In runs of different fonts, with a reading above the characters. */
    SHARED_RICH,
    INLINE,
    INLINE_RICH,
    /** As the result of a formula whose formula was dropped. */
    PLAIN
  }

  enum Days {
    SERIAL,
    FROM_1904,
    ISO
  }

  private static final String TYPES =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private static final String READING =
      "<{p}rPh sb=\"0\" eb=\"1\"><{p}t>du fa</{p}t></{p}rPh><{p}phoneticPr fontId=\"1\"/>";

  private final Map<String, String> moreParts = new LinkedHashMap<>();
  private Strings strings = Strings.SHARED;
  private Days days = Days.SERIAL;
  private boolean strict;
  private String prefix = "";
  private boolean addresses = true;
  private boolean absoluteTargets;
  private int emptyCells;
  private Charset charset = StandardCharsets.UTF_8;
  private String beginning = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

  private final List<String> shared = new ArrayList<>();

  Dialect strings(Strings as) {
    strings = as;
    return this;
  }

  Dialect days(Days as) {
    days = as;
    return this;
  }

  /** The name spaces of ISO/IEC 29500 Strict, as Excel's "Strict Open XML" has them. */
  Dialect strict() {
    strict = true;
    return this;
  }

  Dialect prefix(String of) {
    prefix = of + ":";
    return this;
  }

  /** Cells and rows that do not say where they are: each follows the one before. */
  Dialect withoutAddresses() {
    addresses = false;
    return this;
  }

  Dialect absoluteTargets() {
    absoluteTargets = true;
    return this;
  }

  /** So many formatted and empty cells right of the table and rows below it. */
  Dialect emptyCells(int count) {
    emptyCells = count;
    return this;
  }

  Dialect encoding(Charset as, String declaration) {
    charset = as;
    beginning = declaration;
    return this;
  }

  /** A part that the program adds for itself. */
  Dialect part(String name, String content) {
    moreParts.put(name, content);
    return this;
  }

  byte[] write(XlsxFile file) {
    try {
      return zipped(parts(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, byte[]> parts(XlsxFile file) {
    shared.clear();
    Map<String, String> parts = new LinkedHashMap<>();
    StringBuilder sheets = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    StringBuilder types = new StringBuilder();
    int number = 0;
    for (Sheet sheet : file.sheets()) {
      number++;
      String part = "worksheets/sheet" + number + ".xml";
      sheets.append(
          "<{p}sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>"
              .formatted(escaped(sheet.name()), number, number));
      relations.append(relation("rId" + number, "worksheet", part));
      types.append(override("xl/" + part, TYPES + "worksheet+xml"));
      parts.put("xl/" + part, main("worksheet", sheetData(sheet)));
    }
    relations.append(relation("rIdS", "styles", "styles.xml"));
    types.append(override("xl/styles.xml", TYPES + "styles+xml"));
    types.append(override("xl/workbook.xml", TYPES + "sheet.main+xml"));
    parts.put("xl/styles.xml", main("styleSheet", STYLES));
    if (!shared.isEmpty()) {
      relations.append(relation("rIdT", "sharedStrings", "sharedStrings.xml"));
      types.append(override("xl/sharedStrings.xml", TYPES + "sharedStrings+xml"));
      parts.put("xl/sharedStrings.xml", main("sst", String.join("", shared)));
    }
    String from = days == Days.FROM_1904 ? "<{p}workbookPr date1904=\"1\"/>" : "<{p}workbookPr/>";
    parts.put("xl/workbook.xml", main("workbook", from + "<{p}sheets>" + sheets + "</{p}sheets>"));
    parts.put("xl/_rels/workbook.xml.rels", RELATIONS.formatted(relations));
    parts.put(
        "_rels/.rels",
        RELATIONS.formatted(
            "<Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/>"
                .formatted(relationships())));
    parts.put("[Content_Types].xml", CONTENT_TYPES.formatted(types));
    parts.putAll(moreParts);
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    parts.forEach(
        (name, text) -> {
          String xml = text.replace("{p}", prefix);
          boolean own = name.startsWith("xl/") && !name.endsWith(".rels");
          bytes.put(name, own ? (beginning + xml).getBytes(charset) : utf8(xml));
        });
    return bytes;
  }

  private static byte[] utf8(String xml) {
    return xml.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] zipped(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static final String STYLES =
      "<{p}cellXfs count=\"2\"><{p}xf numFmtId=\"0\"/><{p}xf numFmtId=\"14\"/></{p}cellXfs>";
  private static final String RELATIONS =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
          + "%s</Relationships>";
  private static final String CONTENT_TYPES =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
          + "<Default Extension=\"rels\""
          + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          + "<Default Extension=\"bin\" ContentType=\"application/octet-stream\"/>%s</Types>";

  private String relationships() {
    return strict
        ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
        : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  }

  private String relation(String id, String type, String target) {
    return "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>"
        .formatted(id, relationships(), type, (absoluteTargets ? "/xl/" : "") + target);
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"/%s\" ContentType=\"%s\"/>".formatted(part, type);
  }

  private String main(String root, String content) {
    String space =
        strict
            ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
            : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    String declared = prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix.replace(":", "");
    return "<{p}%s %s=\"%s\" xmlns:r=\"%s\"%s>%s</{p}%s>"
        .formatted(
            root,
            declared,
            space,
            relationships(),
            strict ? " conformance=\"strict\"" : "",
            content,
            root);
  }

  private String sheetData(Sheet sheet) {
    StringBuilder xml = new StringBuilder("<{p}sheetData>");
    int before = 0;
    for (Map.Entry<Integer, Sheet.Line> line : sheet.rows().entrySet()) {
      int row = line.getKey();
      for (int gap = before + 1; !addresses && gap < row; gap++) {
        xml.append("<{p}row/>");
      }
      xml.append(addresses ? "<{p}row r=\"" + row + "\">" : "<{p}row>");
      int last = 0;
      for (Map.Entry<Integer, Cell> cell : line.getValue().cells().entrySet()) {
        for (int gap = last + 1; !addresses && gap < cell.getKey(); gap++) {
          xml.append("<{p}c/>");
        }
        last = cell.getKey();
        xml.append(cell(cell.getValue()));
      }
      for (int i = 0; i < emptyCells && addresses; i++) {
        String address = sheet.place().atCell(row, last + 1 + i).address();
        xml.append("<{p}c r=\"" + address + "\" s=\"1\"/>");
      }
      xml.append("</{p}row>");
      before = row;
    }
    for (int i = 1; i <= emptyCells; i++) {
      xml.append("<{p}row r=\"" + (before + i) + "\" ht=\"15\"><{p}c r=\"A" + (before + i));
      xml.append("\" s=\"1\" t=\"s\"/></{p}row>");
    }
    return xml.append("</{p}sheetData>").toString();
  }

  private String cell(Cell cell) {
    String at = addresses ? " r=\"" + cell.place().address() + "\"" : "";
    return switch (cell.kind()) {
      case NUMBER -> "<{p}c%s><{p}v>%s</{p}v></{p}c>".formatted(at, cell.raw());
      case BOOLEAN ->
          "<{p}c%s t=\"b\"><{p}v>%s</{p}v></{p}c>"
              .formatted(at, cell.raw().equals("true") ? "1" : "0");
      case DATE -> day(at, LocalDate.parse(cell.raw()));
      default -> text(at, cell.raw());
    };
  }

  private String day(String at, LocalDate day) {
    if (days == Days.ISO) {
      return "<{p}c%s s=\"1\" t=\"d\"><{p}v>%sT00:00:00</{p}v></{p}c>".formatted(at, day);
    }
    LocalDate zero = days == Days.FROM_1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
    return "<{p}c%s s=\"1\"><{p}v>%d</{p}v></{p}c>"
        .formatted(at, ChronoUnit.DAYS.between(zero, day));
  }

  private String text(String at, String raw) {
    return switch (strings) {
      case PLAIN -> "<{p}c%s t=\"str\"><{p}v>%s</{p}v></{p}c>".formatted(at, escaped(raw));
      case INLINE, INLINE_RICH ->
          "<{p}c%s t=\"inlineStr\"><{p}is>%s</{p}is></{p}c>".formatted(at, runs(raw));
      default -> {
        shared.add("<{p}si>" + runs(raw) + "</{p}si>");
        yield "<{p}c%s t=\"s\"><{p}v>%d</{p}v></{p}c>".formatted(at, shared.size() - 1);
      }
    };
  }

  private String runs(String raw) {
    if (strings == Strings.SHARED || strings == Strings.INLINE) {
      return run(raw);
    }
    int middle = raw.offsetByCodePoints(0, raw.codePointCount(0, raw.length()) / 2);
    return "<{p}r>%s</{p}r><{p}r><{p}rPr><{p}b/></{p}rPr>%s</{p}r>"
            .formatted(run(raw.substring(0, middle)), run(raw.substring(middle)))
        + READING;
  }

  private static String run(String text) {
    return "<{p}t xml:space=\"preserve\">" + escaped(text) + "</{p}t>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\r", "_x000D_");
  }
}
