package dev.clearance.bench;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.repository.SmallFolder;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Obligation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The policies of {@link Tables} as their authors would hand them in. */
final class Workbooks {

  private Workbooks() {}

  static byte[] of(Policy policy) {
    return SmallFolder.workbook(
        Map.of(
            "制度", about(policy), "条款", clauses(policy), "许可", permissions(policy)));
  }

  private static List<List<String>> about(Policy policy) {
    return List.of(
        List.of("项目", "内容"),
        List.of("编号", policy.id()),
        List.of("名称", policy.id()),
        List.of("Title", policy.id()));
  }

  private static List<List<String>> clauses(Policy policy) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("编号", "位置", "性质", "摘要", "Summary"));
    for (Row row : policy.rows()) {
      String summary = row.summary().zh();
      lines.add(
          List.of(
              row.clause().code(), row.clause().locator(), conclusion(row), summary, summary));
    }
    return lines;
  }

  private static List<List<String>> permissions(Policy policy) {
    Set<Attribute> asked = new LinkedHashSet<>();
    policy.vocabulary().attributes().stream()
        .filter(attribute -> attribute.type() != AttributeType.TEXT)
        .forEach(asked::add);
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("条款"));
    asked.forEach(attribute -> header.add(attribute.path()));
    header.addAll(List.of("结论", "审批级别", "审批人", "须履行", "摘要", "Summary"));
    lines.add(header);
    for (Row row : policy.rows()) {
      List<String> line = new ArrayList<>(List.of(row.clause().code()));
      asked.forEach(attribute -> line.add(cell(row, attribute)));
      line.add(conclusion(row));
      boolean approve = row.effect() instanceof Effect.Approve;
      line.add(row.effect() instanceof Effect.Approve a ? a.approver().levels().get(0).code() : "");
      line.add(approve ? "head" : "");
      line.add(
          row.obligations().stream().map(Obligation::code).collect(Collectors.joining("、")));
      line.add(row.summary().zh());
      line.add(row.summary().en());
      lines.add(line);
    }
    return lines;
  }

  private static String cell(Row row, Attribute attribute) {
    for (Condition condition : row.when()) {
      if (condition.attribute().equals(attribute)) {
        if (condition.test() instanceof Test.AnyOf anyOf) {
          return String.join("、", anyOf.listed());
        }
        if (condition.test() instanceof Test.Between between) {
          return ">" + between.low().orElseThrow();
        }
        return condition.test() instanceof Test.Is is && is.yes() ? "是" : "否";
      }
    }
    return "";
  }

  private static String conclusion(Row row) {
    if (row.effect() instanceof Effect.Prohibit) {
      return "禁止";
    }
    if (row.effect() instanceof Effect.Approve) {
      return "须审批";
    }
    return row.effect() instanceof Effect.Allow ? "允许" : "义务";
  }
}
