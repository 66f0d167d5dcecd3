package dev.clearance.decision;

import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.util.Optional;

/**
 * A fact that a row gave or changed.
 *
 * @param was the value before, if there was one
 */
public record Derivation(Attribute attribute, Value value, Optional<Value> was, Row row) {}
