package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Names;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the vocabulary's workbook: the sheets 属性 (attributes), 词条 (terms), 审批级别 (approver levels),
 * 义务 (obligations) and 处分种类 (sanction types).
 */
public final class VocabularyReader {

  private static final Column PATH = Column.required("路径", "path");
  private static final Column TYPE = Column.required("类型", "type");
  private static final Column NAME = Column.required("名称", "name");
  private static final Column EN = Column.optional("English", "英文");
  private static final Column ABOUT = Column.optional("说明", "about");
  private static final Column SOURCE = Column.optional("取值", "values");
  private static final List<Column> ATTRIBUTES = List.of(PATH, TYPE, NAME, EN, ABOUT, SOURCE);

  private static final Column ATTRIBUTE = Column.required("属性", "attribute");
  private static final Column CODE = Column.required("代码", "code");
  private static final Column ZH = Column.required("中文", "Chinese");
  private static final Column ALIASES = Column.optional("别名", "aliases");
  private static final Column BROADER = Column.optional("上位词", "broader");
  private static final List<Column> TERMS = List.of(ATTRIBUTE, CODE, ZH, EN, ALIASES, BROADER);

  private static final Column RANK = Column.optional("位次", "rank");
  private static final Column SCOPE = Column.optional("范围", "scope");
  private static final List<Column> LEVELS = List.of(CODE, ZH, EN, RANK, SCOPE);

  private static final List<Column> OBLIGATIONS = List.of(CODE, ZH, EN);

  private static final Column NATURE = Column.optional("性质", "nature");
  private static final List<Column> SANCTIONS = List.of(CODE, ZH, EN, NATURE);

  private static final Map<String, AttributeType> TYPES = types();
  private static final Map<String, TermSource> SOURCES =
      Words.of(
          "词条 terms", TermSource.OWN,
          "审批级别 approver-levels", TermSource.APPROVER_LEVELS,
          "条款 clauses", TermSource.CLAUSES);
  private static final Map<String, Boolean> SCOPES =
      Words.of("内部 internal", true, "外部 external", false);
  private static final Map<String, Boolean> NATURES =
      Words.of("惩处 penalty", false, "奖励 reward", true);

  private static final Pattern A_PATH =
      Pattern.compile(
          "action|(subject|action|resource|context|incident)(\\.[A-Za-z][A-Za-z0-9_-]*)+");
  private static final Pattern A_CODE = Pattern.compile("[^\\s、,;/]{1,100}");
  private static final Set<AttributeType> WITH_TERMS =
      Set.of(AttributeType.TERM, AttributeType.LEVEL, AttributeType.SET);

  private static final int LONGEST_PATH = 100;
  private static final Set<String> RESERVED = reserved();

  private final Findings findings = new Findings();

  /** Names of attributes that could not be read whole. */
  private final Set<String> misstated = new HashSet<>();

  private boolean attributesAreClear = true;

  private VocabularyReader() {}

  /**
   * Reads a vocabulary.
   *
   * @param fileName the name by which findings call the workbook
   */
  public static Checked<Vocabulary> read(String fileName, byte[] workbook) {
    return XlsxFile.read(fileName, workbook).then(file -> new VocabularyReader().read(file));
  }

  private Checked<Vocabulary> read(XlsxFile file) {
    try {
      return readSheets(file);
    } catch (Findings.TooMany e) {
      return Checked.failed(findings.all());
    }
  }

  private Checked<Vocabulary> readSheets(XlsxFile file) {
    Sheets sheets = new Sheets(file, SheetKind.OF_THE_VOCABULARY, findings);
    List<ApproverLevel> levels = new ArrayList<>();
    sheets.sheet(SheetKind.APPROVER_LEVELS).ifPresent(sheet -> readLevels(sheet, levels));
    List<Obligation> obligations = new ArrayList<>();
    sheets.sheet(SheetKind.OBLIGATIONS).ifPresent(sheet -> readObligations(sheet, obligations));
    List<SanctionType> sanctions = new ArrayList<>();
    sheets.sheet(SheetKind.SANCTION_TYPES).ifPresent(sheet -> readSanctions(sheet, sanctions));
    List<Declared> declared = new ArrayList<>();
    sheets
        .required(SheetKind.ATTRIBUTES)
        .ifPresentOrElse(
            sheet -> readAttributes(sheet, declared), () -> attributesAreClear = false);
    sheets.sheet(SheetKind.TERMS).ifPresent(sheet -> readTerms(sheet, declared));
    if (attributesAreClear && !sheets.mayBeMisspelt(SheetKind.TERMS)) {
      declared.forEach(attribute -> attribute.reportMissingTerms(findings));
    }
    if (findings.hasErrors()) {
      return Checked.failed(findings.all());
    }
    List<Attribute> attributes = new ArrayList<>();
    for (Declared attribute : declared) {
      attributes.add(attribute.build(attributes.size(), levels));
    }
    return Checked.of(new Vocabulary(attributes, levels, obligations, sanctions), findings.all());
  }

  private void readAttributes(Sheet sheet, List<Declared> declared) {
    Table table = new Table(sheet, ATTRIBUTES, Optional.empty(), findings);
    attributesAreClear = !table.isUnclear();
    Set<TermSource> sources = new HashSet<>();
    TakenNames taken = new TakenNames();
    for (TableRow row : table.rows()) {
      Optional<String> path = row.required(PATH);
      Optional<AttributeType> type = requiredWord(row, TYPE, TYPES);
      Optional<String> zh = row.requiredName(NAME, Check.MISSING_VALUE);
      TermSource source = row.word(SOURCE, SOURCES).orElse(TermSource.OWN);
      String en = row.line(EN);
      if (path.isPresent() && !isPath(path.get())) {
        row.spot(PATH)
            .report(
                Check.UNEXPECTED_VALUE,
                "路径 " + Spot.quoted(path.get()) + " is no path of a request",
                "write action, or subject., resource., context. or incident. and a name");
      }
      boolean fresh = path.isPresent() && taken.takeCode(path.get(), row.spot(PATH));
      path.ifPresent(name -> taken.takeName(name, name, row.spot(PATH)));
      zh.ifPresent(name -> taken.takeName(name, path.orElse(name), row.spot(NAME)));
      taken.takeName(en, path.orElse(en), row.spot(EN));
      if (type.isPresent() && source != TermSource.OWN && type.get() != AttributeType.SET) {
        row.spot(SOURCE)
            .report(
                Check.UNEXPECTED_VALUE,
                "取值 is filled, but only a 集合 takes its values from elsewhere",
                "clear the cell, or make 类型 集合");
      }
      if (type.isPresent()
          && type.get() != AttributeType.LEVEL
          && path.equals(Optional.of(Vocabulary.CLASSIFICATION))) {
        row.spot(TYPE).report(Check.WRONG_TYPE, "the attribute of the level must be a 等级");
      }
      reportClashes(row, zh.orElse(""), source, sources);
      if (fresh && type.isPresent() && zh.isPresent()) {
        Label label = new Label(zh.get(), en);
        Place place = row.cell(PATH).place();
        declared.add(new Declared(path.get(), type.get(), label, row.shown(ABOUT), source, place));
      } else {
        path.ifPresent(name -> misstated.add(Names.normal(name)));
        zh.ifPresent(name -> misstated.add(Names.normal(name)));
      }
    }
  }

  private static boolean isPath(String path) {
    return path.length() <= LONGEST_PATH && A_PATH.matcher(path).matches();
  }

  /** A header must mean either a result or an attribute, and a request holds approvals once. */
  private static void reportClashes(
      TableRow row, String label, TermSource source, Set<TermSource> seen) {
    if (RESERVED.contains(Names.normal(label))) {
      row.spot(NAME)
          .report(
              Check.UNEXPECTED_VALUE,
              "名称 " + label + " is the header of a column with another meaning",
              "choose another name");
    }
    if (source != TermSource.OWN && !seen.add(source)) {
      row.spot(SOURCE)
          .report(
              Check.UNEXPECTED_VALUE,
              "取值 is filled, but another attribute takes its values from there already",
              "clear the cell");
    }
  }

  private static Set<String> reserved() {
    Set<String> reserved = new HashSet<>();
    RuleSheet.resultColumns().forEach(column -> reserved.add(Names.normal(column.zh())));
    ExampleSheet.columns().forEach(column -> reserved.add(Names.normal(column.zh())));
    DirectorySheet.columns().forEach(column -> reserved.add(Names.normal(column.zh())));
    return reserved;
  }

  private static <T> Optional<T> requiredWord(TableRow row, Column column, Map<String, T> words) {
    return row.required(column).flatMap(text -> row.word(column, words));
  }

  private void readTerms(Sheet sheet, List<Declared> declared) {
    Table table = new Table(sheet, TERMS, Optional.empty(), findings);
    Map<String, Declared> byName = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Declared attribute : declared) {
      byName.putIfAbsent(Names.normal(attribute.path), attribute);
      byName.putIfAbsent(Names.normal(attribute.label.zh()), attribute);
      names.add(attribute.label.zh());
    }
    declared.forEach(one -> byName.putIfAbsent(Names.normal(one.label.en()), one));
    List<Runnable> broader = new ArrayList<>();
    Map<String, List<TableRow>> unknown = new LinkedHashMap<>();
    for (TableRow row : table.rows()) {
      Optional<String> name = row.required(ATTRIBUTE);
      Optional<String> code = code(row);
      Optional<String> zh = row.requiredName(ZH, Check.MISSING_VALUE);
      if (name.isEmpty() || code.isEmpty() || zh.isEmpty()) {
        continue;
      }
      Declared attribute = byName.get(Names.normal(name.get()));
      if (attribute == null) {
        unknown.computeIfAbsent(name.get(), any -> new ArrayList<>()).add(row);
      } else if (!attribute.takesTerms()) {
        row.spot(ATTRIBUTE)
            .report(
                Check.UNEXPECTED_VALUE,
                attribute.label.zh() + " takes no terms from this sheet",
                "remove the row, or change its 类型 in the sheet 属性");
      } else if (attribute.taken.takeCode(code.get(), row.spot(CODE))) {
        readTerm(row, attribute, code.get(), zh.get());
        broader.add(() -> readBroader(row, attribute, code.get()));
      }
    }
    unknown.forEach((name, rows) -> reportUnknown(name, rows, names));
    attributesAreClear &= unknown.isEmpty();
    broader.forEach(Runnable::run);
    declared.forEach(attribute -> attribute.reportCircles(findings));
  }

  /** Once for all rows, and not at all where the attribute itself is what is wrong. */
  private void reportUnknown(String name, List<TableRow> rows, List<String> names) {
    if (!attributesAreClear || misstated.contains(Names.normal(name))) {
      return;
    }
    int more = rows.size() - 1;
    rows.get(0)
        .spot(ATTRIBUTE)
        .report(
            Check.UNKNOWN_ATTRIBUTE,
            "there is no attribute "
                + Spot.quoted(name)
                + (more == 0 ? "" : ", as " + more + " more rows have it"),
            Findings.didYouMean(Names.nearest(name, names), "list it in the sheet 属性"));
  }

  /** Labels and codes first: an alias that repeats one is the mistake, wherever it stands. */
  private static void readTerm(TableRow row, Declared attribute, String code, String zh) {
    String en = row.line(EN);
    List<String> aliases =
        Items.read(
            row.lines(ALIASES),
            item -> Items.hasSeparator(item) ? Optional.empty() : Optional.of(item),
            item -> {});
    attribute.taken.takeName(code, code, row.spot(CODE));
    attribute.taken.takeName(zh, code, row.spot(ZH));
    attribute.taken.takeName(en, code, row.spot(EN));
    attribute.taken.takeNames(aliases, code, row.spot(ALIASES));
    attribute.add(new Term(code, new Label(zh, en), aliases, Optional.empty()), row);
  }

  private static void readBroader(TableRow row, Declared attribute, String code) {
    String name = row.line(BROADER);
    if (name.isEmpty()) {
      return;
    }
    if (attribute.type == AttributeType.LEVEL) {
      row.mustBeBlank(BROADER, "levels are ordered by their rows");
      return;
    }
    Optional<String> broader = attribute.named(name);
    if (broader.isEmpty()) {
      row.spot(BROADER)
          .report(
              Check.UNKNOWN_TERM,
              attribute.label.zh() + " has no term " + Spot.quoted(name),
              Findings.didYouMean(Names.nearest(name, attribute.labels())));
    }
    broader.ifPresent(up -> attribute.setBroader(code, up));
  }

  private static Optional<String> code(TableRow row) {
    Optional<String> code = row.code(CODE);
    if (code.isPresent() && !A_CODE.matcher(code.get()).matches()) {
      row.spot(CODE)
          .report(
              Check.UNEXPECTED_VALUE,
              "代码 " + Spot.quoted(code.get()) + " holds a blank or a separator",
              "write lower-case words joined by hyphens");
      return Optional.empty();
    }
    return code;
  }

  private void readLevels(Sheet sheet, List<ApproverLevel> levels) {
    readWords(
        sheet,
        LEVELS,
        (row, code, label) -> {
          boolean internal = row.word(SCOPE, SCOPES).orElse(true);
          Optional<BigDecimal> rank = row.number(RANK);
          if (!internal) {
            row.mustBeBlank(RANK, "an outside body has no rank");
          }
          boolean whole = rank.isPresent() && isRank(rank.get());
          if (rank.isPresent() && !whole) {
            row.spot(RANK).report(Check.WRONG_TYPE, "位次 must be a whole number from 0 to 9999");
          }
          OptionalInt ranked =
              internal && whole ? OptionalInt.of(rank.get().intValue()) : OptionalInt.empty();
          levels.add(new ApproverLevel(code, label, ranked, internal));
        });
  }

  private static boolean isRank(BigDecimal rank) {
    return rank.signum() >= 0 && rank.scale() <= 0 && rank.compareTo(BigDecimal.valueOf(9999)) <= 0;
  }

  private void readObligations(Sheet sheet, List<Obligation> obligations) {
    readWords(
        sheet, OBLIGATIONS, (row, code, label) -> obligations.add(new Obligation(code, label)));
  }

  private void readSanctions(Sheet sheet, List<SanctionType> sanctions) {
    readWords(
        sheet,
        SANCTIONS,
        (row, code, label) -> {
          boolean reward = row.word(NATURE, NATURES).orElse(false);
          sanctions.add(new SanctionType(code, label, reward));
        });
  }

  private interface WordRow {
    void read(TableRow row, String code, Label label);
  }

  private void readWords(Sheet sheet, List<Column> columns, WordRow word) {
    Table table = new Table(sheet, columns, Optional.empty(), findings);
    TakenNames taken = new TakenNames();
    for (TableRow row : table.rows()) {
      Optional<String> code = code(row);
      Optional<String> zh = row.requiredName(ZH, Check.MISSING_VALUE);
      String en = row.line(EN);
      boolean fresh = code.isPresent() && taken.takeCode(code.get(), row.spot(CODE));
      if (!fresh || zh.isEmpty()) {
        continue;
      }
      taken.takeName(code.get(), code.get(), row.spot(CODE));
      taken.takeName(zh.get(), code.get(), row.spot(ZH));
      taken.takeName(en, code.get(), row.spot(EN));
      word.read(row, code.get(), new Label(zh.get(), en));
    }
  }

  /** An attribute while its terms are still being read. */
  private static final class Declared {

    private final String path;
    private final AttributeType type;
    private final Label label;
    private final String about;
    private final TermSource source;
    private final Place place;
    private final TakenNames taken = new TakenNames();
    private final Map<String, Term> terms = new LinkedHashMap<>();
    private final Map<String, TableRow> rows = new HashMap<>();
    private final Map<String, String> codes = new HashMap<>();

    private Declared(
        String path,
        AttributeType type,
        Label label,
        String about,
        TermSource source,
        Place place) {
      this.path = path;
      this.type = type;
      this.label = label;
      this.about = about;
      this.source = source;
      this.place = place;
    }

    boolean takesTerms() {
      return WITH_TERMS.contains(type) && source == TermSource.OWN;
    }

    void add(Term term, TableRow row) {
      terms.put(term.code(), term);
      rows.put(term.code(), row);
      codes.putIfAbsent(Names.normal(term.code()), term.code());
      codes.putIfAbsent(Names.normal(term.label().zh()), term.code());
      codes.putIfAbsent(Names.normal(term.label().en()), term.code());
      term.aliases().forEach(alias -> codes.putIfAbsent(Names.normal(alias), term.code()));
    }

    Optional<String> named(String name) {
      return Optional.ofNullable(codes.get(Names.normal(name)));
    }

    List<String> labels() {
      return terms.values().stream().map(term -> term.label().zh()).toList();
    }

    void setBroader(String code, String broader) {
      terms.computeIfPresent(
          code, (any, term) -> new Term(code, term.label(), term.aliases(), Optional.of(broader)));
    }

    void reportMissingTerms(Findings findings) {
      if (takesTerms() && terms.isEmpty()) {
        findings.add(
            Check.MISSING_VALUE,
            place,
            label.zh() + " has no terms",
            "list its terms in the sheet 词条");
      }
    }

    /** A term that is, step by step, its own broader term. */
    void reportCircles(Findings findings) {
      for (Term term : terms.values()) {
        Set<String> passed = new HashSet<>();
        Optional<String> up = term.broader();
        while (up.isPresent() && !up.get().equals(term.code()) && passed.add(up.get())) {
          up = terms.get(up.get()).broader();
        }
        if (up.equals(Optional.of(term.code()))) {
          TableRow row = rows.get(term.code());
          row.spot(BROADER)
              .report(
                  Check.CIRCULAR_REFERENCE,
                  "上位词 leads from " + term.label().zh() + " back to itself",
                  "clear one of the cells of the circle");
        }
      }
    }

    Attribute build(int index, List<ApproverLevel> levels) {
      List<Term> all = new ArrayList<>(terms.values());
      if (source == TermSource.APPROVER_LEVELS) {
        levels.forEach(
            level -> all.add(new Term(level.code(), level.label(), List.of(), Optional.empty())));
      }
      return new Attribute(index, path, type, label, about, source, all);
    }
  }

  private static Map<String, AttributeType> types() {
    Map<String, AttributeType> types = new LinkedHashMap<>();
    for (AttributeType type : AttributeType.values()) {
      types.put(type.zh(), type);
    }
    for (AttributeType type : AttributeType.values()) {
      types.put(type.name().toLowerCase(Locale.ROOT), type);
    }
    return types;
  }
}
