package dev.clearance.security;

import java.util.Optional;

/**
 * An entrance of the service.
 *
 * @param method the HTTP method, or {@code *} for all
 * @param path a pattern as controllers have it
 * @param role who may pass; empty for everybody
 * @param openOnLoopback whether a caller on this machine may pass without a credential, as long as
 *     nobody else can reach the service
 */
record Door(String method, String path, Optional<Role> role, boolean openOnLoopback) {

  static Door open(String method, String path) {
    return new Door(method, path, Optional.empty(), true);
  }

  /** For questions: whoever sits at the machine may ask. */
  static Door asking(String method, String path, Role role) {
    return new Door(method, path, Optional.of(role), true);
  }

  /** For what changes something, or tells what others asked. */
  static Door guarded(String method, String path, Role role) {
    return new Door(method, path, Optional.of(role), false);
  }
}
