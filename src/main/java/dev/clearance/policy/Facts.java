package dev.clearance.policy;

import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one request: a value for each attribute that is given or derived. Immutable;
 * stored by the index of the attribute, since rules look values up many times.
 */
public final class Facts {

  private final Vocabulary vocabulary;
  private final @Nullable Value[] values;

  private Facts(Vocabulary vocabulary, @Nullable Value[] values) {
    this.vocabulary = vocabulary;
    this.values = values;
  }

  public static Facts none(Vocabulary vocabulary) {
    return new Facts(vocabulary, new Value[vocabulary.attributes().size()]);
  }

  public static Facts of(Vocabulary vocabulary, Map<Attribute, Value> given) {
    @Nullable Value[] values = new Value[vocabulary.attributes().size()];
    given.forEach((attribute, value) -> values[attribute.index()] = value);
    return new Facts(vocabulary, values);
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public Optional<Value> get(Attribute attribute) {
    return Optional.ofNullable(values[attribute.index()]);
  }

  public Optional<Value> get(String path) {
    return vocabulary.attribute(path).flatMap(this::get);
  }

  public boolean has(Attribute attribute) {
    return values[attribute.index()] != null;
  }

  /**
   * The value at an attribute's index, or null where it is not known. Conditions use it: they are
   * the one place where an Optional per look-up costs more than it says.
   */
  public @Nullable Value at(int index) {
    return values[index];
  }

  /** The code of a term or level; null where it is not known or no code. */
  public @Nullable String codeAt(int index) {
    return values[index] instanceof Value.Code code ? code.code() : null;
  }

  /** The approvals that are held; none where nothing is said of them. */
  public List<ApproverLevel> approvals() {
    Optional<Attribute> attribute = vocabulary.approvals();
    if (attribute.isEmpty()
        || !(values[attribute.get().index()] instanceof Value.Codes codes)
        || codes.codes().isEmpty()) {
      return List.of();
    }
    List<ApproverLevel> held = new ArrayList<>();
    for (String code : codes.codes()) {
      vocabulary.approverLevels().withCode(code).ifPresent(held::add);
    }
    return held;
  }

  public Facts with(Attribute attribute, Value value) {
    @Nullable Value[] changed = values.clone();
    changed[attribute.index()] = value;
    return new Facts(vocabulary, changed);
  }

  public Facts without(Attribute attribute) {
    @Nullable Value[] changed = values.clone();
    changed[attribute.index()] = null;
    return new Facts(vocabulary, changed);
  }

  /** The attributes that are known, in the order of the vocabulary. */
  public List<Attribute> known() {
    List<Attribute> known = new ArrayList<>();
    for (Attribute attribute : vocabulary.attributes()) {
      if (values[attribute.index()] != null) {
        known.add(attribute);
      }
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Facts facts && Arrays.equals(values, facts.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /**
   * Appends a text that differs whenever the facts do, under one vocabulary, whatever their texts
   * hold: each value is preceded by the index of its attribute and by its length.
   */
  public void appendTo(StringBuilder text) {
    for (int i = 0; i < values.length; i++) {
      Value value = values[i];
      if (value instanceof Value.Codes codes) {
        text.append(i).append('*').append(codes.codes().size()).append(':');
        for (String code : codes.codes()) {
          text.append(code.length()).append(':').append(code);
        }
      } else if (value != null) {
        String one = value.toString();
        text.append(i).append('=').append(one.length()).append(':').append(one);
      }
    }
  }

  /**
   * {@code action=copy; resource.type=document}, in the order of the vocabulary; for people, since
   * texts may hold the same signs.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Attribute attribute : known()) {
      text.append(text.isEmpty() ? "" : "; ");
      text.append(attribute.path()).append('=').append(values[attribute.index()]);
    }
    return text.toString();
  }
}
