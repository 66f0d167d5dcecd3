package dev.clearance.drools;

import dev.clearance.decision.Matches;
import dev.clearance.decision.RuleBase;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.kie.api.KieBase;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;

/** One policy's rules, asked in a session of its own for each request. */
final class DroolsRuleBase implements RuleBase {

  private static final Comparator<Row> BY_POSITION = Comparator.comparingInt(Row::index);

  private final KieBase base;
  private final boolean sanctions;
  private final int mostFirings;

  /**
   * @param sanctions whether the policy has sanction rows at all
   * @param rows how many rows it has; each fires a few times at most
   */
  DroolsRuleBase(KieBase base, boolean sanctions, int rows) {
    this.base = base;
    this.sanctions = sanctions;
    this.mostFirings = 1000 + 10 * rows;
  }

  @Override
  public Matches match(Facts facts, LocalDate asOf) {
    Findings findings = new Findings();
    KieSession session = base.newKieSession();
    try {
      session.insert(new Information(facts, asOf, findings));
      fire(session);
      Act act = theAct(session);
      findings.rows.sort(BY_POSITION);
      return new Matches(act.facts(), findings.derivations, findings.rows, act.free());
    } finally {
      session.dispose();
    }
  }

  /** Rules that never come to rest must not hold a request for ever. */
  private void fire(KieSession session) {
    if (session.fireAllRules(mostFirings) >= mostFirings) {
      throw new IllegalStateException("the rules did not come to rest");
    }
  }

  private static Act theAct(KieSession session) {
    Collection<?> acts = session.getObjects(new ClassObjectFilter(Act.class));
    if (acts.size() != 1) {
      throw new IllegalStateException("the rules led to " + acts.size() + " acts instead of one");
    }
    return (Act) acts.iterator().next();
  }

  @Override
  public List<Row> sanctions(Facts facts, Set<String> broken, LocalDate asOf) {
    if (!sanctions) {
      return List.of();
    }
    Findings findings = new Findings();
    KieSession session = base.newKieSession();
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
