package dev.clearance.policy;

import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** An amount computed from number attributes, exactly. */
public sealed interface Formula {

  /** The amount, or empty while an attribute that it needs is not given. */
  Optional<BigDecimal> amount(Facts facts);

  /** The attributes that it needs. */
  Set<Attribute> attributes();

  record Constant(BigDecimal number) implements Formula {
    @Override
    public Optional<BigDecimal> amount(Facts facts) {
      return Optional.of(number);
    }

    @Override
    public Set<Attribute> attributes() {
      return Set.of();
    }
  }

  record Reference(Attribute attribute) implements Formula {
    @Override
    public Optional<BigDecimal> amount(Facts facts) {
      return facts
          .get(attribute)
          .flatMap(
              value ->
                  value instanceof Value.Amount amount
                      ? Optional.of(amount.number())
                      : Optional.empty());
    }

    @Override
    public Set<Attribute> attributes() {
      return Set.of(attribute);
    }
  }

  /** The four operations; a quotient that does not end is rounded to 34 digits. */
  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY
  }

  record Operation(Operator operator, Formula left, Formula right) implements Formula {
    @Override
    public Optional<BigDecimal> amount(Facts facts) {
      Optional<BigDecimal> one = left.amount(facts);
      Optional<BigDecimal> other = right.amount(facts);
      if (one.isEmpty() || other.isEmpty()) {
        return Optional.empty();
      }
      BigDecimal a = one.get();
      BigDecimal b = other.get();
      return switch (operator) {
        case PLUS -> Optional.of(a.add(b));
        case MINUS -> Optional.of(a.subtract(b));
        case TIMES -> Optional.of(a.multiply(b));
        case DIVIDED_BY ->
            b.signum() == 0 ? Optional.empty() : Optional.of(a.divide(b, MathContext.DECIMAL128));
      };
    }

    @Override
    public Set<Attribute> attributes() {
      Set<Attribute> attributes = new LinkedHashSet<>(left.attributes());
      attributes.addAll(right.attributes());
      return attributes;
    }
  }
}
