package dev.clearance.policy;

import java.time.LocalDate;
import java.util.Optional;

/** The time in force, half open: from the first day up to, but not including, the last. */
public record InForce(Optional<LocalDate> from, Optional<LocalDate> to) {

  public static final InForce ALWAYS = new InForce(Optional.empty(), Optional.empty());

  public InForce {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new IllegalArgumentException("in force from " + from.get() + " to " + to.get());
    }
  }

  public boolean contains(LocalDate day) {
    return (from.isEmpty() || !day.isBefore(from.get()))
        && (to.isEmpty() || day.isBefore(to.get()));
  }

  public boolean isAlways() {
    return from.isEmpty() && to.isEmpty();
  }
}
