package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.finding.InChinese;
import dev.clearance.source.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFHyperlink;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes findings into a copy of a workbook: a comment and a colour at every cell that is wrong,
 * and the sheet 检查结果 with all of them. Nothing else changes, and nothing is calculated. The marks
 * of an earlier copy are taken away first.
 */
public final class Annotator {

  static final String AUTHOR = "Clearance";

  /** Begins our part of a comment, so that it is told from what a person wrote. */
  private static final String MARK = AUTHOR + ":\n";

  /** A workbook with all its cells as objects takes a kilobyte for each. */
  private static final int MOST_CELLS = 200_000;

  /** The rest of a workbook becomes objects too, ten times as large as its text. */
  private static final long MOST_BYTES = 24L << 20;

  private static final int LONGEST_COMMENT = 8_000;
  private static final int LONGEST_LINE = 60;
  private static final byte[] RED = {(byte) 0xFF, (byte) 0xC7, (byte) 0xCE};
  private static final byte[] YELLOW = {(byte) 0xFF, (byte) 0xEB, (byte) 0x9C};
  private static final List<String> HEADERS =
      List.of("位置", "级别", "检查", "说明", "建议", "代码", "English");
  private static final int[] WIDTHS = {20, 6, 20, 70, 50, 20, 80};

  private final XSSFWorkbook workbook;
  private final Map<String, XSSFCellStyle> styles = new HashMap<>();

  private Annotator(XSSFWorkbook workbook) {
    this.workbook = workbook;
  }

  /**
   * Annotates a copy.
   *
   * @return the copy; or, for a file that cannot or should not be opened, the findings that say why
   */
  public static Checked<byte[]> annotate(String fileName, byte[] workbook, List<Finding> findings) {
    return annotate(fileName, workbook, findings, Optional.empty(), Optional.empty());
  }

  /**
   * As {@link #annotate(String, byte[], List)}, with further sheets behind that of the findings.
   *
   * @param changes the sheet 变化
   * @param proposals examples for rows that have none; where there are any, the sheet 建议用例
   */
  public static Checked<byte[]> annotate(
      String fileName,
      byte[] workbook,
      List<Finding> findings,
      Optional<AddedSheet> changes,
      Optional<ExampleRows> proposals) {
    List<AddedSheet> added = new ArrayList<>();
    changes.ifPresent(added::add);
    proposals
        .filter(examples -> !examples.rows().isEmpty())
        .ifPresent(examples -> added.add(examples.sheet()));
    return XlsxFile.read(fileName, workbook)
        .then(file -> annotate(file, workbook, findings, added));
  }

  private static Checked<byte[]> annotate(
      XlsxFile file, byte[] bytes, List<Finding> findings, List<AddedSheet> added) {
    long cells =
        file.sheets().stream()
            .flatMap(sheet -> sheet.rows().values().stream())
            .mapToLong(line -> line.cells().size())
            .sum();
    if (cells > MOST_CELLS) {
      return refused(
          file, Check.TOO_LARGE, "the workbook has too many cells to be annotated", "split it");
    }
    if (ZipListing.inflatedSize(bytes) > MOST_BYTES) {
      return refused(
          file,
          Check.TOO_LARGE,
          "the workbook holds too much besides its cells to be annotated",
          "copy the tables into a new workbook");
    }
    try (XSSFWorkbook copy = open(bytes)) {
      new Annotator(copy).annotate(findings, added);
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 2);
      copy.write(out);
      return Checked.of(out.toByteArray(), List.of());
    } catch (IOException
        | RuntimeException
        | LinkageError
        | AssertionError
        | StackOverflowError unreadable) {
      return refused(
          file,
          Check.UNREADABLE_FILE,
          "the workbook cannot be annotated",
          "open it in Excel and save it again as .xlsx");
    }
  }

  private static Checked<byte[]> refused(XlsxFile file, Check check, String message, String hint) {
    return Checked.failed(List.of(new Finding(check, file.place(), message, hint)));
  }

  /** Properties of the document that POI cannot read are dropped, rather than the whole copy. */
  private static XSSFWorkbook open(byte[] bytes) throws IOException {
    try {
      return open(bytes, true);
    } catch (IOException | RuntimeException unreadable) {
      return open(bytes, false);
    }
  }

  private static XSSFWorkbook open(byte[] bytes, boolean properties) throws IOException {
    try (ByteArrayInputStream in = new ByteArrayInputStream(listedParts(bytes, properties))) {
      return new XSSFWorkbook(in);
    }
  }

  /** Only the parts that were inspected: a stream could show others than the archive lists. */
  private static byte[] listedParts(byte[] bytes, boolean properties) throws IOException {
    ByteArrayOutputStream parts = new ByteArrayOutputStream(bytes.length);
    try (ZipFile zip = ZipListing.open(bytes);
        ZipOutputStream out = new ZipOutputStream(parts)) {
      for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
        ZipArchiveEntry entry = all.nextElement();
        if (entry.isDirectory() || !properties && ZipListing.isProperties(entry.getName())) {
          continue;
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = zip.getInputStream(entry)) {
          out.write(StrictNames.replaced(in.readAllBytes()));
        }
        out.closeEntry();
      }
    }
    return parts.toByteArray();
  }

  private void annotate(List<Finding> findings, List<AddedSheet> added) {
    for (int i = workbook.getNumberOfSheets() - 1; i >= 0; i--) {
      XSSFSheet sheet = workbook.getSheetAt(i);
      if (isOurs(sheet)) {
        workbook.removeSheetAt(i);
      } else {
        removeMarks(sheet);
      }
    }
    List<Finding> sorted = findings.stream().sorted().distinct().toList();
    Map<Place, List<Finding>> byPlace =
        sorted.stream()
            .collect(Collectors.groupingBy(Annotator::cell, TreeMap::new, Collectors.toList()));
    byPlace.forEach(
        (place, here) ->
            sheet(place)
                .filter(sheet -> place.row() > 0 && place.column() > 0)
                .ifPresent(sheet -> mark(sheet, place, here)));
    // What keeps the workbook out of force comes first.
    list(sorted.stream().sorted(Comparator.comparing(Finding::severity)).toList());
    added.forEach(this::add);
  }

  private void add(AddedSheet added) {
    XSSFSheet sheet = workbook.createSheet(added.name());
    for (int i = 0; i < added.rows().size(); i++) {
      write(sheet, i, added.rows().get(i), i == 0 ? headerStyle() : wrappedStyle());
    }
    for (int i = 0; i < added.widths().size(); i++) {
      sheet.setColumnWidth(i, added.widths().get(i) * 256);
    }
    sheet.createFreezePane(0, 1);
  }

  /** What is said of a row stands at its first cell. */
  private static Place cell(Finding finding) {
    Place place = finding.place();
    return place.row() > 0 && place.column() == 0 ? place.atColumn(1) : place;
  }

  private Optional<XSSFSheet> sheet(Place place) {
    return place.sheet().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(workbook.getSheet(place.sheet()));
  }

  private static boolean isOurs(XSSFSheet sheet) {
    return SheetKind.called(sheet.getSheetName(), SheetKind.OF_A_POLICY)
        .map(SheetKind::isOurs)
        .orElse(false);
  }

  private void removeMarks(XSSFSheet sheet) {
    for (Map.Entry<CellAddress, XSSFComment> entry :
        new TreeMap<>(sheet.getCellComments()).entrySet()) {
      String text = entry.getValue().getString().getString();
      int ours = text.indexOf(MARK);
      if (ours < 0) {
        continue;
      }
      XSSFRow row = sheet.getRow(entry.getKey().getRow());
      XSSFCell cell = row == null ? null : row.getCell(entry.getKey().getColumn());
      String theirs = text.substring(0, ours).strip();
      if (!theirs.isEmpty()) {
        entry.getValue().setString(theirs);
      } else if (cell != null) {
        cell.removeCellComment();
      }
      if (cell != null && isOurs(cell.getCellStyle())) {
        cell.setCellStyle(style(cell.getCellStyle(), Optional.empty()));
      }
    }
  }

  private static boolean isOurs(XSSFCellStyle style) {
    XSSFColor color = style.getFillForegroundXSSFColor();
    return style.getFillPattern() == FillPatternType.SOLID_FOREGROUND
        && color != null
        && color.getRGB() != null
        && (Arrays.equals(color.getRGB(), RED) || Arrays.equals(color.getRGB(), YELLOW));
  }

  private void mark(XSSFSheet sheet, Place place, List<Finding> findings) {
    int rowIndex = place.row() - 1;
    int columnIndex = place.column() - 1;
    XSSFRow row =
        sheet.getRow(rowIndex) == null ? sheet.createRow(rowIndex) : sheet.getRow(rowIndex);
    XSSFCell cell =
        row.getCell(columnIndex) == null ? row.createCell(columnIndex) : row.getCell(columnIndex);
    boolean error = findings.stream().anyMatch(Finding::isError);
    cell.setCellStyle(style(cell.getCellStyle(), Optional.of(error ? RED : YELLOW)));
    String text = MARK + findings.stream().map(Annotator::text).collect(Collectors.joining("\n"));
    String shown =
        text.length() > LONGEST_COMMENT ? text.substring(0, LONGEST_COMMENT) + "…" : text;
    XSSFComment comment = cell.getCellComment();
    if (comment != null) {
      comment.setString(comment.getString().getString().strip() + "\n\n" + shown);
      return;
    }
    int lines = shown.lines().mapToInt(line -> 1 + line.length() / LONGEST_LINE).sum();
    XSSFClientAnchor anchor =
        new XSSFClientAnchor(
            0,
            0,
            0,
            0,
            columnIndex + 1,
            rowIndex,
            columnIndex + 6,
            rowIndex + Math.min(lines + 2, 30));
    comment = sheet.createDrawingPatriarch().createCellComment(anchor);
    comment.setAuthor(AUTHOR);
    comment.setString(shown);
    comment.setAddress(rowIndex, columnIndex);
    cell.setCellComment(comment);
  }

  private static String text(Finding finding) {
    String hint = InChinese.hint(finding);
    return severity(finding)
        + " "
        + InChinese.name(finding.check())
        + "（"
        + finding.check().code()
        + "）："
        + InChinese.message(finding)
        + (hint.isEmpty() ? "" : "。建议：" + hint);
  }

  private static String severity(Finding finding) {
    return finding.isError() ? "错误" : "警告";
  }

  /** The same style with another colour; cells that share a style go on sharing one. */
  private XSSFCellStyle style(XSSFCellStyle original, Optional<byte[]> color) {
    String key = original.getIndex() + " " + color.map(rgb -> "" + rgb[1]).orElse("");
    return styles.computeIfAbsent(
        key,
        any -> {
          XSSFCellStyle style = workbook.createCellStyle();
          style.cloneStyleFrom(original);
          if (color.isPresent()) {
            style.setFillForegroundColor(new XSSFColor(color.get()));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
          } else {
            style.setFillPattern(FillPatternType.NO_FILL);
          }
          return style;
        });
  }

  private void list(List<Finding> findings) {
    XSSFSheet sheet = workbook.createSheet(SheetKind.FINDINGS.zh());
    XSSFCellStyle wrapped = wrappedStyle();
    write(sheet, 0, HEADERS, headerStyle());
    int at = 0;
    for (Finding finding : findings) {
      at++;
      write(
          sheet,
          at,
          List.of(
              place(finding.place()),
              severity(finding),
              InChinese.name(finding.check()),
              InChinese.message(finding),
              InChinese.hint(finding),
              finding.check().code(),
              finding.hint().isEmpty()
                  ? finding.message()
                  : finding.message() + " (" + finding.hint() + ")"),
          wrapped);
      link(sheet.getRow(at).getCell(0), cell(finding));
    }
    if (findings.isEmpty()) {
      write(sheet, 1, List.of("", "", "", "没有发现问题", "", "", ""), wrapped);
    }
    for (int i = 0; i < WIDTHS.length; i++) {
      sheet.setColumnWidth(i, WIDTHS[i] * 256);
    }
    sheet.createFreezePane(0, 1);
    for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
      workbook.getSheetAt(i).setSelected(false);
    }
    workbook.setActiveSheet(workbook.getSheetIndex(sheet));
    sheet.setSelected(true);
  }

  private XSSFCellStyle headerStyle() {
    return styles.computeIfAbsent(
        "header",
        any -> {
          XSSFCellStyle header = workbook.createCellStyle();
          XSSFFont bold = workbook.createFont();
          bold.setBold(true);
          header.setFont(bold);
          return header;
        });
  }

  private XSSFCellStyle wrappedStyle() {
    return styles.computeIfAbsent(
        "wrapped",
        any -> {
          XSSFCellStyle wrapped = workbook.createCellStyle();
          wrapped.setWrapText(true);
          wrapped.setAlignment(HorizontalAlignment.LEFT);
          wrapped.setVerticalAlignment(VerticalAlignment.TOP);
          return wrapped;
        });
  }

  /** Text stays text, also when it begins with an equals sign. */
  private static void write(XSSFSheet sheet, int at, List<String> texts, XSSFCellStyle style) {
    XSSFRow row = sheet.createRow(at);
    for (int i = 0; i < texts.size(); i++) {
      XSSFCell cell = row.createCell(i);
      String text = texts.get(i);
      cell.setCellValue(
          text.length() > Limits.CELL_CHARACTERS
              ? text.substring(0, Limits.CELL_CHARACTERS)
              : text);
      cell.setCellStyle(style);
    }
  }

  private static String place(Place place) {
    String address = place.address();
    if (place.sheet().isEmpty()) {
      return place.workbook();
    }
    return address.isEmpty() ? place.sheet() : place.sheet() + "!" + address;
  }

  private void link(XSSFCell cell, Place target) {
    if (target.row() == 0 || target.column() == 0 || sheet(target).isEmpty()) {
      return;
    }
    XSSFHyperlink link = workbook.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
    link.setAddress("'" + target.sheet().replace("'", "''") + "'!" + target.address());
    cell.setHyperlink(link);
  }
}
