package dev.clearance.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name {@code key:…} with the id of the key, {@code jwt:…} with the subject of the token, or
 *     the name of one of the two callers without a credential
 * @param roles none for a caller without a credential
 */
public record Caller(String name, Set<Role> roles) {

  /** Without a credential, from this machine, to a service that only this machine can reach. */
  static final Caller LOCAL = new Caller("local", Set.of());

  /** Without a credential, from anywhere. */
  static final Caller ANONYMOUS = new Caller("anonymous", Set.of());

  private static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    roles = Set.copyOf(roles);
  }

  static Caller key(ApiKey key) {
    return new Caller("key:" + key.id(), key.roles());
  }

  static Caller token(String subject, Set<Role> roles) {
    return new Caller("jwt:" + subject, roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles));
  }

  /** Whoever was let in with this request. */
  public static Caller of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : ANONYMOUS;
  }

  /** Whether this caller may ask questions, and so may know how the rules are doing. */
  public boolean mayAsk() {
    return equals(LOCAL) || roles.stream().anyMatch(role -> role.allows(Role.DECIDE));
  }

  void mark(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  boolean isKnown() {
    return !equals(LOCAL) && !equals(ANONYMOUS);
  }

  boolean may(Door door) {
    return door.role().isEmpty()
        || door.openOnLoopback() && equals(LOCAL)
        || roles.stream().anyMatch(role -> role.allows(door.role().get()));
  }
}
