package dev.clearance.repository;

import java.util.Optional;
import java.util.Set;

/** What must be in force for a publication to replace it. */
public sealed interface Precondition {

  boolean holds(Optional<String> version);

  /** One of these versions: the publisher has seen it. */
  record Replaces(Set<String> versions) implements Precondition {
    public Replaces {
      versions = Set.copyOf(versions);
    }

    @Override
    public boolean holds(Optional<String> version) {
      return version.isPresent() && versions.contains(version.get());
    }
  }

  /** Some version: the policy is not new. */
  record Exists() implements Precondition {
    @Override
    public boolean holds(Optional<String> version) {
      return version.isPresent();
    }
  }

  /** No version: the policy is new. */
  record Creates() implements Precondition {
    @Override
    public boolean holds(Optional<String> version) {
      return version.isEmpty();
    }
  }

  /** Any version, or none. */
  record Whatever() implements Precondition {
    @Override
    public boolean holds(Optional<String> version) {
      return true;
    }
  }
}
