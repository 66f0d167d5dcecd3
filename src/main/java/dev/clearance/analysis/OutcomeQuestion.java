package dev.clearance.analysis;

import dev.clearance.decision.Outcome;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.ApproverLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which outcome, and where an approval is required, by whom first. */
final class OutcomeQuestion implements Question {

  static final int DENY = 0;
  static final int PERMIT = 1;
  static final int NOT_COVERED = 2;
  private static final int APPROVAL = 3;

  private final Slice slice;
  private final int words;
  private final Approvers approvers;
  private final long[] forbids;
  private final long[] lacks;
  private final long[] permits;
  private final long[] effects;
  private final long[] relevant;
  private final int[] lacking;

  /** The approver levels that answers may name, numbered. */
  static final class Approvers {
    private final List<ApproverLevel> levels = new ArrayList<>();

    int number(ApproverLevel level) {
      if (!levels.contains(level)) {
        levels.add(level);
      }
      return levels.indexOf(level);
    }
  }

  OutcomeQuestion(Slice slice, int view, Approvers approvers) {
    this.slice = slice;
    this.words = slice.words();
    this.approvers = approvers;
    this.forbids = slice.ofKind(Item.Kind.PROHIBIT, Item.Kind.BREACH);
    this.lacks = slice.ofKind(Item.Kind.UNMET);
    this.permits = slice.ofKind(Item.Kind.ALLOW, Item.Kind.APPROVE);
    for (int i = 0; i < slice.size(); i++) {
      if (slice.item(i).kind() == Item.Kind.DUTY
          && slice.item(i).row().orElseThrow().namesTheAct()) {
        Bits.set(permits, 0, i);
      }
    }
    this.effects = new long[words];
    Bits.or(effects, 0, forbids);
    Bits.or(effects, 0, lacks);
    Bits.or(effects, 0, permits);
    this.relevant = PresenceQuestion.withOverriders(slice, effects);
    Bits.or(relevant, 0, slice.ofKind(Item.Kind.IN_FORCE));
    this.lacking = slice.ordered(view, Item.Kind.UNMET);
  }

  @Override
  public long[] relevant() {
    return relevant;
  }

  @Override
  public int settled(long[] state, int from, int level, boolean free) {
    long[] set = slice.overridden(state, from);
    long[] done = slice.done(level);
    boolean open = false;
    boolean lacksOne = false;
    boolean permitsOne = false;
    boolean mayForbid = false;
    boolean mayLack = false;
    for (int i = 0; i < words; i++) {
      long alive = state[from + i] & relevant[i];
      long unsure = alive & ~done[i];
      open |= unsure != 0;
      long counted = alive & done[i] & ~(set == null ? 0 : set[i]);
      if ((counted & forbids[i]) != 0) {
        return DENY;
      }
      lacksOne |= (counted & lacks[i]) != 0;
      permitsOne |= (counted & permits[i]) != 0;
      mayForbid |= (alive & forbids[i]) != 0;
      mayLack |= (alive & lacks[i]) != 0;
    }
    if (!open) {
      return lacksOne
          ? APPROVAL + approvers.number(leading(state, from, set))
          : permitsOne || free ? PERMIT : NOT_COVERED;
    }
    if (!mayForbid && !mayLack && (permitsOne || free)) {
      return PERMIT;
    }
    return Bits.meets(state, from, effects) ? OPEN : free ? PERMIT : NOT_COVERED;
  }

  private ApproverLevel leading(
      long[] state, int from, long @org.jspecify.annotations.Nullable [] set) {
    List<ApproverRequirement> unmet = new ArrayList<>();
    for (int i : lacking) {
      if (Bits.get(state, from, i) && (set == null || !Bits.get(set, 0, i))) {
        unmet.add(requirement(slice.item(i).row().orElseThrow()));
      }
    }
    return leading(unmet);
  }

  static ApproverRequirement requirement(Row row) {
    return ((Effect.Approve) row.effect()).approver();
  }

  /** The internal level of the highest rank, or the first of the first where none is ranked. */
  static ApproverLevel leading(List<ApproverRequirement> unmet) {
    Optional<ApproverLevel> leading = Optional.empty();
    for (ApproverRequirement requirement : unmet) {
      for (ApproverLevel level : requirement.leadingLevels()) {
        if (leading.isEmpty() || leading.get().rank().orElse(-1) < level.rank().getAsInt()) {
          leading = Optional.of(level);
        }
      }
      if (leading.isEmpty()) {
        leading = Optional.of(requirement.levels().get(0));
      }
    }
    return leading.orElseThrow();
  }

  @Override
  public void reduce(long[] state, int from, int level) {
    PresenceQuestion.dropSetAside(slice, state, from, level);
    long[] set = slice.overridden(state, from);
    long[] done = slice.done(level);
    boolean lacksOne = false;
    for (int i = 0; i < words; i++) {
      lacksOne |= (state[from + i] & done[i] & lacks[i] & ~(set == null ? 0 : set[i])) != 0;
    }
    if (lacksOne) {
      long[] overriding = slice.overriding();
      for (int i = 0; i < words; i++) {
        state[from + i] &= ~(permits[i] & ~overriding[i]);
      }
      return;
    }
    keepOnePermission(state, from, set, done);
  }

  /** Where one permission is certain, any other adds nothing; the first stands for all. */
  private void keepOnePermission(
      long[] state, int from, long @org.jspecify.annotations.Nullable [] set, long[] done) {
    int first = -1;
    for (int i = 0; i < words && first < 0; i++) {
      long certain = state[from + i] & done[i] & permits[i] & ~(set == null ? 0 : set[i]);
      if (certain != 0) {
        first = (i << 6) + Long.numberOfTrailingZeros(certain);
      }
    }
    if (first >= 0) {
      long[] overriding = slice.overriding();
      for (int i = 0; i < words; i++) {
        state[from + i] &= ~(permits[i] & ~overriding[i]);
      }
      Bits.set(state, from, first);
    }
  }

  static Outcome outcome(int label) {
    return switch (label) {
      case DENY -> Outcome.DENY;
      case PERMIT -> Outcome.PERMIT;
      case NOT_COVERED -> Outcome.NOT_COVERED;
      default -> Outcome.APPROVAL_REQUIRED;
    };
  }

  static Optional<ApproverLevel> approver(int label, Approvers approvers) {
    return label < APPROVAL
        ? Optional.empty()
        : Optional.of(approvers.levels.get(label - APPROVAL));
  }
}
