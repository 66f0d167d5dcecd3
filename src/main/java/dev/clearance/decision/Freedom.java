package dev.clearance.decision;

import dev.clearance.policy.Facts;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** Which acts are free where no row speaks: the rules that hold across policies say so. */
public interface Freedom {

  /**
   * @param reading the facts as they finally read, derived ones included
   */
  boolean isFree(Facts reading, LocalDate asOf);

  /**
   * Paths of the attributes whose values the rules look at besides what the rows ask for. Empty
   * when nobody can tell, or when they look at the day: then no two requests count as alike.
   */
  default Optional<Set<String>> alsoReads() {
    return Optional.empty();
  }
}
