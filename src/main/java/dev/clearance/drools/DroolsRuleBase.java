package dev.clearance.drools;

import dev.clearance.decision.Matches;
import dev.clearance.decision.RuleBase;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.Condition;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.DirectFiringOption;

/**
 * One policy's rules. A situation passes through the network of conditions by itself where that is
 * enough; where facts follow from facts, a session of its own derives them.
 */
final class DroolsRuleBase implements RuleBase {

  private static final Comparator<Row> BY_POSITION = Comparator.comparingInt(Row::index);

  /**
   * INVARIANT: sessions stay thread-safe. Each belongs to one thread, but consequences belong to
   * the base: with ThreadSafeOption.NO they keep the facts of a firing in an array that all
   * sessions share, and a row is then found for another request than the one it applies to.
   */
  private static final KieSessionConfiguration SESSION = sessionConfiguration();

  private static final List<Class<?>> GIVEN_BY_ROWS = List.of(Level.class, Definition.class);
  private static final List<Class<?>> READ = List.of(Information.class, Wording.class);

  private final InternalKnowledgeBase base;
  private final Kinds kinds;
  private final int mostFirings;
  private final Optional<Set<String>> alsoReads;

  /** Empty when shared rules may read a request otherwise though no row applies to it. */
  private final Optional<Stage<Glance>> glances;

  private final Optional<Stage<Act>> acts;
  private final Optional<Stage<Deed>> deeds;
  private final Optional<Stage<Case>> cases;

  /** The kinds of rows that a policy has; a stage for which there are none changes nothing. */
  private record Kinds(boolean classification, boolean definition, boolean sanction) {

    static Kinds of(List<Row> rows) {
      boolean classification = false;
      boolean definition = false;
      boolean sanction = false;
      for (Row row : rows) {
        classification |= row.effect() instanceof Effect.Classify;
        definition |= row.effect() instanceof Effect.Define;
        sanction |= row.effect() instanceof Effect.Punish;
      }
      return new Kinds(classification, definition, sanction);
    }

    boolean reading() {
      return classification || definition;
    }
  }

  private static KieSessionConfiguration sessionConfiguration() {
    KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
    configuration.setOption(DirectFiringOption.YES);
    return configuration;
  }

  /**
   * @param shared the rules that hold across policies
   * @param ofRows those that the rows of the policy say
   */
  DroolsRuleBase(
      InternalKnowledgeBase base,
      Collection<Model> shared,
      Model ofRows,
      List<Row> rows,
      Optional<Set<String>> alsoReads) {
    this.alsoReads = alsoReads;
    this.base = base;
    this.kinds = Kinds.of(rows);
    // Each row fires a few times at most.
    this.mostFirings = 1000 + 10 * rows.size();
    Map<String, Immediate> immediate = new HashMap<>();
    addImmediate(ofRows, immediate);
    boolean rowsAloneRead = true;
    for (Model model : shared) {
      addImmediate(model, immediate);
      rowsAloneRead &= model.getRules().stream().noneMatch(DroolsRuleBase::mayReadByItself);
    }
    this.glances = rowsAloneRead ? Stage.of(base, Glance.class, immediate) : Optional.empty();
    this.acts = Stage.of(base, Act.class, immediate);
    this.deeds = Stage.of(base, Deed.class, immediate);
    this.cases = Stage.of(base, Case.class, immediate);
  }

  private static void addImmediate(Model model, Map<String, Immediate> immediate) {
    for (Rule rule : model.getRules()) {
      Immediate.of(rule).ifPresent(known -> immediate.put(rule.getFullName(), known));
    }
  }

  /**
   * Whether a rule may say how a request is read before any row does. Only rows put levels and
   * definitions there, so a rule that waits for one of them does not.
   */
  private static boolean mayReadByItself(Rule rule) {
    boolean waits = false;
    for (Condition condition : rule.getView().getSubConditions()) {
      waits |= condition.getType() == Condition.Type.PATTERN && isAbout(condition, GIVEN_BY_ROWS);
    }
    return !waits && isAbout(rule.getView(), READ);
  }

  private static boolean isAbout(Condition condition, List<Class<?>> kinds) {
    if (condition instanceof Pattern<?> pattern) {
      Class<?> type = pattern.getPatternVariable().getType();
      return kinds.stream().anyMatch(type::isAssignableFrom);
    }
    return condition.getSubConditions().stream().anyMatch(part -> isAbout(part, kinds));
  }

  @Override
  public Optional<Set<String>> alsoReads() {
    return alsoReads;
  }

  @Override
  public Matches match(Facts facts, LocalDate asOf) {
    Findings findings = new Findings();
    Act act;
    if (acts.isPresent() && !isReadOtherwise(facts, asOf)) {
      act = new Act(facts, asOf, findings);
      acts.get().pass(act);
    } else {
      act = inSession(facts, asOf, findings);
    }
    findings.rows.sort(BY_POSITION);
    return new Matches(act.facts, findings.derivations, findings.rows, act.free());
  }

  private boolean isReadOtherwise(Facts facts, LocalDate asOf) {
    if (!kinds.reading() || glances.isEmpty()) {
      return kinds.reading();
    }
    Glance glance = new Glance(facts, asOf, new Findings());
    glances.get().pass(glance);
    return glance.mayReadOtherwise();
  }

  private Act inSession(Facts facts, LocalDate asOf, Findings findings) {
    KieSession session = base.newKieSession(SESSION, null);
    try {
      if (kinds.classification()) {
        session.insert(new Information(facts, asOf, findings));
        fire(session);
      }
      if (kinds.definition()) {
        if (findings.wording == null) {
          session.insert(new Wording(facts, asOf, findings));
        }
        fire(session);
      }
      Facts reading = findings.wording == null ? facts : findings.wording.facts();
      Act act = new Act(reading, asOf, findings);
      session.insert(act);
      fire(session);
      return act;
    } finally {
      session.dispose();
    }
  }

  @Override
  public boolean isFree(Facts reading, LocalDate asOf) {
    Act act = new Act(reading, asOf, new Findings());
    if (acts.isPresent()) {
      acts.get().pass(act);
    } else {
      KieSession session = base.newKieSession(SESSION, null);
      try {
        session.insert(act);
        fire(session);
      } finally {
        session.dispose();
      }
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
    if (!kinds.sanction()) {
      return List.of();
    }
    Findings findings = new Findings();
    Deed deed = new Deed(facts, broken, asOf, findings);
    if (deeds.isPresent() && cases.isPresent()) {
      deeds.get().pass(deed);
      deed.judged().ifPresent(cases.get()::pass);
    } else {
      KieSession session = base.newKieSession(SESSION, null);
      try {
        session.insert(deed);
        fire(session);
        deed.judged().ifPresent(session::insert);
        fire(session);
      } finally {
        session.dispose();
      }
    }
    findings.rows.sort(BY_POSITION);
    return findings.rows;
  }
}
