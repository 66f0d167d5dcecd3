package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.drools.ShippedRules;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Formula;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Test.AnyOf;
import dev.clearance.policy.Test.Between;
import dev.clearance.policy.Test.Is;
import dev.clearance.policy.Test.Members;
import dev.clearance.policy.Test.Membership;
import dev.clearance.policy.Test.NoneOf;
import dev.clearance.policy.Test.Within;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two small policies that hold something of everything, so that the answers show every member. The
 * words are ours; the shipped workbooks may change without these tests.
 */
final class SampleRules {

  private final List<Attribute> attributes = new ArrayList<>();

  private final Attribute subjectId = plain("subject.id", AttributeType.TEXT, "编号");
  private final Attribute role =
      terms("subject.role", AttributeType.TERM, "身份", term("staff", "职员"), term("guest", "来宾"));
  private final Attribute cleared = plain("subject.cleared", AttributeType.BOOLEAN, "是否获准");
  private final Attribute action =
      terms(
          "action",
          AttributeType.TERM,
          "行为",
          term("copy", "复制", "复印"),
          term("send", "发送"),
          term("destroy", "销毁"),
          term("read", "阅读"),
          term("bribe", "行贿"));
  private final Attribute kind =
      terms(
          "resource.type",
          AttributeType.TERM,
          "对象种类",
          term("document", "文档"),
          new Term("minutes", new Label("会议记录", "minutes"), List.of(), Optional.of("document")),
          term("disk", "磁盘"));
  private final Attribute level =
      terms(
          Vocabulary.CLASSIFICATION,
          AttributeType.LEVEL,
          "密级",
          term("public", "公开"),
          term("internal", "内部"),
          term("secret", "秘密"),
          term("top-secret", "绝密"));
  private final Attribute category =
      terms(
          "resource.category",
          AttributeType.TERM,
          "内容类别",
          term("finance", "财务"),
          term("menu", "菜谱"));
  private final Attribute copies = plain("resource.print.copies", AttributeType.NUMBER, "份数");
  private final Attribute made = plain("resource.made", AttributeType.DATE, "制作日期");
  private final Attribute safeguards =
      terms(
          "context.safeguards",
          AttributeType.SET,
          "保密措施",
          term("registered", "已登记"),
          term("locked", "已上锁"));
  private final Attribute intent =
      terms(
          "incident.intent",
          AttributeType.TERM,
          "主观状态",
          term("deliberate", "故意"),
          term("negligent", "过失"));
  private final Attribute total = plain("incident.contractTotal", AttributeType.NUMBER, "合同总价款");
  private final Attribute bribe = plain("incident.bribeAmount", AttributeType.NUMBER, "行贿金额");

  private final ApproverLevel head = level("head", "主管", OptionalInt.of(30), true);
  private final ApproverLevel director = level("director", "主任", OptionalInt.of(50), true);
  private final ApproverLevel bureau = level("bureau", "保密局", OptionalInt.empty(), false);

  private final Attribute approvals;
  private final Attribute violated;
  private final Vocabulary vocabulary;

  private final Obligation register = new Obligation("register", new Label("登记", "register it"));
  private final Obligation witness =
      new Obligation("two-witnesses", new Label("两人在场", "have two witnesses"));
  private final SanctionType warning =
      new SanctionType("warning", new Label("警告", "warning"), false);
  private final SanctionType fine = new SanctionType("fine", new Label("罚款", "fine"), false);
  private final SanctionType damages =
      new SanctionType("damages", new Label("违约金", "liquidated damages"), false);
  private final SanctionType praise = new SanctionType("praise", new Label("表扬", "praise"), true);

  private SampleRules() {
    List<Term> levels = new ArrayList<>();
    for (ApproverLevel approver : List.of(head, director, bureau)) {
      levels.add(new Term(approver.code(), approver.label(), List.of(), Optional.empty()));
    }
    approvals =
        attribute(
            "context.approvals", AttributeType.SET, "已取得的批准", TermSource.APPROVER_LEVELS, levels);
    violated =
        attribute(
            "incident.violatedClauses", AttributeType.SET, "违反的条款", TermSource.CLAUSES, List.of());
    vocabulary =
        new Vocabulary(
            attributes,
            List.of(head, director, bureau),
            List.of(register, witness),
            List.of(warning, fine, damages, praise));
  }

  static DecisionPoint point() {
    return new SampleRules().rules();
  }

  private DecisionPoint rules() {
    RuleCompiler compiler = ShippedRules.compiler();
    Policy office = office();
    Policy annex = annex();
    return new DecisionPoint(
        new RulesInForce(
            vocabulary,
            List.of(
                new PolicyRules(office, compiler.compile(office), "office-version"),
                new PolicyRules(annex, compiler.compile(annex), "annex-version")),
            List.of()));
  }

  private Policy office() {
    Sheets sheets = new Sheets("office");
    Condition documents = is(kind, "document");
    Condition secretAndUp = is(level, "secret", "top-secret");
    sheets.row(
        "许可", sheets.clause("1", "第一条", "义务"), new Effect.Duty(List.of()), List.of(secretAndUp));
    sheets.row(
        "许可",
        sheets.clause("2", "第二条", "须审批"),
        new Effect.Approve(new ApproverRequirement(false, List.of(head, bureau), "部门主管或保密局")),
        List.of(register),
        List.of("1"),
        List.of(is(action, "copy"), documents, secretAndUp));
    sheets.row(
        "许可",
        sheets.clause("3-1", "第三条(一)", "须审批"),
        new Effect.Approve(new ApproverRequirement(true, List.of(head, director), "主管和主任")),
        List.of(is(action, "copy"), is(level, "top-secret")));
    sheets.row(
        "许可",
        sheets.clause("3-2", "第三条(二)", "禁止"),
        new Effect.Prohibit(),
        List.of(is(action, "send"), is(level, "secret", "top-secret")));
    sheets.row(
        "许可",
        sheets.clause("4", "第四条", "允许"),
        new Effect.Allow(),
        List.of(
            is(action, "read"),
            new Condition(cleared, new Is(true)),
            new Condition(role, new NoneOf(List.of("guest"), Set.of("guest")))));
    sheets.row(
        "许可",
        sheets.clause("5", "第五条", "义务"),
        new Effect.Duty(
            List.of(
                List.of(
                    new Condition(
                        safeguards,
                        new Members(
                            Membership.LACKS_ANY,
                            List.of("registered"),
                            List.of(Set.of("registered"))))))),
        List.of(register, witness),
        List.of(),
        List.of(is(action, "destroy")));
    sheets.row(
        "许可",
        sheets.clause("6", "第六条", "禁止"),
        new Effect.Prohibit(),
        List.of(
            is(action, "copy"),
            new Condition(
                copies,
                new Between(Optional.of(new BigDecimal("10.50")), false, Optional.empty(), false)),
            new Condition(
                made, new Within(Optional.of(LocalDate.of(2026, 1, 1)), Optional.empty()))));
    sheets.row(
        "许可", sheets.clause("7", "第七条", "禁止"), new Effect.Prohibit(), List.of(is(action, "bribe")));
    sheets.row(
        "定密",
        sheets.clause("8", "第八条", "定密"),
        new Effect.Classify("secret", Optional.of("十年")),
        List.of(is(category, "finance")));
    sheets.row(
        "释义",
        sheets.clause("9", "第九条", "释义"),
        new Effect.Define(List.of(new Assignment.AtLeast(level, "internal"))),
        List.of(is(kind, "disk")));
    Clause tenth = sheets.clause("10", "第十条", "处分");
    sheets.row(
        "处分",
        tenth,
        new Effect.Punish(sanction(warning, false, "")),
        List.of(violates("office/2", "office/3-1", "office/3-2")));
    sheets.row(
        "处分",
        tenth,
        new Effect.Punish(
            new Sanction(
                fine,
                Optional.of(new BigDecimal("10.00")),
                Optional.of(new BigDecimal("5E+2")),
                Optional.of("CNY"),
                Optional.empty(),
                Optional.empty(),
                true,
                "酌定")),
        List.of(violates("office/3-2"), is(intent, "deliberate")));
    sheets.row(
        "处分",
        sheets.clause("11", "第十一条", "处分"),
        new Effect.Punish(
            new Sanction(
                damages,
                Optional.empty(),
                Optional.empty(),
                Optional.of("CNY"),
                Optional.of(tenPercentAndTenBribes()),
                Optional.of("10% × 合同总价款 + 10 × 行贿金额"),
                false,
                "")),
        List.of(violates("office/7")));
    sheets.row(
        "处分",
        sheets.clause("12", "第十二条", "处分"),
        new Effect.Punish(sanction(praise, true, "")),
        List.of(is(intent, "negligent")));
    sheets.clause("13", "第十三条", "说明");
    return sheets.policy(
        "办公室保密制度",
        "Office secrecy rules",
        new InForce(Optional.of(LocalDate.of(2020, 1, 1)), Optional.empty()));
  }

  private Policy annex() {
    Sheets sheets = new Sheets("annex");
    sheets.row(
        "许可",
        sheets.clause("2", "二", "允许"),
        new Effect.Allow(),
        List.of(is(action, "copy"), is(subjectId, "u-1")));
    return sheets.policy("附则", "Annex", InForce.ALWAYS);
  }

  private Formula tenPercentAndTenBribes() {
    return new Formula.Operation(
        Formula.Operator.PLUS,
        new Formula.Operation(
            Formula.Operator.TIMES,
            new Formula.Constant(new BigDecimal("0.10")),
            new Formula.Reference(total)),
        new Formula.Operation(
            Formula.Operator.TIMES,
            new Formula.Constant(BigDecimal.TEN),
            new Formula.Reference(bribe)));
  }

  private static Sanction sanction(SanctionType type, boolean discretionary, String note) {
    return new Sanction(
        type,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        discretionary,
        note);
  }

  private Condition violates(String... clauses) {
    List<Set<String>> covered = Stream.of(clauses).map(Set::of).toList();
    return new Condition(violated, new Members(Membership.HAS_ANY, List.of(clauses), covered));
  }

  private static Condition is(Attribute attribute, String... codes) {
    Set<String> covered = new LinkedHashSet<>();
    for (String code : codes) {
      covered.addAll(attribute.covered(code));
    }
    return new Condition(attribute, new AnyOf(List.of(codes), covered));
  }

  private Attribute plain(String path, AttributeType type, String zh) {
    return attribute(path, type, zh, TermSource.OWN, List.of());
  }

  private Attribute terms(String path, AttributeType type, String zh, Term... terms) {
    return attribute(path, type, zh, TermSource.OWN, List.of(terms));
  }

  private Attribute attribute(
      String path, AttributeType type, String zh, TermSource source, List<Term> terms) {
    String en = path.substring(path.lastIndexOf('.') + 1);
    Attribute attribute =
        new Attribute(attributes.size(), path, type, new Label(zh, en), "", source, terms);
    attributes.add(attribute);
    return attribute;
  }

  private static Term term(String code, String zh, String... aliases) {
    return new Term(code, new Label(zh, code), List.of(aliases), Optional.empty());
  }

  private static ApproverLevel level(String code, String zh, OptionalInt rank, boolean internal) {
    return new ApproverLevel(code, new Label(zh, code), rank, internal);
  }

  /** Collects clauses and rows as a workbook would hold them. */
  private final class Sheets {
    private final String id;
    private final List<Clause> clauses = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    Sheets(String id) {
      this.id = id;
    }

    Clause clause(String code, String locator, String kind) {
      Label summary = new Label(locator + "的摘要", "what article " + code + " says");
      Clause clause = new Clause(id + "/" + code, code, locator, kind, summary, "高", "", List.of());
      clauses.add(clause);
      return clause;
    }

    void row(String sheet, Clause clause, Effect effect, List<Condition> when) {
      row(sheet, clause, effect, List.of(), List.of(), when);
    }

    void row(
        String sheet,
        Clause clause,
        Effect effect,
        List<Obligation> obligations,
        List<String> overrides,
        List<Condition> when) {
      int index = rows.size();
      Place place = Place.of(id + ".xlsx").inSheet(sheet).atRow(index + 2);
      rows.add(
          new Row(
              index,
              clause,
              place,
              when,
              effect,
              obligations,
              overrides,
              clause.summary(),
              InForce.ALWAYS,
              ""));
    }

    Policy policy(String zh, String en, InForce inForce) {
      return new Policy(
          id,
          new Label(zh, en),
          "办公室",
          "全体人员",
          "样例",
          "",
          inForce,
          vocabulary,
          clauses,
          rows,
          List.of());
    }
  }
}
