package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one policy, or of two versions of it, over one space. What both versions hold is one
 * item; each version is a view of the items.
 */
final class Model {

  /** Needs one of its literals to hold. */
  record Clause(Map<Integer, BitSet> literals) {}

  private final Space space;
  private final List<Policy> policies;
  private final List<Item> items = new ArrayList<>();
  private final List<BitSet> views = new ArrayList<>();

  /** For each view where in the order of its rows an item stands. */
  private final List<Map<Integer, Integer>> positions = new ArrayList<>();

  private final List<Integer> definitions = new ArrayList<>();
  private final List<Clause> clauses = new ArrayList<>();
  private final Map<Clause, Integer> clauseIndex = new HashMap<>();
  private final Map<Row, List<Integer>> itemsOf = new java.util.IdentityHashMap<>();
  private final Map<ApproverRequirement, List<Set<String>>> unmet = new HashMap<>();

  private final Freedom freedom;
  private final Map<Facts, Boolean> free = new HashMap<>();

  private Model(List<Policy> policies, Freedom freedom) {
    this.space = Space.of(policies, freedom);
    this.policies = policies;
    this.freedom = freedom;
  }

  static Model of(Policy policy, Freedom freedom) {
    Model model = new Model(List.of(policy), freedom);
    model.addView(policy, Map.of());
    return model;
  }

  /**
   * Two versions in one model.
   *
   * @param same rows of the new version with the row of the old one that says the same
   */
  static Model of(Policy before, Policy after, Freedom freedom, Map<Row, Row> same) {
    Model model = new Model(List.of(before, after), freedom);
    model.addView(before, Map.of());
    model.addView(after, before.inForce().equals(after.inForce()) ? same : Map.of());
    return model;
  }

  Space space() {
    return space;
  }

  /**
   * Whether the rules leave an act free that reads so.
   *
   * @param reading of the facts at which the rules look; the day is none of them
   */
  boolean isFree(Facts reading) {
    return free.computeIfAbsent(reading, any -> freedom.isFree(reading, LocalDate.EPOCH));
  }

  Policy policy(int view) {
    return policies.get(view);
  }

  List<Item> items() {
    return items;
  }

  List<Integer> definitions() {
    return definitions;
  }

  Item item(int index) {
    return items.get(index);
  }

  int views() {
    return views.size();
  }

  BitSet view(int view) {
    return views.get(view);
  }

  /** Where in the order of the rows of a view an item stands. */
  Map<Integer, Integer> positions(int view) {
    return positions.get(view);
  }

  List<Clause> clauses() {
    return clauses;
  }

  /** The item that says that the row applies comes first. */
  List<Integer> itemsOf(Row row) {
    return itemsOf.getOrDefault(row, List.of());
  }

  private void addView(Policy policy, Map<Row, Row> same) {
    BitSet view = new BitSet();
    Map<Integer, Integer> ordered = new HashMap<>();
    views.add(view);
    positions.add(ordered);
    addInForce(view, ordered, policy);
    for (Row row : policy.rows()) {
      Row twin = same.get(row);
      if (twin != null) {
        List<Integer> shared = itemsOf.get(twin);
        itemsOf.put(row, shared);
        shared.forEach(view::set);
        shared.forEach(item -> ordered.put(item, ordered.size()));
        continue;
      }
      int first = items.size();
      addRow(view, ordered, row, policy);
      List<Integer> own = new ArrayList<>();
      for (int i = first; i < items.size(); i++) {
        own.add(i);
      }
      itemsOf.put(row, own);
    }
    policy.vocabulary().violations().ifPresent(attribute -> addNamed(view, ordered, attribute));
  }

  private void addInForce(BitSet view, Map<Integer, Integer> ordered, Policy policy) {
    if (policies.get(0).inForce().equals(policy.inForce()) && views.size() > 1) {
      share(view, ordered, Item.Kind.IN_FORCE);
      return;
    }
    add(view, ordered, new Draft(Item.Kind.IN_FORCE, Optional.empty()).on(policy.inForce()));
  }

  /** What does not come from a row is the same under both versions. */
  private void share(BitSet view, Map<Integer, Integer> ordered, Item.Kind kind) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).kind() == kind) {
        view.set(i);
        ordered.put(i, ordered.size());
      }
    }
  }

  private void addNamed(BitSet view, Map<Integer, Integer> ordered, Attribute attribute) {
    if (views.size() > 1) {
      share(view, ordered, Item.Kind.NAMED);
      return;
    }
    for (int axis : space.axesOf(attribute)) {
      if (space.axis(axis).kind() == Axis.Kind.MEMBER) {
        Draft draft = new Draft(Item.Kind.NAMED, Optional.empty());
        draft.literal(axis, only(1));
        draft.literal(space.givenAxis(axis), only(1));
        add(view, ordered, draft);
      }
    }
  }

  private void addRow(BitSet view, Map<Integer, Integer> ordered, Row row, Policy policy) {
    Effect effect = row.effect();
    if (effect instanceof Effect.Classify) {
      add(view, ordered, draft(Item.Kind.CLASSIFY, row, policy));
    } else if (effect instanceof Effect.Define) {
      add(view, ordered, draft(Item.Kind.DEFINE, row, policy));
    } else if (effect instanceof Effect.Prohibit) {
      add(view, ordered, draft(Item.Kind.PROHIBIT, row, policy));
    } else if (effect instanceof Effect.Allow) {
      add(view, ordered, draft(Item.Kind.ALLOW, row, policy));
    } else if (effect instanceof Effect.Punish) {
      add(view, ordered, draft(Item.Kind.PUNISH, row, policy));
    } else if (effect instanceof Effect.Approve approve) {
      add(view, ordered, draft(Item.Kind.APPROVE, row, policy));
      for (Set<String> lacked : unmet(approve.approver(), policy.vocabulary())) {
        Draft draft = draft(Item.Kind.UNMET, row, policy);
        draft.lacks(policy.vocabulary(), lacked);
        add(view, ordered, draft);
      }
    } else if (effect instanceof Effect.Duty duty) {
      add(view, ordered, draft(Item.Kind.DUTY, row, policy));
      for (List<Condition> breach : duty.breaches()) {
        Draft draft = draft(Item.Kind.BREACH, row, policy);
        breach.forEach(draft::on);
        add(view, ordered, draft);
      }
    }
  }

  private Draft draft(Item.Kind kind, Row row, Policy policy) {
    Draft draft = new Draft(kind, Optional.of(row)).on(row.inForce()).on(policy.inForce());
    row.when().forEach(draft::on);
    return draft;
  }

  private void add(BitSet view, Map<Integer, Integer> ordered, Draft draft) {
    view.set(items.size());
    ordered.put(items.size(), ordered.size());
    if (draft.kind == Item.Kind.DEFINE) {
      definitions.add(items.size());
    }
    items.add(draft.item());
  }

  private static BitSet only(int cell) {
    BitSet cells = new BitSet();
    cells.set(cell);
    return cells;
  }

  /**
   * For a requirement the smallest sets of approvals whose absence leaves it unmet: it is unmet
   * exactly when one of these sets is absent as a whole.
   */
  private List<Set<String>> unmet(ApproverRequirement requirement, Vocabulary vocabulary) {
    return unmet.computeIfAbsent(requirement, any -> computeUnmet(requirement, vocabulary));
  }

  private static List<Set<String>> computeUnmet(
      ApproverRequirement requirement, Vocabulary vocabulary) {
    List<ApproverLevel> enough =
        vocabulary.approverLevels().all().stream()
            .filter(held -> requirement.levels().stream().anyMatch(held::suffices))
            .toList();
    if (!requirement.all()) {
      Set<String> codes = new LinkedHashSet<>();
      enough.forEach(level -> codes.add(level.code()));
      return List.of(codes);
    }
    List<Set<String>> lacked = new ArrayList<>();
    for (BitSet held : largestUnmet(requirement, enough)) {
      Set<String> absent = new LinkedHashSet<>();
      for (int i = held.nextClearBit(0); i < enough.size(); i = held.nextClearBit(i + 1)) {
        absent.add(enough.get(i).code());
      }
      lacked.add(absent);
    }
    return lacked;
  }

  /** The largest sets of approvals that do not meet the requirement, by growing them. */
  private static List<BitSet> largestUnmet(
      ApproverRequirement requirement, List<ApproverLevel> enough) {
    Set<BitSet> layer = new LinkedHashSet<>();
    layer.add(new BitSet());
    List<BitSet> largest = new ArrayList<>();
    while (!layer.isEmpty()) {
      Set<BitSet> next = new LinkedHashSet<>();
      for (BitSet held : layer) {
        boolean grows = false;
        for (int i = 0; i < enough.size(); i++) {
          if (!held.get(i)) {
            BitSet more = (BitSet) held.clone();
            more.set(i);
            if (!requirement.isMetBy(more.stream().mapToObj(enough::get).toList())) {
              next.add(more);
              grows = true;
            }
          }
        }
        if (!grows) {
          largest.add(held);
        }
      }
      layer = next;
    }
    return largest;
  }

  /** An item while its conditions are being added. */
  private final class Draft {

    private final Item.Kind kind;
    private final Optional<Row> row;
    private final Map<Integer, BitSet> literals = new LinkedHashMap<>();
    private final Set<Integer> needed = new LinkedHashSet<>();
    private final List<Condition> onChanging = new ArrayList<>();
    private final List<Condition> onViolations = new ArrayList<>();

    private Draft(Item.Kind kind, Optional<Row> row) {
      this.kind = kind;
      this.row = row;
    }

    private Item item() {
      return new Item(kind, row, literals, List.copyOf(needed), onChanging, onViolations);
    }

    private Draft on(InForce inForce) {
      if (!inForce.isAlways()) {
        Axis days = space.axis(space.dayAxis());
        BitSet allowed = new BitSet();
        for (int cell = 0; cell < days.size(); cell++) {
          allowed.set(cell, inForce.contains(((Cell.Days) days.cells().get(cell)).day()));
        }
        literal(days.index(), allowed);
      }
      return this;
    }

    private void literal(int axis, BitSet allowed) {
      BitSet already = literals.get(axis);
      if (already == null) {
        literals.put(axis, allowed);
      } else {
        already.and(allowed);
      }
    }

    private void on(Condition condition) {
      Attribute attribute = condition.attribute();
      if (kind == Item.Kind.DEFINE && space.changing().contains(attribute)) {
        onChanging.add(condition);
      } else if (kind == Item.Kind.PUNISH && isViolations(attribute)) {
        onViolations.add(condition);
      } else if (attribute.type() == AttributeType.SET) {
        onSet(condition);
      } else {
        Axis axis = space.axis(space.axesOf(attribute).get(0));
        BitSet allowed = new BitSet();
        for (int cell = 0; cell < axis.size(); cell++) {
          Optional<Value> sample = axis.cells().get(cell).sample();
          allowed.set(cell, sample.map(condition.test()::holds).orElse(false));
        }
        literal(axis.index(), allowed);
      }
    }

    private boolean isViolations(Attribute attribute) {
      return space.vocabulary().violations().equals(Optional.of(attribute));
    }

    private void onSet(Condition condition) {
      List<Integer> own = space.axesOf(condition.attribute());
      if (!(condition.test() instanceof Test.Members members)) {
        literal(space.dayAxis(), new BitSet());
        return;
      }
      if (!own.isEmpty() && space.axis(own.get(0)).kind() == Axis.Kind.SET_GIVEN) {
        literal(own.get(0), only(1));
      }
      List<List<Integer>> groups = new ArrayList<>();
      for (Set<String> member : members.covered()) {
        groups.add(own.stream().filter(axis -> isPartOf(axis, member)).toList());
      }
      switch (members.membership()) {
        case HAS_ALL -> groups.forEach(group -> oneOf(group, 1));
        case HAS_ANY -> oneOf(groups.stream().flatMap(List::stream).distinct().toList(), 1);
        case LACKS_ALL -> groups.forEach(group -> group.forEach(axis -> literal(axis, only(0))));
        case LACKS_ANY -> lacksOne(groups, 0, new ArrayList<>());
      }
    }

    private boolean isPartOf(int axis, Set<String> member) {
      return space.axis(axis).cells().get(0) instanceof Cell.Member cell
          && member.containsAll(cell.codes());
    }

    private void oneOf(List<Integer> axes, int cell) {
      if (axes.size() == 1) {
        literal(axes.get(0), only(cell));
        return;
      }
      Map<Integer, BitSet> either = new LinkedHashMap<>();
      axes.forEach(axis -> either.put(axis, only(cell)));
      needed.add(clause(new Clause(either)));
    }

    /** Some group lacks all its parts: for every choice of one part per group one is lacking. */
    private void lacksOne(List<List<Integer>> groups, int from, List<Integer> chosen) {
      if (from == groups.size()) {
        oneOf(chosen.stream().distinct().sorted().toList(), 0);
        return;
      }
      for (int axis : groups.get(from)) {
        chosen.add(axis);
        lacksOne(groups, from + 1, chosen);
        chosen.remove(chosen.size() - 1);
      }
    }

    private void lacks(Vocabulary vocabulary, Set<String> codes) {
      Optional<Attribute> approvals = vocabulary.approvals();
      if (approvals.isEmpty()) {
        return;
      }
      for (int axis : space.axesOf(approvals.get())) {
        if (isPartOf(axis, codes)) {
          literal(axis, only(0));
        }
      }
    }
  }

  private int clause(Clause clause) {
    return clauseIndex.computeIfAbsent(
        clause,
        added -> {
          clauses.add(added);
          return clauses.size() - 1;
        });
  }
}
