package dev.clearance.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All the words of one set of workbooks. Immutable; lookups take codes, labels or aliases. */
public final class Vocabulary {

  /** The level of a piece of information; classification rows set it. */
  public static final String CLASSIFICATION = "resource.classification";

  /** What is to be done; a duty whose row names it permits the act. */
  public static final String ACTION = "action";

  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private final Map<String, Attribute> attributesByName = new LinkedHashMap<>();
  private final List<Attribute> byIndex;
  private final Optional<Attribute> approvals;
  private final Optional<Attribute> violations;
  private final Words<ApproverLevel> approverLevels;
  private final Words<Obligation> obligations;
  private final Words<SanctionType> sanctionTypes;

  public Vocabulary(
      List<Attribute> attributes,
      List<ApproverLevel> approverLevels,
      List<Obligation> obligations,
      List<SanctionType> sanctionTypes) {
    this.byIndex = List.copyOf(attributes);
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      if (attribute.index() != i) {
        throw new IllegalArgumentException(attribute + " stands at " + i);
      }
      this.attributes.put(attribute.path(), attribute);
      attributesByName.putIfAbsent(Names.normal(attribute.path()), attribute);
      attributesByName.putIfAbsent(Names.normal(attribute.label().zh()), attribute);
    }
    for (Attribute attribute : attributes) {
      attributesByName.putIfAbsent(Names.normal(attribute.label().en()), attribute);
    }
    attributesByName.remove("");
    this.approvals = first(attributes, TermSource.APPROVER_LEVELS);
    this.violations = first(attributes, TermSource.CLAUSES);
    this.approverLevels = new Words<>(approverLevels, ApproverLevel::code, ApproverLevel::label);
    this.obligations = new Words<>(obligations, Obligation::code, Obligation::label);
    this.sanctionTypes = new Words<>(sanctionTypes, SanctionType::code, SanctionType::label);
  }

  private static Optional<Attribute> first(List<Attribute> attributes, TermSource source) {
    return attributes.stream().filter(attribute -> attribute.source() == source).findFirst();
  }

  /** In the order of the workbook; the index of an attribute is its position here. */
  public List<Attribute> attributes() {
    return byIndex;
  }

  /** By path only. */
  public Optional<Attribute> attribute(String path) {
    return Optional.ofNullable(attributes.get(path));
  }

  /** By path or by label, as authors write it. */
  public Optional<Attribute> attributeNamed(String name) {
    return Optional.ofNullable(attributesByName.get(Names.normal(name)));
  }

  /** Normalised names of attributes, for readers that look for one at the start of a text. */
  public Map<String, Attribute> attributeNames() {
    return attributesByName;
  }

  public Optional<String> nearestAttribute(String name) {
    List<String> candidates = new ArrayList<>(attributes.keySet());
    attributes.values().forEach(attribute -> candidates.add(attribute.label().zh()));
    return Names.nearest(name, candidates);
  }

  /** The attribute that holds the approvals of a request, if one is declared. */
  public Optional<Attribute> approvals() {
    return approvals;
  }

  /** The attribute that holds the clauses that an act has broken, if one is declared. */
  public Optional<Attribute> violations() {
    return violations;
  }

  /** The attribute {@link #CLASSIFICATION}, if it is declared. */
  public Optional<Attribute> classification() {
    return attribute(CLASSIFICATION);
  }

  public Words<ApproverLevel> approverLevels() {
    return approverLevels;
  }

  public Words<Obligation> obligations() {
    return obligations;
  }

  public Words<SanctionType> sanctionTypes() {
    return sanctionTypes;
  }

  /** A list of coded words, found by code or by label. */
  public static final class Words<T> {

    private final Map<String, T> byCode = new LinkedHashMap<>();
    private final Map<String, T> byName = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    private Words(List<T> words, Function<T, String> code, Function<T, Label> label) {
      for (T word : words) {
        byCode.put(code.apply(word), word);
        byName.putIfAbsent(Names.normal(code.apply(word)), word);
        byName.putIfAbsent(Names.normal(label.apply(word).zh()), word);
        names.add(label.apply(word).zh());
        names.add(code.apply(word));
      }
      words.forEach(word -> byName.putIfAbsent(Names.normal(label.apply(word).en()), word));
      byName.remove("");
    }

    public Collection<T> all() {
      return byCode.values();
    }

    public Optional<T> withCode(String code) {
      return Optional.ofNullable(byCode.get(code));
    }

    public Optional<T> named(String name) {
      return Optional.ofNullable(byName.get(Names.normal(name)));
    }

    /** All normalised names, for readers that look for one at the start of a text. */
    public Map<String, T> names() {
      return byName;
    }

    public Optional<String> nearest(String name) {
      return Names.nearest(name, names);
    }
  }
}
