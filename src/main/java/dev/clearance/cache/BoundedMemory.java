package dev.clearance.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.Likeness;
import dev.clearance.decision.Verdict;
import dev.clearance.decision.VerdictMemory;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps so much and no more; verdicts that are seldom asked for make room. */
public final class BoundedMemory implements VerdictMemory {

  /** What is kept of a request, and by the cache itself. */
  private static final int KEY = 200;

  private final Cache<Likeness, Remembered> verdicts;
  private final Function<Verdict, Optional<byte[]>> text;
  private volatile @Nullable Remembering latest;

  /** A decision point and its like that remembers. */
  private record Remembering(DecisionPoint plain, DecisionPoint point) {}

  private BoundedMemory(
      Caffeine<Object, ? super Remembered> bounds, Function<Verdict, Optional<byte[]>> text) {
    // Room is made by the thread that needs it: a task for the common pool costs more than that.
    this.verdicts = bounds.executor(Runnable::run).recordStats().build();
    this.text = text;
  }

  /**
   * @param most how many verdicts are kept, without text
   */
  public static BoundedMemory ofVerdicts(int most) {
    return new BoundedMemory(Caffeine.newBuilder().maximumSize(most), any -> Optional.empty());
  }

  /**
   * @param most how many bytes all that is kept may take, near enough
   * @param text what is sent of a verdict, kept with it
   */
  public static BoundedMemory ofBytes(long most, Function<Verdict, byte[]> text) {
    return new BoundedMemory(
        Caffeine.newBuilder().maximumWeight(most).weigher((any, kept) -> weight(kept)),
        text.andThen(Optional::of));
  }

  /** A verdict shares most of what it says with the rules: it takes half of what its text does. */
  private static int weight(Remembered kept) {
    int text = kept.text().map(bytes -> bytes.length).orElse(0);
    return KEY + text + text / 2;
  }

  /**
   * The decision point, answering from memory where it can. A new one takes over what still holds;
   * what was decided under rules that are no longer in force is forgotten.
   */
  public DecisionPoint of(DecisionPoint plain) {
    Remembering known = latest;
    if (known == null || known.plain() != plain) {
      known = new Remembering(plain, plain.remembering(this));
      latest = known;
      verdicts.asMap().keySet().removeIf(like -> !like.isUnder(plain.rules().policies()));
    }
    return known.point();
  }

  @Override
  public Optional<Remembered> recall(Likeness likeness) {
    return Optional.ofNullable(verdicts.getIfPresent(likeness));
  }

  @Override
  public Remembered keep(Likeness likeness, Verdict verdict) {
    Remembered kept = new Remembered(verdict, text.apply(verdict));
    verdicts.put(likeness, kept);
    return kept;
  }

  /** The cache itself, for those who measure it. */
  public Cache<?, ?> cache() {
    return verdicts;
  }

  /** What is kept takes so many bytes, near enough. */
  public long bytes() {
    return verdicts.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }
}
