package dev.clearance.web;

import dev.clearance.decision.PolicyRules;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.policy.Wording;
import dev.clearance.repository.Rejection;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes what a policy says: its clauses, and its tables row by row. */
final class PolicyWriter {

  private final JsonGenerator json;
  private final AnswerWriter parts;

  PolicyWriter(JsonGenerator json) {
    this.json = json;
    this.parts = new AnswerWriter(json);
  }

  /** One line of the list of policies. */
  void entry(PolicyRules rules, List<Finding> warnings) {
    json.writeStartObject();
    head(rules);
    json.writeNumberProperty("clauses", rules.policy().clauses().size());
    json.writeNumberProperty("rows", rules.policy().rows().size());
    json.writeNumberProperty("warnings", warnings.size());
    json.writeEndObject();
  }

  /**
   * @param rejected what was saved since and is not in force
   */
  void policy(PolicyRules rules, List<Finding> warnings, Optional<Rejection> rejected) {
    json.writeStartObject();
    head(rules);
    FindingWriter.write(json, "warnings", warnings);
    rejected.ifPresent(this::rejected);
    json.writeArrayPropertyStart("clauses");
    rules.policy().clauses().forEach(this::clause);
    json.writeEndArray();
    json.writeArrayPropertyStart("tables");
    Map<String, List<Row>> sheets = new LinkedHashMap<>();
    for (Row row : rules.policy().rows()) {
      sheets.computeIfAbsent(row.place().sheet(), any -> new ArrayList<>()).add(row);
    }
    sheets.forEach((sheet, rows) -> table(sheet, rows, rules.policy().vocabulary()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void rejected(Rejection rejection) {
    json.writeObjectPropertyStart("rejected");
    json.writeStringProperty("at", rejection.at().toString());
    FindingWriter.write(json, "findings", rejection.findings());
    json.writeEndObject();
  }

  private void head(PolicyRules rules) {
    Policy policy = rules.policy();
    json.writeStringProperty("id", policy.id());
    parts.label("title", policy.title());
    json.writeStringProperty("issuer", policy.issuer());
    json.writeStringProperty("appliesTo", policy.appliesTo());
    json.writeStringProperty("source", policy.source());
    optional("note", policy.note());
    inForce(policy.inForce());
    json.writeStringProperty("version", rules.version());
  }

  private void inForce(InForce inForce) {
    json.writeObjectPropertyStart("inForce");
    inForce.from().ifPresent(day -> json.writeStringProperty("from", day.toString()));
    inForce.to().ifPresent(day -> json.writeStringProperty("to", day.toString()));
    json.writeEndObject();
  }

  private void clause(Clause clause) {
    json.writeStartObject();
    json.writeStringProperty("id", clause.id());
    json.writeStringProperty("code", clause.code());
    json.writeStringProperty("locator", clause.locator());
    json.writeStringProperty("kind", clause.kind());
    parts.label("summary", clause.summary());
    optional("confidence", clause.confidence());
    optional("note", clause.note());
    parts.strings("links", clause.links());
    json.writeEndObject();
  }

  private void table(String sheet, List<Row> rows, Vocabulary vocabulary) {
    json.writeStartObject();
    json.writeStringProperty("sheet", sheet);
    json.writeArrayPropertyStart("rows");
    rows.forEach(row -> row(row, vocabulary));
    json.writeEndArray();
    json.writeEndObject();
  }

  void row(Row row, Vocabulary vocabulary) {
    json.writeStartObject();
    json.writeStringProperty("clause", row.clause().id());
    json.writeStringProperty("place", row.place().toString());
    conditions("when", row.when());
    json.writeStringProperty("effect", row.effect().code());
    json.writeObjectPropertyStart("result");
    json.writeStringProperty("text", text(row.effect(), vocabulary));
    result(row.effect());
    json.writeEndObject();
    json.writeArrayPropertyStart("obligations");
    row.obligations().stream().map(Obligation::code).forEach(json::writeString);
    json.writeEndArray();
    parts.strings("overrides", row.overrides());
    parts.label("summary", row.summary());
    inForce(row.inForce());
    optional("acknowledged", row.acknowledged());
    json.writeEndObject();
  }

  private static String text(Effect effect, Vocabulary vocabulary) {
    return vocabulary
        .classification()
        .map(level -> Wording.of(effect, level))
        .orElseGet(() -> Wording.of(effect));
  }

  private void conditions(String name, List<Condition> conditions) {
    json.writeArrayPropertyStart(name);
    conditions.forEach(this::condition);
    json.writeEndArray();
  }

  private void condition(Condition condition) {
    json.writeStartObject();
    json.writeStringProperty("attribute", condition.attribute().path());
    json.writeStringProperty("text", Wording.of(condition));
    json.writeObjectPropertyStart("test");
    test(condition.test());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void test(Test test) {
    if (test instanceof Test.AnyOf any) {
      parts.strings("anyOf", any.listed());
    } else if (test instanceof Test.NoneOf none) {
      parts.strings("noneOf", none.listed());
    } else if (test instanceof Test.Members members) {
      parts.strings(name(members.membership()), members.listed());
    } else if (test instanceof Test.Between between) {
      bound(between.lowIncluded() ? "atLeast" : "moreThan", between.low());
      bound(between.highIncluded() ? "atMost" : "lessThan", between.high());
    } else if (test instanceof Test.Is is) {
      json.writeBooleanProperty("is", is.yes());
    } else if (test instanceof Test.Within within) {
      within.first().ifPresent(day -> json.writeStringProperty("onOrAfter", day.toString()));
      within.last().ifPresent(day -> json.writeStringProperty("onOrBefore", day.toString()));
    }
  }

  private static String name(Test.Membership membership) {
    return switch (membership) {
      case HAS_ALL -> "hasAll";
      case HAS_ANY -> "hasAny";
      case LACKS_ANY -> "lacksAny";
      case LACKS_ALL -> "lacksAll";
    };
  }

  private void bound(String name, Optional<BigDecimal> bound) {
    bound.ifPresent(number -> parts.number(name, number));
  }

  private void result(Effect effect) {
    if (effect instanceof Effect.Approve approve) {
      parts.requirementMembers(approve.approver());
    } else if (effect instanceof Effect.Duty duty) {
      json.writeArrayPropertyStart("breaches");
      duty.breaches().forEach(this::breach);
      json.writeEndArray();
    } else if (effect instanceof Effect.Classify classify) {
      json.writeStringProperty("level", classify.level());
      classify
          .secrecyPeriod()
          .ifPresent(period -> json.writeStringProperty("secrecyPeriod", period));
    } else if (effect instanceof Effect.Define define) {
      json.writeArrayPropertyStart("assignments");
      define.assignments().forEach(this::assignment);
      json.writeEndArray();
    } else if (effect instanceof Effect.Punish punish) {
      parts.sanction(punish.sanction());
    }
  }

  private void breach(List<Condition> conditions) {
    json.writeStartArray();
    conditions.forEach(this::condition);
    json.writeEndArray();
  }

  private void assignment(Assignment assignment) {
    json.writeStartObject();
    json.writeStringProperty("attribute", assignment.attribute().path());
    if (assignment instanceof Assignment.Becomes becomes) {
      json.writeName("becomes");
      parts.value(becomes.value());
    } else if (assignment instanceof Assignment.AtLeast atLeast) {
      json.writeStringProperty("atLeast", atLeast.level());
    }
    json.writeEndObject();
  }

  private void optional(String name, String text) {
    if (!text.isEmpty()) {
      json.writeStringProperty(name, text);
    }
  }
}
