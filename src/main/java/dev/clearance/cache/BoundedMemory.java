package dev.clearance.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.Likeness;
import dev.clearance.decision.Verdict;
import dev.clearance.decision.VerdictMemory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps so many verdicts and no more; those that are seldom asked for make room. */
public final class BoundedMemory implements VerdictMemory {

  private final Cache<Likeness, Verdict> verdicts;
  private volatile @Nullable Remembering latest;

  /** A decision point and its like that remembers. */
  private record Remembering(DecisionPoint plain, DecisionPoint point) {}

  /**
   * @param size the most verdicts that are kept
   */
  public BoundedMemory(int size) {
    // Room is made by the thread that needs it: a task for the common pool costs more than that.
    verdicts =
        Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).recordStats().build();
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
  public Optional<Verdict> recall(Likeness likeness) {
    return Optional.ofNullable(verdicts.getIfPresent(likeness));
  }

  @Override
  public void keep(Likeness likeness, Verdict verdict) {
    verdicts.put(likeness, verdict);
  }

  /** The cache itself, for those who measure it. */
  public Cache<?, ?> cache() {
    return verdicts;
  }
}
