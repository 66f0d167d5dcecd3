package dev.clearance.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Tokens of an OAuth 2.0 issuer (RFC 9068).
 *
 * @param claims those that may hold roles, as a list or as words
 * @param prefix what stands before the name of a role, such as {@code clearance:}; may be empty
 */
record Tokens(JwtDecoder decoder, List<String> claims, String prefix) {

  Tokens {
    claims = List.copyOf(claims);
  }

  /**
   * @throws org.springframework.security.oauth2.jwt.BadJwtException when the token is not good
   * @throws org.springframework.security.oauth2.jwt.JwtException when it could not be checked
   */
  Caller caller(String token) {
    Jwt jwt = decoder.decode(token);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String claim : claims) {
      for (String name : names(jwt.getClaims().get(claim))) {
        if (name.startsWith(prefix)) {
          Role.withCode(name.substring(prefix.length())).ifPresent(roles::add);
        }
      }
    }
    String subject = jwt.getSubject();
    return Caller.token(subject == null ? "" : subject, roles);
  }

  private static List<String> names(@org.jspecify.annotations.Nullable Object claim) {
    if (claim instanceof Collection<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return claim instanceof String words ? Arrays.asList(words.split(" ")) : List.of();
  }
}
