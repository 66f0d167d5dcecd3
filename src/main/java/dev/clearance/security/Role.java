package dev.clearance.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller may do. Whoever may edit or review may also ask. */
public enum Role {
  /** Ask: decisions, classifications, the catalogue. */
  DECIDE,
  /** Check and publish workbooks. */
  EDITOR,
  /** Follow up cases: sanctions, past decisions. */
  REVIEWER;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean allows(Role needed) {
    return this == needed || needed == DECIDE;
  }

  static Optional<Role> withCode(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }

  static String codes() {
    return Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", "));
  }
}
