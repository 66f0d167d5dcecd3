package dev.clearance.analysis;

/** Whether any of some items counts: holds and is not set aside. Label 1 if so, else 0. */
final class PresenceQuestion implements Question {

  private final Slice slice;
  private final long[] members;
  private final long[] relevant;

  PresenceQuestion(Slice slice, long[] members) {
    this.slice = slice;
    this.members = members;
    this.relevant = withOverriders(slice, members);
  }

  /** The items and all that may set one of them aside. */
  static long[] withOverriders(Slice slice, long[] members) {
    long[] all = members.clone();
    for (int i = 0; i < slice.size(); i++) {
      if (Bits.get(slice.overriding(), 0, i)
          && slice.item(i).kind() != Item.Kind.PUNISH
          && Bits.meets(slice.overriddenBy(i), 0, members)) {
        Bits.set(all, 0, i);
      }
    }
    return all;
  }

  /** What is certainly set aside and sets nothing aside itself does not matter. */
  static void dropSetAside(Slice slice, long[] state, int from, int level) {
    long[] certain = new long[slice.words()];
    System.arraycopy(state, from, certain, 0, certain.length);
    Bits.and(certain, 0, slice.done(level));
    long[] set = slice.overridden(certain, 0);
    if (set != null) {
      Bits.remove(set, 0, slice.overriding());
      Bits.remove(state, from, set);
    }
  }

  @Override
  public long[] relevant() {
    return relevant;
  }

  @Override
  public int settled(long[] state, int from, int level, boolean free) {
    long[] set = slice.overridden(state, from);
    long[] done = slice.done(level);
    boolean possible = false;
    boolean open = false;
    for (int i = 0; i < members.length; i++) {
      long alive = state[from + i] & members[i];
      long counted = alive & ~(set == null ? 0 : set[i]);
      if ((counted & done[i]) != 0) {
        return 1;
      }
      possible |= alive != 0;
      open |= (state[from + i] & relevant[i] & ~done[i]) != 0;
    }
    return possible && open ? OPEN : 0;
  }

  @Override
  public void reduce(long[] state, int from, int level) {
    dropSetAside(slice, state, from, level);
    // Where no member is left to be set aside, what would do so does not matter.
    if (!Bits.meets(state, from, members)) {
      Bits.remove(state, from, relevant);
    }
  }
}
