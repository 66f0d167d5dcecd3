package dev.clearance.workbook;

import dev.clearance.finding.Checked;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Entity;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.scenario.Example;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * Reads the workbook of a policy: the sheets 制度 (policy), 许可 (permissions), 定密 (classification), 释义
 * (definitions), 处分 (sanctions), 条款 (clauses), 用例 (examples) and 名录 (directory). 词表 (words) and
 * 检查结果 (findings) may be there and are not read.
 *
 * <p>Everything that is wrong is a finding at its cell, all at once.
 */
public final class PolicyReader {

  private static final List<SheetKind> RULES =
      List.of(
          SheetKind.PERMISSIONS,
          SheetKind.CLASSIFICATION,
          SheetKind.DEFINITIONS,
          SheetKind.SANCTIONS);

  private final Vocabulary vocabulary;

  public PolicyReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Reads a policy.
   *
   * @param fileName the name of the workbook, without folder; it must be the policy's id and .xlsx
   */
  public Checked<PolicyWorkbook> read(String fileName, byte[] workbook) {
    return XlsxFile.read(fileName, workbook).then(this::read);
  }

  private Checked<PolicyWorkbook> read(XlsxFile file) {
    Findings findings = new Findings();
    try {
      PolicyWorkbook workbook = read(file, findings);
      return Checked.of(workbook, findings.all());
    } catch (Findings.TooMany e) {
      return Checked.failed(findings.all());
    }
  }

  private PolicyWorkbook read(XlsxFile file, Findings findings) {
    Sheets sheets = new Sheets(file, SheetKind.OF_A_POLICY, findings);
    String fileName = file.place().workbook();
    Optional<PolicySheet> about =
        sheets.required(SheetKind.POLICY).map(sheet -> new PolicySheet(sheet, findings));
    String id =
        about.flatMap(sheet -> sheet.id(fileName)).orElse(fileName.replaceFirst("\\.xlsx$", ""));
    Optional<ClauseSheet> clauseSheet =
        sheets.required(SheetKind.CLAUSES).map(sheet -> new ClauseSheet(sheet, id, findings));
    List<Clause> clauses = clauseSheet.map(ClauseSheet::clauses).orElse(List.of());
    ClauseNames names = new ClauseNames(id, clauses);
    Values values = new Values(names);
    Cells cells = new Cells();
    clauseSheet.ifPresent(sheet -> sheet.places().forEach(cells::addClause));

    RuleSheet rules =
        new RuleSheet(vocabulary, names, new Conditions(names), values, findings, cells);
    for (SheetKind kind : RULES) {
      sheets.sheet(kind).ifPresent(sheet -> rules.read(kind, sheet));
    }
    rules.reportCircles();
    clauseSheet.ifPresent(sheet -> sheet.reportWithoutRow(rules.clausesWithRow()));
    List<Example> examples =
        sheets
            .sheet(SheetKind.EXAMPLES)
            .map(sheet -> new ExampleSheet(vocabulary, names, values).read(sheet, findings))
            .orElse(List.of());
    List<Entity> directory =
        sheets
            .sheet(SheetKind.DIRECTORY)
            .map(sheet -> new DirectorySheet(vocabulary, values).read(sheet, findings))
            .orElse(List.of());
    Policy policy =
        new Policy(
            id,
            about.map(PolicySheet::title).orElse(new Label("", "")),
            about.map(PolicySheet::issuer).orElse(""),
            about.map(PolicySheet::appliesTo).orElse(""),
            about.map(PolicySheet::source).orElse(""),
            about.map(PolicySheet::note).orElse(""),
            about.map(PolicySheet::inForce).orElse(InForce.ALWAYS),
            vocabulary,
            clauses,
            rules.rows(),
            directory);
    return new PolicyWorkbook(policy, examples, cells);
  }
}
