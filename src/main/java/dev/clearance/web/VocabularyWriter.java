package dev.clearance.web;

import dev.clearance.decision.Outcome;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Vocabulary;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes all the words, so that a client can build a form from them. */
final class VocabularyWriter {

  private final JsonGenerator json;
  private final AnswerWriter parts;

  VocabularyWriter(JsonGenerator json) {
    this.json = json;
    this.parts = new AnswerWriter(json);
  }

  void vocabulary(Vocabulary vocabulary) {
    json.writeStartObject();
    json.writeArrayPropertyStart("attributes");
    vocabulary.attributes().forEach(this::attribute);
    json.writeEndArray();
    json.writeArrayPropertyStart("approverLevels");
    vocabulary.approverLevels().all().forEach(this::level);
    json.writeEndArray();
    json.writeArrayPropertyStart("obligations");
    for (Obligation obligation : vocabulary.obligations().all()) {
      word(obligation.code(), obligation.label());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("sanctionTypes");
    for (SanctionType type : vocabulary.sanctionTypes().all()) {
      word(type.code(), type.label());
      json.writeBooleanProperty("reward", type.reward());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("outcomes");
    for (Outcome outcome : Outcome.values()) {
      word(outcome.code(), new Label(outcome.zh(), outcome.code().replace('-', ' ')));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void attribute(Attribute attribute) {
    json.writeStartObject();
    json.writeStringProperty("path", attribute.path());
    json.writeStringProperty("type", attribute.type().name().toLowerCase(Locale.ROOT));
    parts.label("label", attribute.label());
    if (!attribute.about().isEmpty()) {
      json.writeStringProperty("about", attribute.about());
    }
    // Terms that are listed elsewhere are told by reference, once.
    if (attribute.source() == TermSource.APPROVER_LEVELS) {
      json.writeStringProperty("termsFrom", "approverLevels");
    } else if (attribute.source() == TermSource.CLAUSES) {
      json.writeStringProperty("termsFrom", "clauses");
    } else if (!attribute.terms().isEmpty()) {
      json.writeArrayPropertyStart("terms");
      attribute.terms().forEach(this::term);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void term(Term term) {
    word(term.code(), term.label());
    if (!term.aliases().isEmpty()) {
      parts.strings("aliases", term.aliases());
    }
    term.broader().ifPresent(code -> json.writeStringProperty("broader", code));
    json.writeEndObject();
  }

  private void level(ApproverLevel level) {
    word(level.code(), level.label());
    if (level.rank().isPresent()) {
      json.writeNumberProperty("rank", level.rank().getAsInt());
    }
    json.writeBooleanProperty("internal", level.internal());
    json.writeEndObject();
  }

  private void word(String code, Label label) {
    json.writeStartObject();
    json.writeStringProperty("code", code);
    parts.label("label", label);
  }
}
