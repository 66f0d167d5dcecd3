package dev.clearance.drools;

import dev.clearance.decision.Derivation;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Optional;

/** The request as read so far: definitions say how its words are to be understood. */
public final class Wording extends Situation {

  /** The rows already read; each applies at most once. */
  private final BitSet read;

  /** Position of the row read last; the order goes on from there. */
  private final int position;

  Wording(Facts facts, LocalDate asOf, Findings findings) {
    this(facts, asOf, findings, new BitSet(), -1);
  }

  private Wording(Facts facts, LocalDate asOf, Findings findings, BitSet read, int position) {
    super(facts, asOf, findings);
    this.read = read;
    this.position = position;
  }

  /** Position in the workbook of the definition read last; -1 before the first. */
  public int getPosition() {
    return position;
  }

  boolean hasRead(Row row) {
    return read.get(row.index());
  }

  /** The request, read with this definition. */
  public Wording with(Definition definition) {
    Row row = definition.row();
    findings.rows.add(row);
    Facts reading = facts;
    for (Assignment assignment : ((Effect.Define) row.effect()).assignments()) {
      Optional<Value> change = assignment.change(reading);
      if (change.isPresent()) {
        Optional<Value> was = reading.get(assignment.attribute());
        findings.derivations.add(new Derivation(assignment.attribute(), change.get(), was, row));
        reading = reading.with(assignment.attribute(), change.get());
      }
    }
    BitSet now = (BitSet) read.clone();
    now.set(row.index());
    findings.wording = new Wording(reading, asOf, findings, now, row.index());
    return findings.wording;
  }
}
