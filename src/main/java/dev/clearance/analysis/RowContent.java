package dev.clearance.analysis;

import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a row says, by column, wherever it stands: rows of two versions are compared by it.
 *
 * @param meaning what answers depend on, by the label of the column
 * @param wording what only people read
 */
record RowContent(String clause, Map<String, String> meaning, Map<String, String> wording) {

  /** Codes stand next to what the vocabulary makes of them, since that may change too. */
  static RowContent of(Row row, Vocabulary vocabulary) {
    Map<String, String> meaning = new LinkedHashMap<>(conditions(row));
    Map<String, String> wording = new LinkedHashMap<>();
    wording.put("摘要", row.summary().zh());
    wording.put("Summary", row.summary().en());
    wording.put("位置", row.clause().locator());
    wording.put("确认", row.acknowledged());
    addEffect(row.effect(), vocabulary, meaning, wording);
    meaning.put("须履行", sorted(row.obligations().stream().map(Obligation::code).toList()));
    meaning.put("优先于", sorted(row.overrides()));
    meaning.put("生效", row.inForce().from().map(Object::toString).orElse(""));
    meaning.put("失效", row.inForce().to().map(Object::toString).orElse(""));
    return new RowContent(row.clause().code(), meaning, wording);
  }

  private static Map<String, String> conditions(Row row) {
    Map<String, String> conditions = new TreeMap<>();
    for (Condition condition : row.when()) {
      conditions.merge(
          condition.attribute().label().zh(), condition.key(), (one, other) -> one + "&" + other);
    }
    return conditions;
  }

  private static void addEffect(
      Effect effect,
      Vocabulary vocabulary,
      Map<String, String> meaning,
      Map<String, String> wording) {
    if (effect instanceof Effect.Approve approve) {
      meaning.put("结论", effect.code());
      meaning.put("审批级别", key(approve.approver(), vocabulary));
      wording.put("审批人", approve.approver().title());
    } else if (effect instanceof Effect.Duty duty) {
      meaning.put("结论", effect.code());
      meaning.put("违反情形", breaches(duty));
    } else if (effect instanceof Effect.Classify classify) {
      meaning.put("定为", classify.level() + order(vocabulary.classification()));
      wording.put("保密期限", classify.secrecyPeriod().orElse(""));
    } else if (effect instanceof Effect.Define define) {
      List<String> assignments = new ArrayList<>();
      define.assignments().forEach(assignment -> assignments.add(key(assignment)));
      meaning.put("视为", String.join(";", assignments));
    } else if (effect instanceof Effect.Punish punish) {
      addSanction(punish.sanction(), meaning, wording);
    } else {
      meaning.put("结论", effect.code());
    }
  }

  private static String key(ApproverRequirement requirement, Vocabulary vocabulary) {
    List<String> parts = new ArrayList<>();
    for (ApproverLevel level : requirement.levels()) {
      List<String> enough = new ArrayList<>();
      for (ApproverLevel held : vocabulary.approverLevels().all()) {
        if (held.suffices(level)) {
          enough.add(held.code());
        }
      }
      parts.add(level.code() + level.rank() + enough);
    }
    return requirement.all() + String.join("|", parts);
  }

  private static String breaches(Effect.Duty duty) {
    List<String> alternatives = new ArrayList<>();
    for (List<Condition> breach : duty.breaches()) {
      alternatives.add(sorted(breach.stream().map(Condition::key).toList()));
    }
    return sorted(alternatives);
  }

  private static String key(Assignment assignment) {
    if (assignment instanceof Assignment.AtLeast atLeast) {
      return atLeast.attribute() + ">=" + atLeast.level() + order(Optional.of(atLeast.attribute()));
    }
    Assignment.Becomes becomes = (Assignment.Becomes) assignment;
    return becomes.attribute() + "=" + becomes.value();
  }

  private static String order(Optional<Attribute> level) {
    return level.map(a -> a.terms().stream().map(Term::code).toList().toString()).orElse("");
  }

  private static void addSanction(
      Sanction sanction, Map<String, String> meaning, Map<String, String> wording) {
    meaning.put("种类", sanction.type().code());
    meaning.put("下限", sanction.min().map(RowContent::plain).orElse(""));
    meaning.put("上限", sanction.max().map(RowContent::plain).orElse(""));
    meaning.put("币种", sanction.currency().orElse(""));
    meaning.put("算式", sanction.formulaText().orElse(""));
    meaning.put("裁量", Boolean.toString(sanction.discretionary()));
    wording.put("说明", sanction.note());
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String sorted(Collection<String> items) {
    return String.join(";", items.stream().sorted().toList());
  }

  boolean meansTheSame(RowContent other) {
    return clause.equals(other.clause) && meaning.equals(other.meaning);
  }

  /** The labels of the columns in which the two differ. */
  List<String> differing(RowContent other) {
    List<String> parts = new ArrayList<>();
    addDiffering(meaning, other.meaning, parts);
    addDiffering(wording, other.wording, parts);
    return parts;
  }

  private static void addDiffering(
      Map<String, String> one, Map<String, String> other, List<String> parts) {
    Map<String, String> all = new LinkedHashMap<>(one);
    other.forEach(all::putIfAbsent);
    for (String label : all.keySet()) {
      if (!one.getOrDefault(label, "").equals(other.getOrDefault(label, ""))) {
        parts.add(label);
      }
    }
  }
}
