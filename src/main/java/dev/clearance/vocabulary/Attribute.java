package dev.clearance.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fact that a request may give, such as {@code resource.classification}. The path is its place in
 * the JSON of a request. Two attributes are equal when their paths are.
 */
public final class Attribute implements Comparable<Attribute> {

  private final int index;
  private final String path;
  private final AttributeType type;
  private final Label label;
  private final String about;
  private final TermSource source;
  private final Map<String, Term> terms = new LinkedHashMap<>();
  private final Map<String, String> codesByName = new LinkedHashMap<>();
  private final Map<String, Integer> order = new LinkedHashMap<>();
  private final Map<String, Set<String>> narrower = new LinkedHashMap<>();

  /**
   * @param index position in the vocabulary, from 0; facts are stored by it
   * @param terms the values, lowest first for a level; empty unless the source is the attribute
   *     itself or the approver levels
   */
  public Attribute(
      int index,
      String path,
      AttributeType type,
      Label label,
      String about,
      TermSource source,
      Collection<Term> terms) {
    this.index = index;
    this.path = path;
    this.type = type;
    this.label = label;
    this.about = about;
    this.source = source;
    for (Term term : terms) {
      order.put(term.code(), order.size());
      this.terms.put(term.code(), term);
    }
    for (Term term : terms) {
      codesByName.putIfAbsent(Names.normal(term.code()), term.code());
      codesByName.putIfAbsent(Names.normal(term.label().zh()), term.code());
    }
    for (Term term : terms) {
      term.aliases().forEach(alias -> codesByName.putIfAbsent(Names.normal(alias), term.code()));
      codesByName.putIfAbsent(Names.normal(term.label().en()), term.code());
    }
    codesByName.remove("");
    for (Term term : terms) {
      addToBroader(term);
    }
    narrower.replaceAll((code, covered) -> Set.copyOf(covered));
  }

  private void addToBroader(Term term) {
    Set<String> seen = new LinkedHashSet<>();
    Optional<Term> up = Optional.of(term);
    while (up.isPresent() && seen.add(up.get().code())) {
      narrower.computeIfAbsent(up.get().code(), any -> new LinkedHashSet<>()).add(term.code());
      up = up.get().broader().map(terms::get);
    }
  }

  public int index() {
    return index;
  }

  public String path() {
    return path;
  }

  public AttributeType type() {
    return type;
  }

  public Label label() {
    return label;
  }

  public String about() {
    return about;
  }

  public TermSource source() {
    return source;
  }

  public Collection<Term> terms() {
    return terms.values();
  }

  public Optional<Term> term(String code) {
    return Optional.ofNullable(terms.get(code));
  }

  /** The code behind a code, a Chinese or English label, or another name. */
  public Optional<String> code(String name) {
    Term exact = terms.get(name);
    // Always the very string of the vocabulary, which is soon told from others.
    return Optional.ofNullable(exact == null ? codesByName.get(Names.normal(name)) : exact.code());
  }

  /** All normalised names by which terms may be called, with the code behind each. */
  public Map<String, String> names() {
    return codesByName;
  }

  /** The codes that a condition on this code also holds for: itself and every narrower term. */
  public Set<String> covered(String code) {
    return narrower.getOrDefault(code, Set.of(code));
  }

  /** Position of a level, 0 for the lowest. */
  public int rank(String code) {
    Integer rank = order.get(code);
    if (rank == null) {
      throw new IllegalArgumentException(path + " has no level " + code);
    }
    return rank;
  }

  /** The label of a code; the code itself where it is listed elsewhere (clauses). */
  public Label labelOf(String code) {
    return term(code).map(Term::label).orElseGet(() -> new Label(code, code));
  }

  /** What a person may have meant by a name that is unknown here. */
  public Optional<String> nearest(String name) {
    List<String> candidates = new ArrayList<>();
    terms.values().forEach(term -> candidates.add(term.label().zh()));
    candidates.addAll(terms.keySet());
    terms.values().forEach(term -> candidates.addAll(term.aliases()));
    return Names.nearest(name, candidates);
  }

  @Override
  public int compareTo(Attribute other) {
    return path.compareTo(other.path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribute attribute && path.equals(attribute.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return path;
  }
}
