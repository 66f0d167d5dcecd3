package dev.clearance.drools;

import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is known at one stage of an evaluation; rules look attributes up by their path. */
public abstract class Situation {

  final Facts facts;
  final LocalDate asOf;
  final Findings findings;

  Situation(Facts facts, LocalDate asOf, Findings findings) {
    this.facts = facts;
    this.asOf = asOf;
    this.findings = findings;
  }

  public Facts facts() {
    return facts;
  }

  /** The day whose rules answer. */
  public LocalDate asOf() {
    return asOf;
  }

  /**
   * The code of a term or level, for rules that name an attribute.
   *
   * @return null when the vocabulary has no such attribute, or it is not known
   */
  public @Nullable String code(String path) {
    return facts.get(path).map(Situation::codeOf).orElse(null);
  }

  private static @Nullable String codeOf(Value value) {
    return value instanceof Value.Code code ? code.code() : null;
  }

  /** Position of a level, 0 for the lowest; -1 when it is not known. */
  int rank(Attribute attribute) {
    String code = facts.codeAt(attribute.index());
    return code == null ? -1 : attribute.rank(code);
  }
}
