package dev.clearance.analysis;

/** Whether two items both count. Label 1 if so, else 0. */
final class BothQuestion implements Question {

  private final Slice slice;
  private final long[] both;
  private final long[] relevant;

  BothQuestion(Slice slice, int one, int other) {
    this.slice = slice;
    this.both = Reviewed.bits(slice, one, other);
    this.relevant = PresenceQuestion.withOverriders(slice, both);
  }

  @Override
  public long[] relevant() {
    return relevant;
  }

  @Override
  public int settled(long[] state, int from, int level, boolean free) {
    long[] set = slice.overridden(state, from);
    long[] done = slice.done(level);
    boolean certain = true;
    boolean open = false;
    for (int i = 0; i < both.length; i++) {
      if ((both[i] & ~state[from + i]) != 0) {
        return 0;
      }
      certain &= (both[i] & ~done[i]) == 0 && (set == null || (both[i] & set[i]) == 0);
      open |= (state[from + i] & relevant[i] & ~done[i]) != 0;
    }
    return certain ? 1 : open ? OPEN : 0;
  }
}
