package dev.clearance.drools;

import dev.clearance.decision.Matches;
import dev.clearance.decision.RuleBase;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.DirectFiringOption;

/** One policy's rules, asked in a session of its own for each request. */
final class DroolsRuleBase implements RuleBase {

  private static final Comparator<Row> BY_POSITION = Comparator.comparingInt(Row::index);

  /**
   * INVARIANT: sessions stay thread-safe. Each belongs to one thread, but consequences belong to
   * the base: with ThreadSafeOption.NO they keep the facts of a firing in an array that all
   * sessions share, and a row is then found for another request than the one it applies to.
   */
  private static final KieSessionConfiguration SESSION = sessionConfiguration();

  private final KieBase base;
  private final Stages stages;
  private final int mostFirings;
  private final Optional<Set<String>> alsoReads;

  /** The stages for which a policy has rows; permission rows are always asked. */
  private record Stages(boolean classification, boolean definition, boolean sanction) {

    static Stages of(List<Row> rows) {
      boolean classification = false;
      boolean definition = false;
      boolean sanction = false;
      for (Row row : rows) {
        classification |= row.effect() instanceof Effect.Classify;
        definition |= row.effect() instanceof Effect.Define;
        sanction |= row.effect() instanceof Effect.Punish;
      }
      return new Stages(classification, definition, sanction);
    }
  }

  private static KieSessionConfiguration sessionConfiguration() {
    KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
    configuration.setOption(DirectFiringOption.YES);
    return configuration;
  }

  DroolsRuleBase(KieBase base, List<Row> rows, Optional<Set<String>> alsoReads) {
    this.alsoReads = alsoReads;
    this.base = base;
    this.stages = Stages.of(rows);
    // Each row fires a few times at most.
    this.mostFirings = 1000 + 10 * rows.size();
  }

  @Override
  public Optional<Set<String>> alsoReads() {
    return alsoReads;
  }

  /** Stage by stage; a stage for which the policy has no rows cannot change anything. */
  @Override
  public Matches match(Facts facts, LocalDate asOf) {
    Findings findings = new Findings();
    KieSession session = base.newKieSession(SESSION, null);
    try {
      if (stages.classification()) {
        session.insert(new Information(facts, asOf, findings));
        fire(session);
      }
      if (stages.definition()) {
        if (findings.wording == null) {
          session.insert(new Wording(facts, asOf, findings));
        }
        fire(session);
      }
      Facts reading = findings.wording == null ? facts : findings.wording.facts();
      Act act = new Act(reading, asOf, findings);
      session.insert(act);
      fire(session);
      findings.rows.sort(BY_POSITION);
      return new Matches(reading, findings.derivations, findings.rows, act.free());
    } finally {
      session.dispose();
    }
  }

  @Override
  public boolean isFree(Facts reading, LocalDate asOf) {
    Act act = new Act(reading, asOf, new Findings());
    KieSession session = base.newKieSession(SESSION, null);
    try {
      session.insert(act);
      fire(session);
    } finally {
      session.dispose();
    }
    return act.free();
  }

  /** Rules that never come to rest must not hold a request for ever. */
  private void fire(KieSession session) {
    if (session.fireAllRules(mostFirings) >= mostFirings) {
      throw new IllegalStateException("the rules did not come to rest");
    }
  }

  @Override
  public List<Row> sanctions(Facts facts, Set<String> broken, LocalDate asOf) {
    if (!stages.sanction()) {
      return List.of();
    }
    Findings findings = new Findings();
    KieSession session = base.newKieSession(SESSION, null);
    try {
      session.insert(new Deed(facts, broken, asOf, findings));
      fire(session);
    } finally {
      session.dispose();
    }
    List<Row> rows = new ArrayList<>(findings.rows);
    rows.sort(BY_POSITION);
    return rows;
  }
}
