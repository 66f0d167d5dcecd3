package dev.clearance.policy;

import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.util.Optional;

/** What a definition does to a fact. */
public sealed interface Assignment {

  Attribute attribute();

  /** The new value, or empty when the fact already reads as it should. */
  Optional<Value> change(Facts facts);

  /** Sets the fact, whatever it was. */
  record Becomes(Attribute attribute, Value value) implements Assignment {
    @Override
    public Optional<Value> change(Facts facts) {
      return facts.get(attribute).equals(Optional.of(value))
          ? Optional.empty()
          : Optional.of(value);
    }
  }

  /** Raises a lower or missing level; never lowers one. */
  record AtLeast(Attribute attribute, String level) implements Assignment {
    @Override
    public Optional<Value> change(Facts facts) {
      String given = facts.codeAt(attribute.index());
      boolean enough = given != null && attribute.rank(given) >= attribute.rank(level);
      return enough ? Optional.empty() : Optional.of(new Value.Code(level));
    }
  }
}
