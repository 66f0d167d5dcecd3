package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.Clause;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the sheet 条款: every clause of the regulation, whether or not it has rows. */
final class ClauseSheet {

  private static final Column CODE = Column.required("编号", "code");
  private static final Column LOCATOR = Column.required("位置", "locator");
  private static final Column KIND = Column.required("性质", "kind");
  private static final Column CONFIDENCE = Column.optional("把握", "confidence");
  private static final Column NOTE = Column.optional("备注", "note");
  private static final Column LINKS = Column.optional("关联", "links");
  private static final List<Column> COLUMNS =
      List.of(
          CODE,
          LOCATOR,
          KIND,
          new Column(RuleSheet.SUMMARY.zh(), RuleSheet.SUMMARY.en(), true),
          RuleSheet.ENGLISH_SUMMARY,
          CONFIDENCE,
          NOTE,
          LINKS);
  private static final Column SUMMARY = COLUMNS.get(3);

  private static final Map<String, String> KINDS =
      Words.meaningThemselves(
          "禁止 prohibit",
          "须审批 approve",
          "允许 allow",
          "义务 duty",
          "定密 classify",
          "释义 define",
          "处分 sanction",
          "说明 informative");

  /** Clauses of these kinds may well have no row. */
  private static final Set<String> WITHOUT_ROW = Set.of("说明", "释义");

  private static final Map<String, String> CONFIDENCES =
      Words.meaningThemselves("高 high", "中 medium", "低 low");
  private static final Pattern A_CODE = Pattern.compile("[^\\s、,;/]{1,100}");
  private static final Pattern A_FULL_ID = Pattern.compile("[a-z0-9-]+/[^\\s、,;/]+");

  private final Findings findings;
  private final boolean complete;
  private final Map<String, Clause> clauses = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  ClauseSheet(Sheet sheet, String policy, Findings findings) {
    this.findings = findings;
    Table table = new Table(sheet, COLUMNS, Optional.empty(), findings);
    this.complete = table.at(CODE).isPresent() && table.at(LOCATOR).isPresent();
    TakenNames taken = new TakenNames();
    for (TableRow row : table.rows()) {
      readRow(row, policy, taken);
    }
    ClauseNames names = names(policy);
    for (TableRow row : table.rows()) {
      checkLinks(row, policy, names);
    }
  }

  private void readRow(TableRow row, String policy, TakenNames taken) {
    Optional<String> code = row.code(CODE);
    if (code.isPresent() && !A_CODE.matcher(code.get()).matches()) {
      row.spot(CODE)
          .report(
              Check.UNEXPECTED_VALUE,
              "编号 " + Spot.quoted(code.get()) + " holds a blank or a separator",
              "write it like 11-1");
      return;
    }
    Optional<String> locator = row.requiredName(LOCATOR, Check.MISSING_LOCATOR);
    Optional<String> kind = row.required(KIND).flatMap(text -> row.word(KIND, KINDS));
    row.required(SUMMARY, Check.MISSING_SUMMARY);
    row.required(RuleSheet.ENGLISH_SUMMARY, Check.MISSING_SUMMARY);
    String confidence = row.word(CONFIDENCE, CONFIDENCES).orElse("");
    if (code.isEmpty() || !taken.takeCode(code.get(), row.spot(CODE))) {
      return;
    }
    places.put(code.get(), row.cell(CODE).place());
    Label summary = new Label(row.shown(SUMMARY), row.shown(RuleSheet.ENGLISH_SUMMARY));
    clauses.put(
        code.get(),
        new Clause(
            policy + "/" + code.get(),
            code.get(),
            locator.orElse(""),
            kind.orElse("说明"),
            summary,
            confidence,
            row.shown(NOTE),
            links(row)));
  }

  private static List<String> links(TableRow row) {
    return Items.read(
        row.lines(LINKS),
        item ->
            A_CODE.matcher(item).matches() || A_FULL_ID.matcher(item).matches()
                ? Optional.of(item)
                : Optional.empty(),
        item -> {});
  }

  /** Links into other policies cannot be followed from here. */
  private void checkLinks(TableRow row, String policy, ClauseNames names) {
    for (String link : links(row)) {
      String code = link.startsWith(policy + "/") ? link.substring(policy.length() + 1) : link;
      if (!code.contains("/") && !clauses.containsKey(code)) {
        names.reportUnknown(link, row.spot(LINKS));
      }
    }
  }

  ClauseNames names(String policy) {
    return new ClauseNames(policy, clauses(), complete);
  }

  List<Clause> clauses() {
    return new ArrayList<>(clauses.values());
  }

  Map<String, Place> places() {
    return places;
  }

  /** A clause that decides something, and yet no row does. */
  void reportWithoutRow(Set<String> codesWithRow) {
    for (Clause clause : clauses.values()) {
      if (!WITHOUT_ROW.contains(clause.kind()) && !codesWithRow.contains(clause.code())) {
        findings.add(
            Check.CLAUSE_WITHOUT_ROW,
            places.getOrDefault(clause.code(), Place.of("")),
            "clause "
                + clause.code()
                + " is of the kind "
                + clause.kind()
                + ", but no row refers to it",
            "add a row, or make its 性质 说明");
      }
    }
  }
}
