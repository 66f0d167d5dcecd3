package dev.clearance.workbook;

import dev.clearance.decision.Outcome;
import dev.clearance.finding.Check;
import dev.clearance.policy.Facts;
import dev.clearance.scenario.Example;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sheet 用例: questions with the answers that the policy promises. */
final class ExampleSheet {

  static final Column ID = Column.required("编号", "id");
  static final Column QUESTION = Column.optional("问题", "question");
  static final Column AS_OF = Column.optional("提问日期", "as of");
  static final Column OUTCOME = Column.optional("预期结论", "expected outcome");
  static final Column APPROVER = Column.optional("预期审批", "expected approver");
  static final Column OBLIGATIONS = Column.optional("预期须履行", "expected obligations");
  static final Column SANCTIONS = Column.optional("预期处分", "expected sanctions");
  static final Column LEVEL = Column.optional("预期密级", "expected classification");
  static final Column CLAUSES = Column.optional("预期条款", "expected clauses");
  private static final Column NOTE = Column.optional("说明", "note");
  private static final List<Column> COLUMNS =
      List.of(ID, QUESTION, AS_OF, OUTCOME, APPROVER, OBLIGATIONS, SANCTIONS, LEVEL, CLAUSES, NOTE);

  private static final Map<String, Outcome> OUTCOMES =
      Words.of(
          "允许 permit", Outcome.PERMIT,
          "须审批 approval-required", Outcome.APPROVAL_REQUIRED,
          "禁止 deny", Outcome.DENY,
          "未规定 not-covered", Outcome.NOT_COVERED);
  private static final Pattern EXACTLY = Pattern.compile("(?s)(?:仅|(?i:only))\\s+(.*)");

  private final Vocabulary vocabulary;
  private final ClauseNames clauses;
  private final Values values;
  private final Penalties penalties;

  ExampleSheet(Vocabulary vocabulary, ClauseNames clauses, Values values) {
    this.vocabulary = vocabulary;
    this.clauses = clauses;
    this.values = values;
    this.penalties = new Penalties(vocabulary);
  }

  /** The headers of this sheet, which no attribute may be called. */
  static List<Column> columns() {
    return COLUMNS;
  }

  List<Example> read(Sheet sheet, Findings findings, Cells cells) {
    Table table = new Table(sheet, COLUMNS, Optional.of(vocabulary), findings);
    cells.addExamples(table);
    TakenNames taken = new TakenNames();
    List<Example> examples = new ArrayList<>();
    for (TableRow row : table.rows()) {
      Optional<String> id = row.code(ID);
      id.ifPresent(code -> taken.takeCode(code, row.spot(ID)));
      examples.add(
          new Example(
              id.orElse(""),
              row.place(),
              row.shown(QUESTION),
              facts(table, row, values, vocabulary),
              row.day(AS_OF),
              expected(row, OUTCOME, row.word(OUTCOME, OUTCOMES)),
              expected(row, APPROVER, approver(row)),
              expected(row, OBLIGATIONS, obligations(row)),
              expected(row, SANCTIONS, sanctions(row)),
              expected(row, LEVEL, level(row)),
              expected(row, CLAUSES, clauses(row))));
    }
    return examples;
  }

  private static <T> Optional<Example.Expected<T>> expected(
      TableRow row, Column column, Optional<T> value) {
    return value.map(one -> new Example.Expected<>(one, row.cell(column).place()));
  }

  static Facts facts(Table table, TableRow row, Values values, Vocabulary vocabulary) {
    Map<Attribute, Value> facts = new HashMap<>();
    for (Map.Entry<Attribute, Integer> column : table.attributes().entrySet()) {
      Cell cell = row.cell(column.getValue());
      String text = cell.lines();
      if (!text.isEmpty()) {
        Attribute attribute = column.getKey();
        Spot spot = new Spot(table.findings(), cell.place(), attribute.label().zh());
        values.read(attribute, text, spot).ifPresent(value -> facts.put(attribute, value));
      }
    }
    return Facts.of(vocabulary, facts);
  }

  private Optional<String> approver(TableRow row) {
    String name = row.line(APPROVER);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ApproverLevel> level = vocabulary.approverLevels().named(name);
    if (level.isEmpty()) {
      row.spot(APPROVER)
          .report(
              Check.UNKNOWN_APPROVER_LEVEL,
              "there is no approver level " + Spot.quoted(name),
              Findings.didYouMean(vocabulary.approverLevels().nearest(name)));
    }
    return level.map(ApproverLevel::code);
  }

  private Optional<Example.ListOf<String>> obligations(TableRow row) {
    return list(
        row.lines(OBLIGATIONS),
        text ->
            RuleSheet.obligations(text, row.spot(OBLIGATIONS), vocabulary).stream()
                .map(Obligation::code)
                .toList());
  }

  private Optional<Example.ListOf<String>> clauses(TableRow row) {
    return list(row.lines(CLAUSES), text -> clauseNames(text, row.spot(CLAUSES)));
  }

  private List<String> clauseNames(String text, Spot spot) {
    return Items.read(
        text,
        name -> clauses.all(name).map(ClauseNames.Named::name),
        name -> clauses.reportUnknown(name, spot));
  }

  private interface ListReader {
    List<String> read(String text);
  }

  private static Optional<Example.ListOf<String>> list(String text, ListReader items) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.equals("无") || text.equalsIgnoreCase("none")) {
      return Optional.of(new Example.ListOf<>(true, List.of()));
    }
    Matcher exactly = EXACTLY.matcher(text);
    boolean only = exactly.matches();
    return Optional.of(new Example.ListOf<>(only, items.read(only ? exactly.group(1) : text)));
  }

  private Optional<List<Example.Penalty>> sanctions(TableRow row) {
    String text = row.lines(SANCTIONS);
    return text.isEmpty() ? Optional.empty() : penalties.read(text, row.spot(SANCTIONS));
  }

  private Optional<String> level(TableRow row) {
    String name = row.line(LEVEL);
    Optional<Attribute> attribute = vocabulary.attribute(Vocabulary.CLASSIFICATION);
    if (name.isEmpty() || attribute.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> code = attribute.get().code(name);
    if (code.isEmpty()) {
      Conditions.unknownTerm(attribute.get(), name, row.spot(LEVEL));
    }
    return code;
  }
}
