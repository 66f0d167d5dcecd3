package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Formula;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the sheets that hold rules: 许可, 定密, 释义 and 处分. */
final class RuleSheet {

  static final Column CLAUSE = Column.required("条款", "clause");
  static final Column OVERRIDES = Column.optional("优先于", "overrides");
  static final Column SUMMARY = Column.optional("摘要", "Chinese summary");
  static final Column ENGLISH_SUMMARY = Column.optional("Summary", "English summary");
  static final Column FROM = Column.optional("生效", "from");
  static final Column TO = Column.optional("失效", "to");
  static final Column ACKNOWLEDGED = Column.optional("确认", "acknowledged");

  private static final Column CONCLUSION = Column.required("结论", "conclusion");
  private static final Column LEVEL = Column.optional("审批级别", "approver level");
  private static final Column APPROVER = Column.optional("审批人", "approver");
  private static final Column OBLIGATIONS = Column.optional("须履行", "obligations");
  private static final Column BREACH = Column.optional("违反情形", "breach");

  private static final Column CLASSIFIED = Column.required("定为", "classified as");
  private static final Column PERIOD = Column.optional("保密期限", "secrecy period");

  private static final Column TREATED = Column.required("视为", "treated as");

  private static final Column SANCTION = Column.required("种类", "sanction");
  private static final Column MIN = Column.optional("下限", "min");
  private static final Column MAX = Column.optional("上限", "max");
  private static final Column CURRENCY = Column.optional("币种", "currency");
  private static final Column FORMULA = Column.optional("算式", "formula");
  private static final Column DISCRETION = Column.optional("裁量", "discretionary");
  private static final Column NOTE = Column.optional("说明", "note");

  private static final Map<SheetKind, List<Column>> RESULTS =
      Map.of(
          SheetKind.PERMISSIONS, List.of(CONCLUSION, LEVEL, APPROVER, OBLIGATIONS, BREACH),
          SheetKind.CLASSIFICATION, List.of(CLASSIFIED, PERIOD),
          SheetKind.DEFINITIONS, List.of(TREATED),
          SheetKind.SANCTIONS, List.of(SANCTION, MIN, MAX, CURRENCY, FORMULA, DISCRETION, NOTE));

  /** The headers of results, which no attribute may be called. */
  static List<Column> resultColumns() {
    List<Column> all = new ArrayList<>(List.of(CLAUSE, OVERRIDES, SUMMARY, ENGLISH_SUMMARY));
    all.addAll(List.of(FROM, TO, ACKNOWLEDGED));
    RESULTS.values().forEach(all::addAll);
    return all;
  }

  private enum Conclusion {
    PROHIBIT,
    APPROVE,
    ALLOW,
    DUTY
  }

  private static final Map<String, Conclusion> CONCLUSIONS =
      Words.of(
          "禁止 prohibit", Conclusion.PROHIBIT,
          "须审批 approve", Conclusion.APPROVE,
          "允许 allow", Conclusion.ALLOW,
          "义务 duty", Conclusion.DUTY);
  private static final Set<String> YUAN = Set.of("元", "人民币", "人民币元");

  private final Vocabulary vocabulary;
  private final ClauseNames clauses;
  private final Findings findings;
  private final Cells cells;
  private final Conditions conditions;
  private final Breaches breaches;
  private final Approvers approvers;
  private final Assignments assignments;
  private final Formulas formulas;
  private final List<Row> rows = new ArrayList<>();
  private boolean clear = true;
  private final Set<String> named = new LinkedHashSet<>();

  RuleSheet(
      Vocabulary vocabulary,
      ClauseNames clauses,
      Conditions conditions,
      Values values,
      Findings findings,
      Cells cells) {
    this.vocabulary = vocabulary;
    this.clauses = clauses;
    this.findings = findings;
    this.cells = cells;
    this.conditions = conditions;
    this.breaches = new Breaches(vocabulary, conditions);
    this.approvers = new Approvers(vocabulary);
    this.assignments = new Assignments(vocabulary, values);
    this.formulas = new Formulas(vocabulary);
  }

  List<Row> rows() {
    return rows;
  }

  /** Whether every row says which clause it belongs to. */
  boolean areClear() {
    return clear;
  }

  /** The codes of the clauses that have a row, be it a faulty one. */
  Set<String> clausesWithRow() {
    return named;
  }

  void read(SheetKind kind, Sheet sheet) {
    List<Column> columns = new ArrayList<>();
    columns.add(CLAUSE);
    columns.addAll(RESULTS.getOrDefault(kind, List.of()));
    columns.addAll(List.of(OVERRIDES, SUMMARY, ENGLISH_SUMMARY, FROM, TO, ACKNOWLEDGED));
    Table table = new Table(sheet, columns, Optional.of(vocabulary), findings);
    cells.addTable(table);
    for (TableRow row : table.rows()) {
      readRow(kind, table, row);
    }
  }

  private void readRow(SheetKind kind, Table table, TableRow row) {
    Optional<Clause> clause = clause(row);
    boolean conditional = false;
    List<Condition> when = new ArrayList<>();
    for (Map.Entry<Attribute, Integer> column : table.attributes().entrySet()) {
      Cell cell = row.cell(column.getValue());
      if (cell.isUnusable() || !Conditions.isAny(cell.line())) {
        conditional = true;
      }
      condition(column.getKey(), cell).ifPresent(when::add);
    }
    if (!conditional && kind != SheetKind.DEFINITIONS && !table.isUnclear()) {
      findings.add(
          Check.UNCONDITIONAL_ROW,
          row.place(),
          "the row has no condition, so it would apply to everything",
          "fill in at least one condition");
    }
    Optional<Effect> effect =
        switch (kind) {
          case PERMISSIONS -> permission(row);
          case CLASSIFICATION -> classification(row);
          case DEFINITIONS -> definition(row);
          default -> sanction(row);
        };
    List<Obligation> obligations = obligations(row);
    List<String> overrides = overrides(row, clause);
    InForce inForce = PolicySheet.inForce(row.day(FROM), row.day(TO), row.spot(TO));
    Label summary = summary(table, row, clause);
    if (clause.isPresent() && effect.isPresent()) {
      rows.add(
          new Row(
              rows.size(),
              clause.get(),
              row.place(),
              when,
              effect.get(),
              obligations,
              overrides,
              summary,
              inForce,
              row.shown(ACKNOWLEDGED)));
    }
  }

  private Optional<Clause> clause(TableRow row) {
    Optional<String> name = row.code(CLAUSE);
    Optional<Clause> clause = name.flatMap(clauses::one);
    if (name.isPresent() && clause.isEmpty()) {
      clauses.reportUnknown(name.get(), row.spot(CLAUSE));
    }
    clause.ifPresent(one -> named.add(one.code()));
    clear &= clause.isPresent();
    return clause;
  }

  private Optional<Condition> condition(Attribute attribute, Cell cell) {
    if (cell.isUnusable() || Conditions.isAny(cell.line())) {
      return Optional.empty();
    }
    Spot spot = new Spot(findings, cell.place(), attribute.label().zh());
    Optional<Test> test = conditions.read(attribute, cell.lines(), spot);
    return test.map(one -> new Condition(attribute, one));
  }

  private Optional<Effect> permission(TableRow row) {
    Optional<Conclusion> conclusion =
        row.required(CONCLUSION).flatMap(text -> row.word(CONCLUSION, CONCLUSIONS));
    if (conclusion.isEmpty()) {
      return Optional.empty();
    }
    if (conclusion.get() != Conclusion.APPROVE) {
      row.mustBeBlank(LEVEL, "结论 is " + row.line(CONCLUSION));
      row.mustBeBlank(APPROVER, "结论 is " + row.line(CONCLUSION));
    }
    if (conclusion.get() != Conclusion.DUTY) {
      row.mustBeBlank(BREACH, "结论 is " + row.line(CONCLUSION));
    }
    return switch (conclusion.get()) {
      case PROHIBIT -> Optional.of(new Effect.Prohibit());
      case ALLOW -> Optional.of(new Effect.Allow());
      case APPROVE -> approval(row).map(Effect.Approve::new);
      case DUTY -> Optional.of(duty(row));
    };
  }

  private Optional<ApproverRequirement> approval(TableRow row) {
    if (row.isBlank(LEVEL) && !row.mayBeElsewhere(LEVEL)) {
      row.spot(LEVEL)
          .report(
              Check.MISSING_VALUE,
              "审批级别 is empty, but 结论 is " + row.line(CONCLUSION),
              "say who must approve");
    }
    String text = row.line(LEVEL);
    return text.isEmpty()
        ? Optional.empty()
        : approvers.read(text, row.shown(APPROVER), row.spot(LEVEL));
  }

  private Effect duty(TableRow row) {
    boolean saysNothing = row.isBlank(OBLIGATIONS) && row.isBlank(BREACH) && row.isBlank(OVERRIDES);
    boolean mayBeElsewhere =
        row.mayBeElsewhere(OBLIGATIONS)
            || row.mayBeElsewhere(BREACH)
            || row.mayBeElsewhere(OVERRIDES);
    if (saysNothing && !mayBeElsewhere) {
      row.spot(OBLIGATIONS)
          .report(
              Check.MISSING_VALUE,
              "须履行, 违反情形 and 优先于 are all empty, but 结论 is " + row.line(CONCLUSION),
              "say what must be done");
    }
    return new Effect.Duty(breaches.read(row.lines(BREACH), row.spot(BREACH)));
  }

  private List<Obligation> obligations(TableRow row) {
    return obligations(row.lines(OBLIGATIONS), row.spot(OBLIGATIONS), vocabulary);
  }

  static List<Obligation> obligations(String text, Spot spot, Vocabulary vocabulary) {
    return List.copyOf(
        new LinkedHashSet<>(
            Items.read(
                text,
                vocabulary.obligations()::named,
                name ->
                    spot.unknown(
                        Check.UNKNOWN_OBLIGATION,
                        "obligation",
                        name,
                        vocabulary.obligations().nearest(name)),
                vocabulary.obligations()::nearest)));
  }

  private List<String> overrides(TableRow row, Optional<Clause> own) {
    Cell cell = row.cell(OVERRIDES);
    if (cell.kind() == Cell.Kind.DATE) {
      row.code(OVERRIDES);
      return List.of();
    }
    Set<String> overridden = new LinkedHashSet<>();
    Spot spot = row.spot(OVERRIDES);
    List<ClauseNames.Named> all =
        Items.read(cell.lines(), clauses::all, name -> clauses.reportUnknown(name, spot));
    all.forEach(one -> overridden.addAll(one.codes()));
    for (ClauseNames.Named named : all) {
      if (own.isPresent() && named.codes().contains(own.get().code())) {
        boolean others = named.codes().size() > 1;
        spot.report(
            Check.CIRCULAR_REFERENCE,
            "clause "
                + own.get().code()
                + " overrides itself"
                + (others ? ", as " + named.name() + " stands for it, too" : ""),
            "name the clauses that are more general");
      }
    }
    return List.copyOf(overridden);
  }

  private Label summary(Table table, TableRow row, Optional<Clause> clause) {
    row.required(SUMMARY, Check.MISSING_SUMMARY);
    row.required(ENGLISH_SUMMARY, Check.MISSING_SUMMARY);
    Label general = clause.map(Clause::summary).orElse(new Label("", ""));
    return new Label(
        table.at(SUMMARY).isPresent() ? row.shown(SUMMARY) : general.zh(),
        table.at(ENGLISH_SUMMARY).isPresent() ? row.shown(ENGLISH_SUMMARY) : general.en());
  }

  private Optional<Effect> classification(TableRow row) {
    Optional<String> level = row.required(CLASSIFIED);
    if (level.isEmpty()) {
      return Optional.empty();
    }
    Optional<Attribute> attribute = vocabulary.attribute(Vocabulary.CLASSIFICATION);
    if (attribute.isEmpty()) {
      row.spot(CLASSIFIED)
          .report(
              Check.UNKNOWN_ATTRIBUTE,
              "the vocabulary has no attribute " + Vocabulary.CLASSIFICATION + " to classify by");
      return Optional.empty();
    }
    Optional<String> code = attribute.get().code(level.get());
    if (code.isEmpty()) {
      Conditions.unknownTerm(attribute.get(), level.get(), row.spot(CLASSIFIED));
    }
    String period = row.shown(PERIOD);
    Optional<String> given = period.isEmpty() ? Optional.empty() : Optional.of(period);
    return code.map(found -> new Effect.Classify(found, given));
  }

  private Optional<Effect> definition(TableRow row) {
    if (row.required(TREATED).isEmpty()) {
      return Optional.empty();
    }
    List<Assignment> all = assignments.read(row.lines(TREATED), row.spot(TREATED));
    return all.isEmpty() ? Optional.empty() : Optional.of(new Effect.Define(all));
  }

  private Optional<Effect> sanction(TableRow row) {
    Optional<String> name = row.required(SANCTION);
    Optional<SanctionType> type = name.flatMap(vocabulary.sanctionTypes()::named);
    if (name.isPresent() && type.isEmpty()) {
      row.spot(SANCTION)
          .unknown(
              Check.UNKNOWN_SANCTION_TYPE,
              "sanction",
              name.get(),
              vocabulary.sanctionTypes().nearest(name.get()));
    }
    Optional<BigDecimal> min = amount(row, MIN);
    Optional<BigDecimal> max = amount(row, MAX);
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      row.spot(MAX)
          .report(
              Check.REVERSED_RANGE,
              "上限 " + max.get() + " is lower than 下限 " + min.get(),
              "write the lower amount in 下限");
    }
    String text = row.line(FORMULA);
    Optional<Formula> formula =
        text.isEmpty() ? Optional.empty() : formulas.read(text, row.spot(FORMULA));
    Optional<String> currency = currency(row);
    if (!row.isBlank(CURRENCY) && row.isBlank(MIN) && row.isBlank(MAX) && row.isBlank(FORMULA)) {
      row.mustBeBlank(CURRENCY, "the row states no amount");
    }
    boolean discretionary = row.flag(DISCRETION).orElse(false);
    Optional<String> formulaText = text.isEmpty() ? Optional.empty() : Optional.of(text);
    return type.map(
        found ->
            new Effect.Punish(
                new Sanction(
                    found,
                    min,
                    max,
                    currency,
                    formula,
                    formulaText,
                    discretionary,
                    row.shown(NOTE))));
  }

  private static Optional<BigDecimal> amount(TableRow row, Column column) {
    Optional<BigDecimal> amount = row.number(column);
    if (amount.isPresent() && amount.get().signum() < 0) {
      row.spot(column)
          .report(
              Check.WRONG_TYPE, column.zh() + " is below zero", "write the amount without a sign");
      return Optional.empty();
    }
    return amount;
  }

  private static Optional<String> currency(TableRow row) {
    String text = row.line(CURRENCY);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String code = YUAN.contains(text) ? "CNY" : text.toUpperCase(Locale.ROOT);
    boolean known =
        Currency.getAvailableCurrencies().stream()
            .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    if (!known) {
      row.spot(CURRENCY)
          .report(
              Check.UNKNOWN_VALUE,
              "币种 " + Spot.quoted(text) + " is no currency",
              "write 元, or three letters such as CNY");
    }
    return Optional.of(code);
  }

  /** A clause that is set aside by what it sets aside would vanish together with it. */
  void reportCircles() {
    Map<String, Set<String>> overridden = new LinkedHashMap<>();
    for (Row row : rows) {
      overridden
          .computeIfAbsent(row.clause().code(), any -> new LinkedHashSet<>())
          .addAll(row.overrides());
    }
    Set<String> suspects = mayBeInACircle(overridden);
    for (Row row : rows) {
      String own = row.clause().code();
      if (!suspects.contains(own)) {
        continue;
      }
      for (String other : row.overrides()) {
        if (!other.equals(own) && leadsTo(other, own, overridden)) {
          findings.add(
              Check.CIRCULAR_REFERENCE,
              cells.of(row, OVERRIDES.zh()),
              "clause " + own + " overrides " + other + ", which in turn overrides " + own,
              "name it in one of the two rows only");
          break;
        }
      }
    }
  }

  /** What is left when all that lead nowhere are taken away, again and again. */
  private static Set<String> mayBeInACircle(Map<String, Set<String>> overridden) {
    Set<String> left = new LinkedHashSet<>(overridden.keySet());
    boolean fewer = true;
    while (fewer) {
      fewer =
          left.removeIf(
              code -> overridden.getOrDefault(code, Set.of()).stream().noneMatch(left::contains));
    }
    return left;
  }

  private static boolean leadsTo(String from, String to, Map<String, Set<String>> overridden) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (next.equals(to)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(overridden.getOrDefault(next, Set.of()));
      }
    }
    return false;
  }
}
