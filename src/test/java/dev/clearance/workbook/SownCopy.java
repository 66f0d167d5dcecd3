package dev.clearance.workbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clearance.source.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A copy of a shipped workbook in which one thing is changed, as a hand in Excel would change it.
 * Cells are called by what stands in the first column of their row and by their header, so that a
 * defect stays where it is when rows move.
 */
final class SownCopy {

  static final String HEADER_ROW = "标题行";

  private static final String NOTHING = "∅";

  private final XlsxFile clean;
  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final List<String> twice = new ArrayList<>();

  SownCopy(String name, byte[] bytes) throws IOException {
    this.clean = XlsxFile.read(name, bytes).value().orElseThrow();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    }
  }

  private SownCopy(SownCopy original) {
    this.clean = original.clean;
    this.parts.putAll(original.parts);
  }

  SownCopy copy() {
    return new SownCopy(this);
  }

  byte[] bytes() throws IOException {
    byte[] bytes = Dialect.zipped(parts);
    for (String part : twice) {
      bytes = TextWorkbook.withPart(bytes, part, parts.get(part));
    }
    return bytes;
  }

  // How things are called.

  private Sheet sheet(String name) {
    return clean.sheets().stream()
        .filter(sheet -> sheet.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no sheet " + name));
  }

  /** The rows by their names; the second row of the clause 17-1 is 17-1#2. */
  private static Map<String, Integer> rows(Sheet sheet) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Map.Entry<Integer, Sheet.Line> line : sheet.rows().entrySet()) {
      if (rows.isEmpty()) {
        rows.put(HEADER_ROW, line.getKey());
        continue;
      }
      Cell first = line.getValue().cells().get(1);
      String name = first == null ? "行" + line.getKey() : first.raw();
      if (sheet.name().equals("词条")) {
        name += "/" + line.getValue().cells().get(2).raw();
      }
      int count = counts.merge(name, 1, Integer::sum);
      rows.put(count == 1 ? name : name + "#" + count, line.getKey());
    }
    return rows;
  }

  private static Map<String, Integer> columns(Sheet sheet) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    sheet
        .rows()
        .firstEntry()
        .getValue()
        .cells()
        .forEach((column, cell) -> columns.put(cell.raw(), column));
    return columns;
  }

  /** Where a name stands; +2 is the second place behind all names. */
  private static int found(Map<String, Integer> names, String name) {
    if (name.startsWith("+")) {
      return last(names) + Integer.parseInt(name);
    }
    Integer at = names.get(name);
    if (at == null) {
      throw new NoSuchElementException("no " + name + " among " + names.keySet());
    }
    return at;
  }

  private static String name(Map<String, Integer> names, int at) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue() == at)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("+" + (at - last(names)));
  }

  private static int last(Map<String, Integer> names) {
    return names.values().stream().mapToInt(at -> at).max().orElse(0);
  }

  Place cell(String sheet, String row, String column) {
    Sheet in = sheet(sheet);
    return in.place().atCell(found(rows(in), row), found(columns(in), column));
  }

  /** A place by names instead of numbers: {@code 许可 9-1 行为}. */
  String named(Place place) {
    if (place.sheet().isEmpty()) {
      return place.workbook();
    }
    List<Sheet> here =
        clean.sheets().stream().filter(sheet -> sheet.name().equals(place.sheet())).toList();
    if (here.isEmpty() || place.row() == 0 && place.column() == 0) {
      return place.sheet();
    }
    String row = place.row() == 0 ? "" : " " + name(rows(here.get(0)), place.row());
    String column = place.column() == 0 ? "" : " " + name(columns(here.get(0)), place.column());
    return place.sheet() + row + column;
  }

  // What a hand does.

  /**
   * Changes a cell.
   *
   * @param was a piece of what stands there, or ∅ for an empty cell
   */
  void write(Place cell, String was, String now) {
    String before = text(cell).replace("\n", "⏎");
    boolean there = was.equals(NOTHING) ? before.isEmpty() : before.contains(was);
    if (!there) {
      throw new NoSuchElementException(cell + " does not hold " + was + " but " + before);
    }
    put(cell, inline(was.equals(NOTHING) ? now : before.replace(was, now)));
  }

  void clear(Place cell) {
    if (text(cell).isEmpty()) {
      throw new NoSuchElementException(cell + " is empty");
    }
    put(cell, "");
  }

  void fill(Place cell, String text) {
    put(cell, inline(text));
  }

  private String text(Place cell) {
    Sheet.Line line = sheet(cell.sheet()).rows().get(cell.row());
    Cell there = line == null ? null : line.cells().get(cell.column());
    return there == null ? "" : there.raw();
  }

  private static String inline(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("⏎", "\n");
    return " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped + "</t></is></c>";
  }

  void type(Place cell, String kind, String content) {
    String value = "<v>" + content + "</v></c>";
    put(
        cell,
        switch (kind) {
          case "数" -> ">" + value;
          case "是否" -> " t=\"b\">" + value;
          case "错误" -> " t=\"e\">" + value;
          case "公式" -> "><f>" + content.replace("&", "&amp;") + "</f><v>0</v></c>";
          case "日期" -> " t=\"d\">" + value;
          default -> throw new IllegalArgumentException(kind);
        });
  }

  private void put(Place cell, String content) {
    String address = cell.address();
    String element = content.isEmpty() ? "" : "<c r=\"" + address + "\"" + content;
    change(
        part(cell.sheet()),
        xml -> {
          Matcher there =
              Pattern.compile("(?s)<c r=\"" + address + "\"[^>]*?(?:/>|>.*?</c>)").matcher(xml);
          if (there.find()) {
            return xml.substring(0, there.start()) + element + xml.substring(there.end());
          }
          Matcher row =
              Pattern.compile("(?s)<row r=\"" + cell.row() + "\"[^>]*?>(.*?)</row>").matcher(xml);
          if (row.find()) {
            return xml.substring(0, row.end(1)) + element + xml.substring(row.end(1));
          }
          String fresh = "<row r=\"" + cell.row() + "\">" + element + "</row></sheetData>";
          return xml.replace("</sheetData>", fresh);
        });
  }

  /** Pastes a row once more below the table, with some of its cells changed. */
  void paste(String sheet, String row, Map<String, String> changes) {
    Sheet in = sheet(sheet);
    int from = found(rows(in), row);
    int to = in.rows().lastKey() + 1;
    Map<Integer, Cell> cells = in.rows().get(from).cells();
    cells.forEach((column, cell) -> put(in.place().atCell(to, column), content(cell)));
    changes.forEach(
        (column, text) -> {
          Place at = in.place().atCell(to, found(columns(in), column));
          put(at, text.equals(NOTHING) ? "" : inline(text));
        });
  }

  private static String content(Cell cell) {
    return cell.kind() == Cell.Kind.NUMBER ? "><v>" + cell.raw() + "</v></c>" : inline(cell.raw());
  }

  void removeRow(String sheet, String row) {
    int number = found(rows(sheet(sheet)), row);
    change(part(sheet), xml -> xml.replaceFirst("(?s)<row r=\"" + number + "\".*?</row>", ""));
  }

  void hideRow(String sheet, String row) {
    String start = "<row r=\"" + found(rows(sheet(sheet)), row) + "\"";
    change(part(sheet), xml -> xml.replace(start, start + " hidden=\"1\""));
  }

  void hideColumn(String sheet, String column) {
    int number = found(columns(sheet(sheet)), column);
    String hidden =
        "<col min=\"%d\" max=\"%d\" width=\"9\" hidden=\"1\"/>".formatted(number, number);
    change(
        part(sheet),
        xml ->
            xml.contains("<cols>")
                ? xml.replace("<cols>", "<cols>" + hidden)
                : xml.replace("<sheetData>", "<cols>" + hidden + "</cols><sheetData>"));
  }

  void removeColumn(String sheet, String column) {
    Sheet in = sheet(sheet);
    int number = found(columns(in), column);
    for (int row : in.rows().keySet()) {
      put(in.place().atCell(row, number), "");
    }
  }

  void merge(Place from, int rows, int columns) {
    Place to = from.atCell(from.row() + rows - 1, from.column() + columns - 1);
    String region = "<mergeCell ref=\"" + from.address() + ":" + to.address() + "\"/>";
    change(
        part(from.sheet()),
        xml ->
            xml.replaceFirst(
                "</sheetData>", "</sheetData><mergeCells>" + region + "</mergeCells>"));
  }

  void renameSheet(String sheet, String name) {
    changeWorkbook("name=\"" + sheet + "\"", "name=\"" + name + "\"");
  }

  void hideSheet(String sheet) {
    Pattern entry = Pattern.compile("(name=\"" + sheet + "\"[^>]*?) state=\"visible\"");
    change("xl/workbook.xml", xml -> entry.matcher(xml).replaceFirst("$1 state=\"hidden\""));
  }

  void removeSheet(String sheet) {
    change(
        "xl/workbook.xml",
        xml -> xml.replaceFirst("<sheet [^>]*name=\"" + sheet + "\"[^>]*/>", ""));
  }

  /** Another sheet that shows what the first one of these does. */
  void addSheet(String like, String name) {
    Pattern entry = Pattern.compile("<sheet [^>]*name=\"" + like + "\"[^>]*/>");
    change(
        "xl/workbook.xml",
        xml -> {
          Matcher there = entry.matcher(xml);
          if (!there.find()) {
            throw new NoSuchElementException(like);
          }
          String added =
              there
                  .group()
                  .replace("\"" + like + "\"", "\"" + name + "\"")
                  .replaceFirst("sheetId=\"\\d+\"", "sheetId=\"99\"");
          return xml.replace("</sheets>", added + "</sheets>");
        });
  }

  void addPart(String name) {
    parts.put(name, "x".getBytes(UTF_8));
  }

  void addPartTwice(String name) {
    twice.add(name);
  }

  /** Exchanges a piece of a part. */
  void replace(String part, String was, String now) {
    change(part, xml -> xml.replace(was, now));
  }

  private void changeWorkbook(String was, String now) {
    replace("xl/workbook.xml", was, now);
  }

  private String part(String sheet) {
    return "xl/worksheets/sheet" + (clean.sheets().indexOf(sheet(sheet)) + 1) + ".xml";
  }

  private void change(String part, UnaryOperator<String> change) {
    String before = new String(parts.get(part), UTF_8);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new NoSuchElementException("nothing changes in " + part);
    }
    parts.put(part, after.getBytes(UTF_8));
  }
}
