package dev.clearance.web;

import dev.clearance.decision.Approval;
import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Citation;
import dev.clearance.decision.Classification;
import dev.clearance.decision.Decision;
import dev.clearance.decision.Derivation;
import dev.clearance.decision.LeadingApprover;
import dev.clearance.decision.Owed;
import dev.clearance.decision.Penalty;
import dev.clearance.decision.SetAside;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes answers as JSON, member by member in the order of the contract. */
final class AnswerWriter {

  private final JsonGenerator json;

  AnswerWriter(JsonGenerator json) {
    this.json = json;
  }

  void decision(Decision decision) {
    json.writeStartObject();
    json.writeStringProperty("outcome", decision.outcome().code());
    json.writeBooleanProperty("permitted", decision.permitted());
    json.writeName("approver");
    if (decision.approver().isPresent()) {
      leading(decision.approver().get());
    } else {
      json.writeNull();
    }
    json.writeArrayPropertyStart("approvals");
    decision.approvals().forEach(this::approval);
    json.writeEndArray();
    json.writeArrayPropertyStart("obligations");
    decision.obligations().forEach(this::owed);
    json.writeEndArray();
    json.writeObjectPropertyStart("penalties");
    penalties("certain", decision.certainPenalties());
    penalties("possible", decision.possiblePenalties());
    json.writeEndObject();
    derived(decision.derived());
    setAside(decision.setAside());
    citations(decision.citations());
    missing(decision.missing());
    end(decision.decisionId(), decision.version());
  }

  void review(CaseReview review) {
    json.writeStartObject();
    json.writeStringProperty("outcome", review.outcome().code());
    Set<String> broken = new LinkedHashSet<>();
    review.broken().forEach(citation -> broken.add(citation.clause()));
    strings("broken", broken);
    penalties("certain", review.certain());
    penalties("possible", review.possible());
    setAside(review.setAside());
    missing(review.missing());
    derived(review.derived());
    citations(review.citations());
    end(review.decisionId(), review.version());
  }

  void classification(Classification classification) {
    json.writeStartObject();
    json.writeName("classification");
    if (classification.level().isPresent()) {
      Term level = classification.level().get();
      json.writeStartObject();
      json.writeStringProperty("level", level.code());
      label("label", level.label());
      classification
          .secrecyPeriod()
          .ifPresent(period -> json.writeStringProperty("secrecyPeriod", period));
      strings("clauses", classification.clauses());
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    derived(classification.derived());
    citations(classification.citations());
    missing(classification.missing());
    end(classification.decisionId(), classification.version());
  }

  private void end(String id, String version) {
    json.writeStringProperty("decisionId", id);
    json.writeStringProperty("version", version);
    json.writeEndObject();
  }

  private void leading(LeadingApprover approver) {
    json.writeStartObject();
    levelMembers(approver.level());
    json.writeStringProperty("title", approver.title());
    label("label", approver.level().label());
    json.writeEndObject();
  }

  private void approval(Approval approval) {
    json.writeStartObject();
    requirementMembers(approval.requirement());
    json.writeBooleanProperty("held", approval.held());
    strings("clauses", approval.clauses());
    json.writeEndObject();
  }

  void requirementMembers(ApproverRequirement requirement) {
    json.writeArrayPropertyStart(requirement.all() ? "allOf" : "anyOf");
    for (ApproverLevel level : requirement.levels()) {
      json.writeStartObject();
      levelMembers(level);
      label("label", level.label());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("title", requirement.title());
  }

  private void levelMembers(ApproverLevel level) {
    json.writeStringProperty("level", level.code());
    if (level.rank().isPresent()) {
      json.writeNumberProperty("rank", level.rank().getAsInt());
    }
  }

  private void owed(Owed owed) {
    json.writeStartObject();
    json.writeStringProperty("code", owed.obligation().code());
    label("label", owed.obligation().label());
    strings("clauses", owed.clauses());
    json.writeEndObject();
  }

  private void penalties(String name, List<Penalty> penalties) {
    json.writeArrayPropertyStart(name);
    penalties.forEach(this::penalty);
    json.writeEndArray();
  }

  private void penalty(Penalty penalty) {
    Sanction sanction = penalty.sanction();
    json.writeStartObject();
    json.writeStringProperty("type", sanction.type().code());
    label("label", sanction.type().label());
    penalty.amount().or(sanction::min).ifPresent(amount -> number("min", amount));
    penalty.amount().or(sanction::max).ifPresent(amount -> number("max", amount));
    sanctionMembers(sanction);
    penalty.amount().ifPresent(amount -> number("amount", amount));
    if (!sanction.note().isEmpty()) {
      json.writeStringProperty("note", sanction.note());
    }
    if (!penalty.dependsOn().isEmpty()) {
      paths("dependsOn", penalty.dependsOn());
    }
    strings("clauses", penalty.clauses());
    json.writeEndObject();
  }

  private void sanctionMembers(Sanction sanction) {
    sanction.currency().ifPresent(currency -> json.writeStringProperty("currency", currency));
    if (sanction.discretionary()) {
      json.writeBooleanProperty("discretionary", true);
    }
    sanction.formulaText().ifPresent(text -> json.writeStringProperty("formula", text));
  }

  void sanction(Sanction sanction) {
    json.writeStringProperty("type", sanction.type().code());
    label("label", sanction.type().label());
    sanction.min().ifPresent(amount -> number("min", amount));
    sanction.max().ifPresent(amount -> number("max", amount));
    sanctionMembers(sanction);
    if (!sanction.note().isEmpty()) {
      json.writeStringProperty("note", sanction.note());
    }
  }

  private void derived(List<Derivation> derivations) {
    json.writeArrayPropertyStart("derived");
    for (Derivation derivation : derivations) {
      json.writeStartObject();
      json.writeStringProperty("attribute", derivation.attribute().path());
      json.writeName("value");
      value(derivation.value());
      json.writeName("was");
      if (derivation.was().isPresent()) {
        value(derivation.was().get());
      } else {
        json.writeNull();
      }
      if (derivation.value() instanceof Value.Code code) {
        label("label", derivation.attribute().labelOf(code.code()));
      }
      json.writeStringProperty("clause", derivation.row().clause().id());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void setAside(List<SetAside> all) {
    json.writeArrayPropertyStart("setAside");
    for (SetAside setAside : all) {
      Row row = setAside.row();
      json.writeStartObject();
      json.writeStringProperty("clause", row.clause().id());
      json.writeStringProperty("locator", row.clause().locator());
      json.writeStringProperty("effect", row.effect().code());
      strings("by", setAside.by());
      label("summary", row.summary());
      json.writeStringProperty("row", row.place().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void citations(List<Citation> citations) {
    json.writeArrayPropertyStart("citations");
    for (Citation citation : citations) {
      json.writeStartObject();
      json.writeStringProperty("clause", citation.clause());
      json.writeStringProperty("locator", citation.locator());
      json.writeStringProperty("effect", citation.effect());
      label("summary", citation.summary());
      json.writeStringProperty("row", citation.row().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void missing(List<Attribute> missing) {
    paths("missing", missing);
  }

  private void paths(String name, List<Attribute> attributes) {
    json.writeArrayPropertyStart(name);
    attributes.forEach(attribute -> json.writeString(attribute.path()));
    json.writeEndArray();
  }

  void strings(String name, Collection<String> strings) {
    json.writeArrayPropertyStart(name);
    strings.forEach(json::writeString);
    json.writeEndArray();
  }

  void label(String name, Label label) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("zh", label.zh());
    json.writeStringProperty("en", label.en());
    json.writeEndObject();
  }

  void number(String name, BigDecimal number) {
    json.writeNumberProperty(name, plain(number));
  }

  /** 500.0 and 5E+2 are written 500. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  void value(Value value) {
    if (value instanceof Value.Codes set) {
      json.writeStartArray();
      set.codes().forEach(json::writeString);
      json.writeEndArray();
    } else if (value instanceof Value.Amount amount) {
      // Stripped already, and written without an exponent.
      json.writeNumber(amount.number());
    } else if (value instanceof Value.Flag flag) {
      json.writeBoolean(flag.yes());
    } else {
      json.writeString(value.toString());
    }
  }
}
