package dev.clearance.analysis;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether any of some sanctions is certain once the act is done: label 1 if so, else 0. The clauses
 * that the act breaks join those that the request names.
 */
final class SanctionQuestion implements Question {

  private final Slice slice;
  private final long[] members;
  private final long[] relevant;
  private final long[] punishing;
  private final long[] naming;
  private final long[] breaking;
  private final List<AnyOf> anyOfs = new ArrayList<>();
  private final boolean onlyAnyOf;

  SanctionQuestion(Slice slice, long[] members) {
    this.slice = slice;
    this.members = members;
    this.punishing = slice.ofKind(Item.Kind.PUNISH);
    this.naming = slice.ofKind(Item.Kind.NAMED);
    long[] breakers = slice.ofKind(Item.Kind.PROHIBIT, Item.Kind.BREACH, Item.Kind.UNMET);
    long[] punishers = members.clone();
    List<Integer> overriders = new ArrayList<>();
    for (int i = 0; i < slice.size(); i++) {
      if (Bits.get(slice.overriding(), 0, i) && Bits.meets(slice.overriddenBy(i), 0, members)) {
        overriders.add(i);
        if (Bits.get(punishing, 0, i)) {
          Bits.set(punishers, 0, i);
        }
      }
    }
    this.breaking = new long[slice.words()];
    List<Condition> violations = askedViolations(punishers);
    for (int i = 0; i < slice.size() && !violations.isEmpty(); i++) {
      if (Bits.get(breakers, 0, i) && isAskedFor(slice.item(i).row().orElseThrow(), violations)) {
        Bits.set(breaking, 0, i);
      }
    }
    long[] all = breaking.clone();
    Bits.or(all, 0, punishers);
    this.relevant = PresenceQuestion.withOverriders(slice, all);
    if (!violations.isEmpty()) {
      Bits.or(relevant, 0, naming);
    }
    overriders.forEach(i -> Bits.set(relevant, 0, i));
    boolean any = true;
    for (int i = 0; i < slice.size(); i++) {
      if (Bits.get(punishers, 0, i)) {
        for (Condition condition : slice.item(i).onViolations()) {
          any &= isAnyOf(condition);
          addAnyOf(i, condition);
        }
      }
    }
    this.onlyAnyOf = any;
  }

  /**
   * A condition that one violated clause of several satisfies.
   *
   * @param givers the items that can satisfy it
   */
  private record AnyOf(long[] givers, int user) {}

  private void addAnyOf(int user, Condition condition) {
    long[] givers = new long[slice.words()];
    for (int i = 0; i < slice.size(); i++) {
      boolean gives = Bits.get(naming, 0, i) || Bits.get(breaking, 0, i);
      if (gives && condition.test().holds(Value.Codes.of(List.of(clause(i))))) {
        Bits.set(givers, 0, i);
      }
    }
    anyOfs.add(new AnyOf(givers, user));
  }

  private static boolean isAnyOf(Condition condition) {
    return condition.test() instanceof dev.clearance.policy.Test.Members asked
        && (asked.membership() == dev.clearance.policy.Test.Membership.HAS_ANY
            || asked.membership() == dev.clearance.policy.Test.Membership.HAS_ALL
                && asked.covered().size() == 1);
  }

  /** The clause that an item names as violated, or breaks. */
  private String clause(int i) {
    if (Bits.get(naming, 0, i)) {
      int axis = slice.item(i).literals().keySet().stream().max(Integer::compare).orElseThrow();
      return ((Cell.Member) slice.space().axis(axis).cells().get(1)).codes().get(0);
    }
    return slice.item(i).row().orElseThrow().clause().id();
  }

  /** Of what satisfies a condition one is enough; what satisfies nothing open does not matter. */
  @Override
  public void reduce(long[] state, int from, int level) {
    dropSetAside(state, from, level);
    if (!Bits.meets(state, from, members)) {
      Bits.remove(state, from, relevant);
      return;
    }
    if (!onlyAnyOf) {
      return;
    }
    long[] set = overridingNorms(state, from);
    long[] done = slice.done(level);
    long[] needed = new long[slice.words()];
    for (AnyOf anyOf : anyOfs) {
      if (!Bits.get(state, from, anyOf.user())) {
        continue;
      }
      int certain = -1;
      for (int i = 0; i < needed.length && certain < 0; i++) {
        long sure = state[from + i] & anyOf.givers()[i] & done[i] & ~set[i];
        certain = sure == 0 ? -1 : (i << 6) + Long.numberOfTrailingZeros(sure);
      }
      if (certain < 0) {
        Bits.or(needed, 0, anyOf.givers());
      } else {
        Bits.set(needed, 0, certain);
      }
    }
    long[] overriding = slice.overriding();
    for (int i = 0; i < needed.length; i++) {
      long givers = naming[i] | breaking[i];
      state[from + i] &= ~(givers & ~needed[i] & ~overriding[i]);
    }
  }

  /** A sanction applies for certain only when the violations are known: norms alone set aside. */
  private void dropSetAside(long[] state, int from, int level) {
    long[] certain = new long[slice.words()];
    System.arraycopy(state, from, certain, 0, certain.length);
    Bits.and(certain, 0, slice.done(level));
    long[] set = overridingNorms(certain, 0);
    Bits.remove(set, 0, slice.overriding());
    Bits.remove(state, from, set);
  }

  private static boolean isAskedFor(Row row, List<Condition> violations) {
    Value violated = Value.Codes.of(List.of(row.clause().id()));
    Value none = Value.Codes.of(List.of());
    for (Condition condition : violations) {
      boolean named =
          condition.test() instanceof dev.clearance.policy.Test.Members asked
              && asked.covered().stream().anyMatch(c -> c.contains(row.clause().id()));
      if (named || condition.test().holds(violated) != condition.test().holds(none)) {
        return true;
      }
    }
    return false;
  }

  private List<Condition> askedViolations(long[] punishers) {
    List<Condition> asked = new ArrayList<>();
    for (int i = 0; i < slice.size(); i++) {
      if (Bits.get(punishers, 0, i)) {
        asked.addAll(slice.item(i).onViolations());
      }
    }
    return asked;
  }

  @Override
  public long[] relevant() {
    return relevant;
  }

  @Override
  public int settled(long[] state, int from, int level, boolean free) {
    if (!Bits.meets(state, from, members)) {
      return 0;
    }
    long[] done = slice.done(level);
    for (int i = 0; i < done.length; i++) {
      if ((state[from + i] & relevant[i] & ~done[i]) != 0) {
        return OPEN;
      }
    }
    long[] set = overridingNorms(state, from);
    Value violated = Value.Codes.of(violated(state, from, set));
    long[] applying = new long[slice.words()];
    for (int i = 0; i < slice.size(); i++) {
      if (Bits.get(state, from, i)
          && Bits.get(punishing, 0, i)
          && Bits.get(relevant, 0, i)
          && allHold(slice.item(i).onViolations(), violated)) {
        Bits.set(applying, 0, i);
      }
    }
    long[] more = slice.overridden(applying, 0);
    if (more != null) {
      Bits.or(set, 0, more);
    }
    Bits.remove(applying, 0, set);
    return Bits.meets(applying, 0, members) ? 1 : 0;
  }

  private long[] overridingNorms(long[] state, int from) {
    long[] norms = new long[slice.words()];
    System.arraycopy(state, from, norms, 0, norms.length);
    Bits.remove(norms, 0, punishing);
    long[] set = slice.overridden(norms, 0);
    return set == null ? new long[slice.words()] : set;
  }

  private Set<String> violated(long[] state, int from, long[] set) {
    Set<String> violated = new LinkedHashSet<>();
    for (int i = 0; i < slice.size(); i++) {
      if (!Bits.get(state, from, i)) {
        continue;
      }
      if (Bits.get(naming, 0, i) || Bits.get(breaking, 0, i) && !Bits.get(set, 0, i)) {
        violated.add(clause(i));
      }
    }
    return violated;
  }

  private static boolean allHold(List<Condition> conditions, Value violated) {
    for (Condition condition : conditions) {
      if (!condition.test().holds(violated)) {
        return false;
      }
    }
    return true;
  }
}
