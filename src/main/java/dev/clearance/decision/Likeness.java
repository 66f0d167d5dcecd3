package dev.clearance.decision;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the policies that answer can see of a request. Requests of equal likeness have the same
 * verdict; the rules that gave it are part of the likeness.
 */
public final class Likeness {

  private final @Nullable Object[] parts;
  private final int hash;

  Likeness(@Nullable Object[] parts) {
    this.parts = parts;
    this.hash = Arrays.hashCode(parts);
  }

  /** Whether every policy whose view this is is among these. */
  public boolean isUnder(Collection<PolicyRules> policies) {
    for (Object part : parts) {
      if (part instanceof Projection projection
          && policies.stream().noneMatch(policy -> policy.projection() == projection)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Likeness likeness
        && hash == likeness.hash
        && Arrays.equals(parts, likeness.parts);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
