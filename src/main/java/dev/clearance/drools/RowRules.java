package dev.clearance.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.reactOn;
import static org.drools.model.PatternDSL.rule;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.drools.model.Drools;
import org.drools.model.Index;
import org.drools.model.Model;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.consequences.ConsequenceBuilder;
import org.drools.model.functions.Block1;
import org.drools.model.functions.Block2;
import org.drools.model.impl.ModelImpl;

/** The rows of one policy as rules, built from typed conditions; no text is compiled. */
final class RowRules {

  /** More alternatives than this are tested one after the other instead of being hashed. */
  private static final int MOST_HASHED = 12;

  private final Policy policy;
  private final ModelImpl model = new ModelImpl();
  private final Map<Attribute, Integer> uses = new HashMap<>();

  /** The codes that rows ask for alone: of more codes, a request meets fewer rows. */
  private final Map<Attribute, Set<String>> codes = new HashMap<>();

  /** Tests by their key: rows that ask the same share one, and less memory is looked at. */
  private final Map<String, Test> tests = new HashMap<>();

  private RowRules(Policy policy) {
    this.policy = policy;
    for (Row row : policy.rows()) {
      for (Condition condition : row.when()) {
        uses.merge(condition.attribute(), 1, Integer::sum);
        onlyCode(condition)
            .ifPresent(
                code ->
                    codes.computeIfAbsent(condition.attribute(), any -> new HashSet<>()).add(code));
      }
    }
  }

  static Model of(Policy policy) {
    RowRules rules = new RowRules(policy);
    policy.rows().forEach(rules::add);
    return rules.model;
  }

  private void add(Row row) {
    if (row.effect() instanceof Effect.Classify classify) {
      add(row, Glance.class, Glance::found);
      Attribute level = policy.vocabulary().classification().orElseThrow();
      add(
          row,
          Information.class,
          (drools, information) -> {
            information.found(row);
            drools.insert(new Level(row, level, classify.level()));
          });
    } else if (row.effect() instanceof Effect.Define) {
      add(row, Glance.class, Glance::found);
      add(
          row,
          Wording.class,
          (drools, wording) -> {
            if (!wording.hasRead(row)) {
              drools.insert(new Definition(wording, row));
            }
          });
    } else if (row.effect() instanceof Effect.Punish) {
      add(row, Case.class, theCase -> theCase.found(row));
    } else {
      add(row, Act.class, act -> act.found(row));
    }
  }

  private <S extends Situation> void add(Row row, Class<S> stage, Block1<S> found) {
    addRules(row, stage, variable -> on(variable).execute(found));
  }

  private <S extends Situation> void add(Row row, Class<S> stage, Block2<Drools, S> found) {
    addRules(row, stage, variable -> on(variable).execute(found));
  }

  /**
   * One rule, or one for each alternative of the first condition: only a single code can be hashed,
   * and a request has only one of the alternatives, so the row is still found once.
   */
  private <S extends Situation> void addRules(
      Row row, Class<S> stage, Function<Variable<S>, ConsequenceBuilder.ValidBuilder> found) {
    List<Condition> conditions = inSharedOrder(row);
    if (!conditions.isEmpty()
        && conditions.get(0).test() instanceof Test.AnyOf anyOf
        && conditions.get(0).attribute().type() != AttributeType.TEXT
        && anyOf.covered().size() <= MOST_HASHED) {
      Attribute attribute = conditions.get(0).attribute();
      List<Condition> rest = conditions.subList(1, conditions.size());
      for (String code : anyOf.covered().stream().sorted().toList()) {
        Variable<S> variable = declarationOf(stage, "$it");
        PatternDef<S> pattern = hashed(pattern(variable), attribute, code);
        addRule(row, " " + code, constrained(pattern, row, rest), variable, found);
      }
    } else {
      Variable<S> variable = declarationOf(stage, "$it");
      addRule(row, "", constrained(pattern(variable), row, conditions), variable, found);
    }
  }

  private <S extends Situation> void addRule(
      Row row,
      String alternative,
      PatternDef<S> pattern,
      Variable<S> variable,
      Function<Variable<S>, ConsequenceBuilder.ValidBuilder> found) {
    // INVARIANT: names are unique; of two rules with the same name one would vanish.
    String name = row.index() + " " + variable.getType().getSimpleName() + alternative;
    Rule rule = rule("clearance.rows", name).build(pattern, found.apply(variable));
    model.addRule(rule);
  }

  /**
   * The act comes first, then what is hashed, that which leaves the fewest rows before the rest,
   * then the attributes that most rows ask for: rules that begin with the same conditions share
   * their evaluation.
   */
  private List<Condition> inSharedOrder(Row row) {
    List<Condition> conditions = new ArrayList<>(row.when());
    conditions.sort(
        Comparator.comparing((Condition c) -> !c.attribute().path().equals(Vocabulary.ACTION))
            .thenComparing(c -> onlyCode(c).isEmpty())
            .thenComparing(c -> onlyCode(c).isEmpty() ? 0 : -codes.get(c.attribute()).size())
            .thenComparing(c -> -uses.getOrDefault(c.attribute(), 0))
            .thenComparing(c -> c.attribute().index()));
    return conditions;
  }

  /** The one code that satisfies the condition; empty where others do or it is no code. */
  private static Optional<String> onlyCode(Condition condition) {
    return condition.test() instanceof Test.AnyOf anyOf
            && anyOf.covered().size() == 1
            && condition.attribute().type() != AttributeType.TEXT
        ? anyOf.covered().stream().findFirst()
        : Optional.empty();
  }

  private static <S extends Situation> PatternDef<S> hashed(
      PatternDef<S> pattern, Attribute attribute, String code) {
    int index = attribute.index();
    // INVARIANT: the id of an expression differs whenever its meaning does; rules share by id.
    return pattern.expr(
        "is " + attribute.path() + " " + code,
        new IsCode<>(index, code),
        alphaIndexedBy(
            String.class,
            Index.ConstraintType.EQUAL,
            index,
            situation -> situation.facts.codeAt(index),
            code),
        reactOn("facts"));
  }

  private <S extends Situation> Holds<S> holds(Condition condition) {
    Test test = condition.test();
    Test same = tests.computeIfAbsent(test.key(), any -> test);
    return new Holds<>(condition.attribute().index(), same);
  }

  private <S extends Situation> PatternDef<S> constrained(
      PatternDef<S> pattern, Row row, List<Condition> conditions) {
    PatternDef<S> constrained = pattern;
    for (Condition condition : conditions) {
      Optional<String> code = onlyCode(condition);
      constrained =
          code.isPresent()
              ? hashed(constrained, condition.attribute(), code.get())
              : constrained.expr(condition.key(), holds(condition), reactOn("facts"));
    }
    if (!row.inForce().isAlways()) {
      constrained =
          constrained.expr(
              "in force " + row.inForce(),
              situation -> row.inForce().contains(situation.asOf),
              reactOn("asOf"));
    }
    return constrained;
  }
}
