package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.source.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.xml.sax.Attributes;

/** Reads the cells of one sheet. */
final class SheetContent extends XmlParts.Handler {

  private static final Pattern OUTSIDE =
      Pattern.compile(
          "(?i)\\b(?:WEBSERVICE|RTD|CALL|REGISTER\\.ID|EXEC|IMAGE|HYPERLINK)\\s*\\(|\\|'|https?:|\\|[^\"|]*!");

  private static final Pattern NOTHING = Pattern.compile("0+(\\.0+)?");

  private static final Pattern A_NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?");

  /** Excel counts to fifteen digits; what a file holds beyond them is noise. */
  private static final MathContext DIGITS = new MathContext(15);

  /** What all sheets of a workbook together have used up. */
  static final class Budget {
    private int cells;
    private long characters;

    void spend(int length) {
      cells++;
      characters += length;
      if (cells > Limits.CELLS) {
        throw Refusal.tooLarge("the workbook holds more than 500,000 filled cells");
      }
      if (characters > Limits.CHARACTERS) {
        throw Refusal.tooLarge("the workbook holds too much text");
      }
    }
  }

  private final Place place;
  private final SharedStrings strings;
  private final Styles styles;
  private final boolean from1904;
  private final Budget budget;

  private final NavigableMap<Integer, Sheet.Line> lines = new TreeMap<>();
  private final SortedSet<Integer> hiddenColumns = new TreeSet<>();
  private final List<Sheet.Region> merged = new ArrayList<>();

  private final List<Place> reachingOutside = new ArrayList<>();

  /** Ranges that a formula fills. */
  private final List<Sheet.Region> computed = new ArrayList<>();

  private boolean inData;
  private int described;
  private int row;
  private boolean rowSaysWhere;
  private boolean rowHidden;
  private NavigableMap<Integer, Cell> cells = new TreeMap<>();
  private final BitSet columns = new BitSet();
  private int column;
  private String type = "n";
  private int style;
  private boolean formula;
  private boolean inReading;
  private final StringBuilder content = new StringBuilder();

  /** What an inline string says; a value that stands beside it is a leftover. */
  private final StringBuilder inline = new StringBuilder();

  SheetContent(Place place, SharedStrings strings, Styles styles, boolean from1904, Budget budget) {
    this.place = place;
    this.strings = strings;
    this.styles = styles;
    this.from1904 = from1904;
    this.budget = budget;
  }

  /** The cells that compute with something outside the workbook. */
  List<Place> reachingOutside() {
    return reachingOutside;
  }

  Sheet sheet(boolean hidden) {
    markComputed();
    return new Sheet(place, hidden, lines, hiddenColumns, List.copyOf(merged));
  }

  /** From row to row with the ranges that are open there, so that many cost no more than few. */
  private void markComputed() {
    List<Sheet.Region> coming = new ArrayList<>(computed);
    coming.sort(Comparator.comparingInt(Sheet.Region::firstRow).reversed());
    PriorityQueue<Sheet.Region> open =
        new PriorityQueue<>(Comparator.comparingInt(Sheet.Region::lastRow));
    int[] covering = new int[Limits.COLUMNS + 1];
    for (Map.Entry<Integer, Sheet.Line> line : lines.entrySet()) {
      int at = line.getKey();
      while (!coming.isEmpty() && coming.get(coming.size() - 1).firstRow() <= at) {
        Sheet.Region range = coming.remove(coming.size() - 1);
        cover(covering, range, 1);
        open.add(range);
      }
      while (!open.isEmpty() && open.peek().lastRow() < at) {
        cover(covering, open.remove(), -1);
      }
      line.getValue()
          .cells()
          .replaceAll(
              (in, cell) ->
                  covering[in] > 0 ? new Cell(cell.place(), Cell.Kind.FORMULA, cell.raw()) : cell);
    }
  }

  private static void cover(int[] covering, Sheet.Region range, int by) {
    for (int i = range.firstColumn(); i <= Math.min(range.lastColumn(), Limits.COLUMNS); i++) {
      covering[i] += by;
    }
  }

  @Override
  void start(String name, Attributes attributes) {
    switch (name) {
      case "col" -> startColumns(attributes);
      case "sheetData" -> inData = true;
      case "row" -> {
        if (inData) {
          startRow(attributes);
        }
      }
      case "c" -> {
        if (inData) {
          startCell(attributes);
        }
      }
      case "f" -> startFormula(attributes.getValue("ref"));
      case ":AlternateContent" -> {
        // Programs choose between such contents, so that two may show different cells.
        if (inData) {
          throw damaged();
        }
      }
      case "rPh" -> inReading = true;
      case "mergeCell" -> addRegion(attributes.getValue("ref"));
      default -> {}
    }
  }

  /** The results of one formula may fill a range, whose other cells do not show it. */
  private void startFormula(String filled) {
    formula = true;
    region(filled)
        .filter(
            range -> range.lastRow() > range.firstRow() || range.lastColumn() > range.firstColumn())
        .ifPresent(
            range -> {
              if (computed.size() >= Limits.MERGED_REGIONS) {
                throw Refusal.tooLarge("a sheet holds too many formulas");
              }
              computed.add(range);
            });
  }

  private void startColumns(Attributes attributes) {
    if (++described > Limits.DESCRIBED_COLUMNS) {
      throw Refusal.tooLarge("the sheet " + place.sheet() + " describes more than 2,000 columns");
    }
    boolean hidden =
        isTrue(attributes.getValue("hidden")) || isNothing(attributes.getValue("width"));
    int last = Math.min(number(attributes.getValue("max"), 0), Limits.COLUMNS);
    for (int i = number(attributes.getValue("min"), 1); hidden && i <= last; i++) {
      hiddenColumns.add(i);
    }
  }

  private void startRow(Attributes attributes) {
    rowSaysWhere = attributes.getValue("r") != null;
    row = number(attributes.getValue("r"), rowSaysWhere ? 0 : row + 1);
    rowHidden = isTrue(attributes.getValue("hidden")) || isNothing(attributes.getValue("ht"));
    cells = new TreeMap<>();
    columns.clear();
    column = 0;
  }

  private static boolean isNothing(String size) {
    return size != null && size.startsWith("0") && NOTHING.matcher(size).matches();
  }

  private void startCell(Attributes attributes) {
    String address = attributes.getValue("r");
    if (address == null) {
      column++;
    } else {
      Address at = Address.of(address).orElseThrow(SheetContent::damaged);
      column = at.column();
      moveTo(at.row());
    }
    if (columns.get(column)) {
      throw twice("the cell " + place.atCell(row, column).address());
    }
    columns.set(column);
    String given = attributes.getValue("t");
    type = given == null ? "n" : given;
    style = number(attributes.getValue("s"), 0);
    formula = false;
    content.setLength(0);
    inline.setLength(0);
  }

  /** Cells may know the row that they are in better than the row itself. */
  private void moveTo(int rowOfCell) {
    if (rowOfCell != row && (rowSaysWhere || !cells.isEmpty())) {
      throw damaged();
    }
    row = rowOfCell;
  }

  private void addRegion(String reference) {
    if (merged.size() >= Limits.MERGED_REGIONS) {
      throw Refusal.tooLarge("a sheet holds too many merged cells");
    }
    region(reference).ifPresent(merged::add);
  }

  private static Optional<Sheet.Region> region(String reference) {
    String[] corners = reference == null ? new String[0] : reference.split(":");
    if (corners.length < 2) {
      return Optional.empty();
    }
    return Address.of(corners[0])
        .flatMap(
            first ->
                Address.of(corners[1])
                    .map(
                        last ->
                            new Sheet.Region(
                                first.row(), first.column(), last.row(), last.column())));
  }

  @Override
  void end(String name, String text) {
    switch (name) {
      case "v" -> content.append(text);
      case "f", ":f", "formula", "formula1", "formula2" -> {
        if (reachesOutside(text) && reachingOutside.size() < Limits.ENTRIES) {
          reachingOutside.add(row < 1 || column < 1 ? place : place.atCell(row, column));
        }
      }
      case "t" -> {
        if (!inReading) {
          inline.append(text);
        }
      }
      case "rPh" -> inReading = false;
      case "c" -> {
        if (inData) {
          endCell();
        }
      }
      case "row" -> {
        if (inData) {
          endRow();
        }
      }
      case "sheetData" -> {
        inData = false;
        row = 0;
      }
      default -> {}
    }
  }

  /** Functions that fetch, and the bar by which a formula calls another program (DDE). */
  static boolean reachesOutside(String formula) {
    return OUTSIDE.matcher(formula).find();
  }

  private void endCell() {
    if (type.equals("inlineStr") && !inline.isEmpty()) {
      content.setLength(0);
      content.append(inline);
    }
    if (content.length() > Limits.CELL_CHARACTERS) {
      throw tooLong();
    }
    if (row < 1) {
      throw damaged();
    }
    Cell cell = cell(place.atCell(row, column), content.toString());
    if (cell.isBlank()) {
      return;
    }
    if (column > Limits.COLUMNS) {
      throw Refusal.tooLarge("the sheet " + place.sheet() + " is wider than 512 columns");
    }
    budget.spend(cell.raw().length());
    cells.put(column, cell);
  }

  private Cell cell(Place at, String value) {
    if (formula) {
      return new Cell(at, Cell.Kind.FORMULA, value);
    }
    return switch (type) {
      case "s" ->
          value.isBlank() ? Cell.blank(at) : text(at, strings.get(number(value.strip(), -1)));
      case "inlineStr", "str" -> text(at, SharedStrings.unescaped(value));
      case "b" -> {
        boolean yes = isTrue(value.strip());
        yield value.isBlank()
            ? Cell.blank(at)
            : new Cell(at, Cell.Kind.BOOLEAN, Boolean.toString(yes));
      }
      case "e" -> new Cell(at, Cell.Kind.ERROR, value);
      case "d" ->
          value.isBlank()
              ? Cell.blank(at)
              : new Cell(at, Cell.Kind.DATE, value.strip().split("T", 2)[0]);
      default -> value.isBlank() ? Cell.blank(at) : number(at, value.strip());
    };
  }

  private static Cell text(Place at, String text) {
    return Texts.isBlank(text) ? Cell.blank(at) : new Cell(at, Cell.Kind.TEXT, text);
  }

  private Cell number(Place at, String value) {
    if (value.length() > 400 || !A_NUMBER.matcher(value).matches()) {
      throw damaged();
    }
    double number = Double.parseDouble(value);
    if (Double.isInfinite(number)) {
      return new Cell(at, Cell.Kind.ERROR, value);
    }
    if (styles.showsDay(style) && DateUtil.isValidExcelDate(number)) {
      LocalDateTime day = DateUtil.getLocalDateTime(number, from1904);
      return new Cell(at, Cell.Kind.DATE, day.toLocalDate().toString());
    }
    BigDecimal exact = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    return new Cell(at, Cell.Kind.NUMBER, exact.signum() == 0 ? "0" : exact.toPlainString());
  }

  private void endRow() {
    if (cells.isEmpty()) {
      return;
    }
    if (lines.containsKey(row)) {
      throw twice("the row " + row);
    }
    if (lines.size() >= Limits.ROWS) {
      throw Refusal.tooLarge("the sheet " + place.sheet() + " has more than 50,000 rows");
    }
    lines.put(row, new Sheet.Line(rowHidden, cells));
  }

  @Override
  Refusal tooLong() {
    String where =
        row < 1 ? place.sheet() : place.sheet() + "!" + place.atCell(row, column).address();
    return new Refusal(
        Check.TOO_LARGE, "the cell " + where + " holds more text than Excel allows", "shorten it");
  }

  private Refusal twice(String what) {
    return ZipListing.unreadable(
        "the workbook is damaged: " + what + " of the sheet " + place.sheet() + " is there twice",
        "open it in Excel and save it again as .xlsx");
  }

  private static Refusal damaged() {
    return ZipListing.unreadable(
        "the workbook is damaged: a sheet cannot be read",
        "open it in Excel and save it again as .xlsx");
  }
}
