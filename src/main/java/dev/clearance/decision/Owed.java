package dev.clearance.decision;

import dev.clearance.vocabulary.Obligation;
import java.util.List;

/** An obligation that goes with the act, and the clauses that ask for it. */
public record Owed(Obligation obligation, List<String> clauses) {}
