package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.InForce;
import dev.clearance.vocabulary.Label;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the sheet 制度: what the policy is called, whom it binds, and when. */
final class PolicySheet {

  private static final Column ITEM = Column.required("项目", "item");
  private static final Column CONTENT = Column.required("内容", "content");

  private static final String ID = "编号";
  private static final String TITLE = "名称";
  private static final String ENGLISH_TITLE = "Title";
  private static final String ISSUER = "制定单位";
  private static final String APPLIES_TO = "适用范围";
  private static final String FROM = "施行日期";
  private static final String TO = "失效日期";
  private static final String SOURCE = "来源";
  private static final String NOTE = "说明";
  private static final Map<String, String> ITEMS =
      Words.meaningThemselves(
          ID + " id",
          TITLE + " chinese-title",
          ENGLISH_TITLE + " english-title",
          ISSUER + " issuer",
          APPLIES_TO + " applies-to",
          FROM + " from",
          TO + " to",
          SOURCE + " source",
          NOTE + " note");
  private static final Pattern AN_ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private static final int LONGEST_ID = 100;

  private final Table table;
  private final Map<String, TableRow> rows = new HashMap<>();

  PolicySheet(Sheet sheet, Findings findings) {
    this.table = new Table(sheet, List.of(ITEM, CONTENT), Optional.empty(), findings);
    for (TableRow row : table.rows()) {
      if (row.required(ITEM).isEmpty()) {
        continue;
      }
      Optional<String> item = row.word(ITEM, ITEMS);
      if (item.isPresent() && rows.putIfAbsent(item.get(), row) != null) {
        row.spot(ITEM)
            .report(
                Check.DUPLICATE_ID,
                "项目 " + item.get() + " stands here a second time",
                "remove one");
      }
    }
  }

  /** The policy's id, which is also the name of its workbook. */
  Optional<String> id(String fileName) {
    Optional<TableRow> row = row(ID);
    Optional<String> id = row.flatMap(one -> one.code(CONTENT));
    if (row.isEmpty()) {
      reportMissing(ID);
    }
    if (id.isEmpty()) {
      return id;
    }
    Spot spot = row.get().spot(CONTENT);
    if (id.get().length() > LONGEST_ID || !AN_ID.matcher(id.get()).matches()) {
      spot.report(
          Check.UNEXPECTED_VALUE,
          "编号 " + Spot.quoted(id.get()) + " is no id",
          "write lower-case letters and digits, joined by hyphens");
    } else if (!fileName.equals(id.get() + ".xlsx")) {
      spot.report(
          Check.UNEXPECTED_VALUE,
          "编号 is " + id.get() + ", but the workbook is called " + fileName,
          "write " + fileName.replaceFirst("\\.xlsx$", "") + ", or rename the workbook");
    }
    return id;
  }

  Label title() {
    Optional<TableRow> row = row(TITLE);
    if (row.isEmpty()) {
      reportMissing(TITLE);
    }
    row.ifPresent(one -> one.required(CONTENT));
    return new Label(text(TITLE), text(ENGLISH_TITLE));
  }

  private void reportMissing(String item) {
    if (table.at(ITEM).isPresent()) {
      table
          .findings()
          .add(
              Check.MISSING_VALUE,
              table.place(),
              "the sheet " + table.place().sheet() + " does not say " + item,
              "add a row for it");
    }
  }

  String issuer() {
    return text(ISSUER);
  }

  String appliesTo() {
    return text(APPLIES_TO);
  }

  String source() {
    return text(SOURCE);
  }

  String note() {
    return text(NOTE);
  }

  InForce inForce() {
    Optional<LocalDate> from = row(FROM).flatMap(row -> row.day(CONTENT));
    Optional<LocalDate> to = row(TO).flatMap(row -> row.day(CONTENT));
    if (from.isPresent() && to.isPresent()) {
      return inForce(from, to, row(TO).get().spot(CONTENT));
    }
    return new InForce(from, to);
  }

  /** The time in force, unless it ends before it begins. */
  static InForce inForce(Optional<LocalDate> from, Optional<LocalDate> to, Spot end) {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      end.report(
          Check.REVERSED_DATES,
          "the time in force ends on " + to.get() + " and begins on " + from.get(),
          "the last day must come after the first");
      return InForce.ALWAYS;
    }
    return new InForce(from, to);
  }

  private Optional<TableRow> row(String item) {
    return Optional.ofNullable(rows.get(item));
  }

  private String text(String item) {
    return row(item).map(row -> row.shown(CONTENT)).orElse("");
  }
}
