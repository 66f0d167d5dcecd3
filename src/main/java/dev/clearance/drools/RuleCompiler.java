package dev.clearance.drools;

import dev.clearance.decision.Freedom;
import dev.clearance.decision.RuleBase;
import dev.clearance.finding.Checked;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.Model;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;

/**
 * Builds the rules of a policy. What {@code rules/*.drl} hold is compiled once; the rows of each
 * policy are added to it as data, so that a publication compiles nothing.
 */
public final class RuleCompiler {

  private final Collection<Model> shared;
  private final Optional<Set<String>> alsoReads;

  private RuleCompiler(Collection<Model> shared, Optional<Set<String>> alsoReads) {
    this.shared = List.copyOf(shared);
    this.alsoReads = alsoReads;
  }

  /**
   * Compiles the rules that hold across policies.
   *
   * @param files file name to text
   * @return the compiler, or a finding for each error at its file and line
   */
  public static Checked<RuleCompiler> of(Map<String, String> files) {
    Optional<Collection<Model>> fromTheBuild = AheadOfTime.models(files);
    Checked<Collection<Model>> models =
        fromTheBuild.isPresent()
            ? Checked.of(fromTheBuild.get(), List.of())
            : Compilation.of(files).then(compiled -> Checked.of(compiled.models(), List.of()));
    return models.then(
        found -> Checked.of(new RuleCompiler(found, RuleText.reads(files.values())), List.of()));
  }

  /** What is free where no row speaks, whatever the policy. */
  public Freedom freedom() {
    return compile(new ModelImpl(), List.of());
  }

  /** The rules of a policy, ready to be asked. */
  public RuleBase compile(Policy policy) {
    return compile(RowRules.of(policy), policy.rows());
  }

  private DroolsRuleBase compile(Model ofRows, List<Row> rows) {
    List<Model> models = new ArrayList<>(shared);
    models.add(ofRows);
    KieBase base = KieBaseBuilder.createKieBaseFromModel(models);
    return new DroolsRuleBase((InternalKnowledgeBase) base, shared, ofRows, rows, alsoReads);
  }
}
