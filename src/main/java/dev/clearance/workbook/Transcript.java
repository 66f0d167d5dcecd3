package dev.clearance.workbook;

import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Entity;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Wording;
import dev.clearance.scenario.Example;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workbook as plain text, a line for each thing, written from what was understood and not from
 * what the cells say. It shows in a diff what an .xlsx hides.
 */
public final class Transcript {

  private final Vocabulary vocabulary;
  private final StringBuilder text = new StringBuilder();

  private Transcript(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  public static String of(PolicyWorkbook workbook) {
    Transcript transcript = new Transcript(workbook.policy().vocabulary());
    transcript.write(workbook.policy());
    workbook.examples().forEach(transcript::write);
    return transcript.text.toString();
  }

  /** {@code 行为 复制、复印 且 密级 秘密及以上 → 须审批 分管领导 | …}, wherever the row stands. */
  public static String of(Row row, Vocabulary vocabulary) {
    return new Transcript(vocabulary).words(row).replaceAll("\\s*\\R\\s*", "⏎");
  }

  private void write(Policy policy) {
    line("制度 " + policy.id());
    item("名称", both(policy.title()));
    item("制定单位", policy.issuer());
    item("适用范围", policy.appliesTo());
    item("来源", policy.source());
    item("说明", policy.note());
    policy.inForce().from().ifPresent(day -> item("施行日期", day.toString()));
    policy.inForce().to().ifPresent(day -> item("失效日期", day.toString()));
    policy.rows().forEach(this::write);
    policy.clauses().forEach(this::write);
    policy.directory().forEach(this::write);
  }

  private void item(String name, String content) {
    if (!content.isEmpty()) {
      line("制度 " + name + ": " + content);
    }
  }

  /** {@code 许可!12 [11-1] 行为 复制、复印 且 密级 秘密及以上 → 须审批 分管领导 …}. */
  private void write(Row row) {
    line(
        row.place().sheet()
            + "!"
            + row.place().row()
            + " ["
            + row.clause().code()
            + "] "
            + words(row));
  }

  private String words(Row row) {
    StringBuilder line = new StringBuilder();
    List<Condition> inOrder = new ArrayList<>(row.when());
    inOrder.sort((one, other) -> one.attribute().index() - other.attribute().index());
    line.append(inOrder.isEmpty() ? "任意" : Wording.ofAll(inOrder));
    line.append(" → ").append(effect(row.effect()));
    if (!row.obligations().isEmpty()) {
      line.append(" | 须履行 ").append(obligations(row.obligations()));
    }
    if (!row.overrides().isEmpty()) {
      line.append(" | 优先于 ").append(String.join("、", row.overrides()));
    }
    row.inForce().from().ifPresent(day -> line.append(" | 生效 ").append(day));
    row.inForce().to().ifPresent(day -> line.append(" | 失效 ").append(day));
    if (!row.acknowledged().isEmpty()) {
      line.append(" | 确认 ").append(row.acknowledged());
    }
    return line.append(" | ").append(both(row.summary())).toString();
  }

  private String effect(Effect effect) {
    Optional<Attribute> classification = vocabulary.classification();
    String words =
        classification.isPresent() ? Wording.of(effect, classification.get()) : Wording.of(effect);
    if (effect instanceof Effect.Approve approve) {
      return words + " | 审批人 " + approve.approver().title();
    }
    if (effect instanceof Effect.Classify classify) {
      return words + classify.secrecyPeriod().map(period -> " | 保密期限 " + period).orElse("");
    }
    if (effect instanceof Effect.Punish punish && !punish.sanction().note().isEmpty()) {
      return words + " | 说明 " + punish.sanction().note();
    }
    return words;
  }

  private static String obligations(List<Obligation> obligations) {
    return String.join("、", obligations.stream().map(one -> one.label().zh()).toList());
  }

  private void write(Clause clause) {
    StringBuilder line = new StringBuilder("条款 ");
    line.append(clause.code()).append(" | ").append(clause.locator());
    line.append(" | ").append(clause.kind()).append(" | ").append(both(clause.summary()));
    line.append(clause.confidence().isEmpty() ? "" : " | 把握 " + clause.confidence());
    line.append(clause.note().isEmpty() ? "" : " | 备注 " + clause.note());
    line.append(clause.links().isEmpty() ? "" : " | 关联 " + String.join("、", clause.links()));
    line(line.toString());
  }

  private void write(Entity entity) {
    String category = entity.subject() ? "主体" : "客体";
    line(
        "名录 "
            + category
            + " "
            + entity.type()
            + " "
            + entity.id()
            + " | "
            + facts(entity.properties()));
  }

  private void write(Example example) {
    StringBuilder line = new StringBuilder("用例 ").append(example.id());
    line.append(example.question().isEmpty() ? "" : " | " + example.question());
    line.append(" | ").append(facts(example.facts()));
    example.asOf().ifPresent(day -> line.append(" | 提问日期 ").append(day));
    line.append(" →");
    example.outcome().ifPresent(outcome -> line.append(" 结论 ").append(outcome.value().zh()));
    example.approver().ifPresent(level -> line.append(" 审批 ").append(approver(level.value())));
    example
        .obligations()
        .ifPresent(list -> line.append(" 须履行 ").append(list(list.value(), this::obligation)));
    example.sanctions().ifPresent(list -> line.append(" 处分 ").append(penalties(list.value())));
    example.classification().ifPresent(level -> line.append(" 密级 ").append(level(level.value())));
    example
        .clauses()
        .ifPresent(list -> line.append(" 条款 ").append(list(list.value(), name -> name)));
    line(line.toString());
  }

  private static String facts(Facts facts) {
    List<String> texts = new ArrayList<>();
    for (Attribute attribute : facts.known()) {
      facts
          .get(attribute)
          .ifPresent(
              value -> texts.add(attribute.label().zh() + "=" + Wording.of(attribute, value)));
    }
    return String.join(" ", texts);
  }

  private interface Naming {
    String of(String code);
  }

  private static String list(Example.ListOf<String> list, Naming naming) {
    if (list.items().isEmpty()) {
      return "无";
    }
    List<String> names = list.items().stream().map(naming::of).toList();
    return (list.exactly() ? "仅 " : "") + String.join("、", names);
  }

  private String approver(String code) {
    Optional<ApproverLevel> level = vocabulary.approverLevels().withCode(code);
    return level.map(one -> one.label().zh()).orElse(code);
  }

  private String obligation(String code) {
    Optional<Obligation> obligation = vocabulary.obligations().withCode(code);
    return obligation.map(one -> one.label().zh()).orElse(code);
  }

  private String level(String code) {
    return vocabulary.classification().map(levels -> levels.labelOf(code).zh()).orElse(code);
  }

  private String penalties(List<Example.Penalty> penalties) {
    List<String> texts = new ArrayList<>();
    for (Example.Penalty penalty : penalties) {
      Optional<SanctionType> type = vocabulary.sanctionTypes().withCode(penalty.type());
      String label = type.map(one -> one.label().zh()).orElse(penalty.type());
      String low = penalty.min().map(min -> " " + min.toPlainString()).orElse("");
      boolean range = !penalty.min().equals(penalty.max());
      String high = range ? penalty.max().map(max -> ".." + max.toPlainString()).orElse("") : "";
      texts.add(label + low + high);
    }
    return texts.isEmpty() ? "无" : String.join("、", texts);
  }

  private static String both(Label label) {
    return label.en().isEmpty() ? label.zh() : label.zh() + " / " + label.en();
  }

  /** A line break in a cell must not look like a new thing. */
  private void line(String line) {
    text.append(line.replaceAll("\\s*\\R\\s*", "⏎")).append('\n');
  }
}
