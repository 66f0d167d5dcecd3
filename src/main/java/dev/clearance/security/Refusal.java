package dev.clearance.security;

import java.util.Optional;

/**
 * Why a request was not let in.
 *
 * @param status 401, 403, 404 or 503
 * @param challenge the header {@code WWW-Authenticate} (RFC 6750)
 */
public record Refusal(int status, String detail, Optional<String> challenge) {

  private static final String REALM = "Bearer realm=\"clearance\"";

  static Refusal noCredential() {
    return new Refusal(
        401,
        "This needs a key, as Authorization: Bearer <key> or as X-API-Key: <key>.",
        Optional.of(REALM));
  }

  static Refusal twoCredentials() {
    return new Refusal(
        401,
        "The request carries two credentials; one is wanted.",
        Optional.of(REALM + ", error=\"invalid_request\""));
  }

  /** Wrong, expired or withdrawn: which of these is nobody's business but the holder's. */
  static Refusal badCredential() {
    return new Refusal(
        401,
        "The key or token is not known here, or has expired.",
        Optional.of(REALM + ", error=\"invalid_token\""));
  }

  static Refusal missing(Role role) {
    return new Refusal(
        403,
        "The role " + role.code() + " is missing.",
        Optional.of(REALM + ", error=\"insufficient_scope\", scope=\"" + role.code() + "\""));
  }

  static Refusal nothingHere() {
    return new Refusal(404, "This path leads nowhere.", Optional.empty());
  }

  static Refusal issuerSilent() {
    return new Refusal(
        503,
        "The issuer of tokens cannot be reached, so the token cannot be checked.",
        Optional.empty());
  }
}
