package dev.clearance.conformance;

import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The meaning of a decision, written down once more: straight from its definition, over the typed
 * rows of one policy, without the rule engine and without the production code's evaluation. Slow
 * and plain on purpose; where it and the engine differ, one of them is wrong.
 */
public final class ReferenceEvaluator {

  private final Policy policy;
  private final LocalDate asOf;
  private final Predicate<Map<String, Value>> free;
  private final Map<String, Set<String>> namedClauses = new HashMap<>();

  public ReferenceEvaluator(Policy policy, LocalDate asOf) {
    this(policy, asOf, facts -> is(facts, "resource.classification", "public"));
  }

  /**
   * @param free what is free where no row speaks, by the values of a reading
   */
  public ReferenceEvaluator(Policy policy, LocalDate asOf, Predicate<Map<String, Value>> free) {
    this.policy = policy;
    this.asOf = asOf;
    this.free = free;
  }

  public Answer evaluate(Facts request) {
    Map<String, Value> facts = new HashMap<>();
    request.known().forEach(a -> facts.put(a.path(), request.get(a).orElseThrow()));
    pathOf(TermSource.APPROVER_LEVELS)
        .ifPresent(path -> facts.putIfAbsent(path, Value.Codes.of(Set.of())));
    List<Row> matched = new ArrayList<>();
    List<String> derived = new ArrayList<>();
    classify(facts, matched, derived);
    define(facts, matched, derived);
    for (Row row : inForce()) {
      if (isNorm(row) && holdAll(row.when(), facts)) {
        matched.add(row);
      }
    }
    Set<String> overridden = overridden(matched);
    List<Row> counted = new ArrayList<>();
    SortedSet<String> setAside = new TreeSet<>();
    for (Row row : matched) {
      if (overridden.contains(row.clause().code())) {
        setAside.add(row.clause().code());
      } else {
        counted.add(row);
      }
    }
    return combine(facts, matched, counted, setAside, derived);
  }

  private void classify(Map<String, Value> facts, List<Row> matched, List<String> derived) {
    Optional<Attribute> attribute = policy.vocabulary().attribute("resource.classification");
    Row highest = null;
    for (Row row : inForce()) {
      if (row.effect() instanceof Effect.Classify classify && holdAll(row.when(), facts)) {
        matched.add(row);
        if (highest == null
            || rank(attribute, classify.level())
                > rank(attribute, ((Effect.Classify) highest.effect()).level())) {
          highest = row;
        }
      }
    }
    if (highest != null) {
      raise(
          attribute.orElseThrow(),
          ((Effect.Classify) highest.effect()).level(),
          highest,
          facts,
          derived);
    }
  }

  private void define(Map<String, Value> facts, List<Row> matched, List<String> derived) {
    Set<Row> applied = new HashSet<>();
    boolean again = true;
    while (again) {
      again = false;
      for (Row row : inForce()) {
        if (row.effect() instanceof Effect.Define define
            && !applied.contains(row)
            && holdAll(row.when(), facts)) {
          applied.add(row);
          matched.add(row);
          again = true;
          for (Assignment assignment : define.assignments()) {
            if (assignment instanceof Assignment.AtLeast atLeast) {
              raise(atLeast.attribute(), atLeast.level(), row, facts, derived);
            } else if (assignment instanceof Assignment.Becomes becomes) {
              set(becomes.attribute(), becomes.value(), row, facts, derived);
            }
          }
        }
      }
    }
  }

  private void raise(
      Attribute attribute, String level, Row row, Map<String, Value> facts, List<String> derived) {
    Value given = facts.get(attribute.path());
    if (given == null
        || rank(Optional.of(attribute), given.toString()) < rank(Optional.of(attribute), level)) {
      set(attribute, new Value.Code(level), row, facts, derived);
    }
  }

  private void set(
      Attribute attribute, Value value, Row row, Map<String, Value> facts, List<String> derived) {
    Value was = facts.get(attribute.path());
    if (!value.equals(was)) {
      facts.put(attribute.path(), value);
      derived.add(attribute.path() + " " + was + " -> " + value + " " + row.clause().code());
    }
  }

  private Answer combine(
      Map<String, Value> facts,
      List<Row> matched,
      List<Row> counted,
      SortedSet<String> setAside,
      List<String> derived) {
    boolean deny = false;
    boolean permit = false;
    List<ApproverRequirement> unmet = new ArrayList<>();
    SortedSet<String> obligations = new TreeSet<>();
    SortedSet<String> broken = new TreeSet<>();
    for (Row row : counted) {
      row.obligations().forEach(obligation -> obligations.add(obligation.code()));
      boolean namesTheAct =
          row.when().stream().anyMatch(c -> c.attribute().path().equals("action"));
      if (row.effect() instanceof Effect.Prohibit) {
        deny = true;
        broken.add(row.clause().code());
      } else if (row.effect() instanceof Effect.Allow) {
        permit = true;
      } else if (row.effect() instanceof Effect.Approve approve) {
        if (isHeld(approve.approver(), facts)) {
          permit = true;
        } else {
          unmet.add(approve.approver());
          broken.add(row.clause().code());
        }
      } else if (row.effect() instanceof Effect.Duty duty) {
        if (duty.breaches().stream().anyMatch(breach -> holdAll(breach, facts))) {
          deny = true;
          broken.add(row.clause().code());
        } else {
          permit |= namesTheAct;
        }
      }
    }
    String outcome;
    if (deny) {
      outcome = "deny";
    } else if (!unmet.isEmpty()) {
      outcome = "approval-required";
    } else if (permit || free.test(facts)) {
      outcome = "permit";
    } else {
      outcome = "not-covered";
    }
    SortedSet<String> clauses = new TreeSet<>();
    counted.forEach(row -> clauses.add(row.clause().code()));
    List<Row> punishing = sanctions(facts, broken, matched);
    SortedSet<String> sanctions = new TreeSet<>();
    SortedSet<String> penalties = new TreeSet<>();
    for (Row row : punishing) {
      sanctions.add(row.clause().code());
      penalties.add(Answer.text(((Effect.Punish) row.effect()).sanction()));
    }
    return new Answer(
        outcome,
        outcome.equals("approval-required") ? leading(unmet) : "",
        obligations,
        clauses,
        broken,
        setAside,
        derived,
        sanctions,
        penalties);
  }

  private List<Row> sanctions(Map<String, Value> facts, Set<String> broken, List<Row> matched) {
    Map<String, Value> known = new HashMap<>(facts);
    Set<String> violated = new TreeSet<>();
    broken.forEach(code -> violated.add(policy.id() + "/" + code));
    pathOf(TermSource.CLAUSES)
        .ifPresent(
            path -> {
              if (facts.get(path) instanceof Value.Codes given) {
                violated.addAll(given.codes());
              }
              known.put(path, Value.Codes.of(violated));
            });
    List<Row> certain = new ArrayList<>();
    for (Row row : inForce()) {
      if (row.effect() instanceof Effect.Punish && holdAll(row.when(), known)) {
        certain.add(row);
      }
    }
    List<Row> overriding = new ArrayList<>(matched);
    overriding.addAll(certain);
    Set<String> overridden = overridden(overriding);
    certain.removeIf(row -> overridden.contains(row.clause().code()));
    return certain;
  }

  /** Highest rank of what each requirement puts forward, or the first level of the first one. */
  private String leading(List<ApproverRequirement> unmet) {
    ApproverLevel best = null;
    for (ApproverRequirement requirement : unmet) {
      ApproverLevel lowest = null;
      for (ApproverLevel level : requirement.levels()) {
        if (level.rank().isEmpty()) {
          continue;
        }
        if (requirement.all()) {
          best = higher(best, level);
        } else if (lowest == null || level.rank().getAsInt() < lowest.rank().getAsInt()) {
          lowest = level;
        }
      }
      best = lowest == null ? best : higher(best, lowest);
    }
    return best == null ? unmet.get(0).levels().get(0).code() : best.code();
  }

  private static ApproverLevel higher(ApproverLevel one, ApproverLevel other) {
    return one == null || other.rank().getAsInt() > one.rank().getAsInt() ? other : one;
  }

  /** Tries every way of giving each level an approval of its own. */
  private boolean isHeld(ApproverRequirement requirement, Map<String, Value> facts) {
    List<ApproverLevel> held = new ArrayList<>();
    Optional<Value> given = pathOf(TermSource.APPROVER_LEVELS).map(facts::get);
    if (given.orElse(null) instanceof Value.Codes codes) {
      for (ApproverLevel level : policy.vocabulary().approverLevels().all()) {
        if (codes.codes().contains(level.code())) {
          held.add(level);
        }
      }
    }
    if (!requirement.all()) {
      int least =
          requirement.levels().stream()
              .filter(level -> level.rank().isPresent())
              .mapToInt(level -> level.rank().getAsInt())
              .min()
              .orElse(Integer.MAX_VALUE);
      return held.stream()
          .anyMatch(
              level ->
                  requirement.levels().contains(level)
                      || level.rank().isPresent() && level.rank().getAsInt() >= least);
    }
    return sharedOut(requirement.levels(), held);
  }

  private static boolean sharedOut(List<ApproverLevel> needed, List<ApproverLevel> held) {
    if (needed.isEmpty()) {
      return true;
    }
    for (ApproverLevel approval : held) {
      ApproverLevel level = needed.get(0);
      boolean enough =
          approval.equals(level)
              || approval.rank().isPresent()
                  && level.rank().isPresent()
                  && approval.rank().getAsInt() >= level.rank().getAsInt();
      if (enough) {
        List<ApproverLevel> rest = new ArrayList<>(held);
        rest.remove(approval);
        if (sharedOut(needed.subList(1, needed.size()), rest)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The attribute whose terms are the approver levels, or the clauses. */
  private Optional<String> pathOf(TermSource source) {
    return policy.vocabulary().attributes().stream()
        .filter(attribute -> attribute.source() == source)
        .map(Attribute::path)
        .findFirst();
  }

  private static Set<String> overridden(List<Row> matched) {
    Set<String> overridden = new HashSet<>();
    matched.forEach(row -> overridden.addAll(row.overrides()));
    return overridden;
  }

  private List<Row> inForce() {
    return policy.rows().stream().filter(row -> row.inForce().contains(asOf)).toList();
  }

  private static boolean isNorm(Row row) {
    return row.effect() instanceof Effect.Prohibit
        || row.effect() instanceof Effect.Approve
        || row.effect() instanceof Effect.Allow
        || row.effect() instanceof Effect.Duty;
  }

  private static boolean is(Map<String, Value> facts, String path, String code) {
    return facts.get(path) instanceof Value.Code value && value.code().equals(code);
  }

  private static int rank(Optional<Attribute> attribute, String code) {
    int rank = 0;
    for (Term term : attribute.orElseThrow().terms()) {
      if (term.code().equals(code)) {
        return rank;
      }
      rank++;
    }
    throw new IllegalArgumentException(code);
  }

  private boolean holdAll(List<Condition> conditions, Map<String, Value> facts) {
    return conditions.stream().allMatch(condition -> holds(condition, facts));
  }

  /** From the cells as the author listed them, not from what production code expanded. */
  private boolean holds(Condition condition, Map<String, Value> facts) {
    Attribute attribute = condition.attribute();
    Value value = facts.get(attribute.path());
    if (value == null) {
      return false;
    }
    if (condition.test() instanceof Test.AnyOf anyOf) {
      return anyOf.listed().stream().anyMatch(code -> counts(attribute, value.toString(), code));
    }
    if (condition.test() instanceof Test.NoneOf noneOf) {
      return noneOf.listed().stream().noneMatch(code -> counts(attribute, value.toString(), code));
    }
    if (condition.test() instanceof Test.Members members) {
      Set<String> given = ((Value.Codes) value).codes();
      List<Boolean> present = new ArrayList<>();
      for (String listed : members.listed()) {
        present.add(given.stream().anyMatch(code -> counts(attribute, code, listed)));
      }
      return switch (members.membership()) {
        case HAS_ALL -> !present.contains(false);
        case HAS_ANY -> present.contains(true);
        case LACKS_ANY -> present.contains(false);
        case LACKS_ALL -> !present.contains(true);
      };
    }
    return condition.test().holds(value);
  }

  /** Whether a value is the listed code, a narrower term of it, or a clause at or below it. */
  private boolean counts(Attribute attribute, String value, String listed) {
    if (attribute.type() == AttributeType.SET && attribute.terms().isEmpty()) {
      return namedClauses.computeIfAbsent(listed, this::clausesNamed).contains(value);
    }
    Set<String> seen = new LinkedHashSet<>();
    Optional<Term> term = attribute.term(value);
    while (term.isPresent() && seen.add(term.get().code())) {
      term = term.get().broader().flatMap(attribute::term);
    }
    return value.equals(listed) || seen.contains(listed);
  }

  private Set<String> clausesNamed(String listed) {
    Set<String> ids = new HashSet<>();
    for (Clause clause : policy.clauses()) {
      boolean byCode = clause.id().equals(listed) || clause.code().equals(listed);
      if (byCode) {
        return Set.of(clause.id());
      }
      if (dev.clearance.policy.Locator.covers(listed, clause.locator())) {
        ids.add(clause.id());
      }
    }
    return ids;
  }
}
