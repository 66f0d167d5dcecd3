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
 * Reads the workbook of a policy. Everything that is wrong is a finding at its cell, all at once.
 *
 * <p>Sheets and columns may be called by their English names as well:
 *
 * <ul>
 *   <li>制度 policy: 项目 item, 内容 content; items 编号 id, 名称 Chinese-title, Title English-title, 制定单位
 *       issuer, 适用范围 applies-to, 施行日期 from, 失效日期 to, 来源 source, 说明 note
 *   <li>条款 clauses: 编号 code, 位置 locator, 性质 kind, 摘要 Chinese summary, Summary English summary, 把握
 *       confidence, 备注 note, 关联 links
 *   <li>许可 permissions: 结论 conclusion, 审批级别 approver level, 审批人 approver, 须履行 obligations, 违反情形
 *       breach
 *   <li>定密 classification: 定为 classified as, 保密期限 secrecy period
 *   <li>释义 definitions: 视为 treated as
 *   <li>处分 sanctions: 种类 sanction, 下限 min, 上限 max, 币种 currency, 算式 formula, 裁量 discretionary, 说明
 *       note
 *   <li>all four: 条款 clause, 优先于 overrides, 摘要 Chinese summary, Summary English summary, 生效 from,
 *       失效 to, 确认 acknowledged, and a column for each attribute
 *   <li>用例 examples: 编号 id, 问题 question, 提问日期 as of, 预期结论 expected outcome, 预期审批 expected approver,
 *       预期须履行 expected obligations, 预期处分 expected sanctions, 预期密级 expected classification, 预期条款
 *       expected clauses, 说明 note, and a column for each attribute
 *   <li>名录 directory: 类别 category (主体 subject, 客体 resource), 种类 type, 编号 id, and a column for each
 *       attribute
 *   <li>词表 words and 检查结果 findings may be there and are not read
 * </ul>
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

  /** The id that a workbook gives to its policy in the sheet 制度, for a file without a name. */
  public static Optional<String> idIn(byte[] workbook) {
    Findings findings = new Findings();
    try {
      return XlsxFile.read("workbook.xlsx", workbook)
          .value()
          .map(file -> new Sheets(file, SheetKind.OF_A_POLICY, findings))
          .flatMap(sheets -> sheets.sheet(SheetKind.POLICY))
          .flatMap(sheet -> new PolicySheet(sheet, findings).id("workbook.xlsx"));
    } catch (Findings.TooMany e) {
      return Optional.empty();
    }
  }

  Checked<PolicyWorkbook> read(XlsxFile file) {
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
    ClauseNames names =
        clauseSheet.map(sheet -> sheet.names(id)).orElse(new ClauseNames(id, clauses));
    Values values = new Values(names);
    Cells cells = new Cells();
    clauseSheet.ifPresent(sheet -> sheet.places().forEach(cells::addClause));

    RuleSheet rules =
        new RuleSheet(vocabulary, names, new Conditions(names), values, findings, cells);
    for (SheetKind kind : RULES) {
      sheets.sheet(kind).ifPresent(sheet -> rules.read(kind, sheet));
    }
    rules.reportCircles();
    if (rules.areClear() && !sheets.hasUnknown()) {
      clauseSheet.ifPresent(sheet -> sheet.reportWithoutRow(rules.clausesWithRow()));
    }
    List<Example> examples =
        sheets
            .sheet(SheetKind.EXAMPLES)
            .map(sheet -> new ExampleSheet(vocabulary, names, values).read(sheet, findings, cells))
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
