package dev.clearance.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Finds out who is asking, and lets in who may pass the door. A credential that is wrong is refused
 * even where none is needed, so that its holder learns of it; only doors that are open to all do
 * not care.
 */
final class Entrance implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  /** All others begin in the container itself, above all on the way to the page of errors. */
  private static final Set<DispatcherType> FROM_OUTSIDE =
      Set.of(DispatcherType.REQUEST, DispatcherType.ASYNC);

  private static final String BEARER = "bearer ";

  private final KeyFile keys;
  private final Optional<Tokens> tokens;
  private final Locality locality;
  private final Refusals refusals;

  Entrance(KeyFile keys, Optional<Tokens> tokens, Locality locality, Refusals refusals) {
    this.keys = keys;
    this.tokens = tokens;
    this.locality = locality;
    this.refusals = refusals;
  }

  private sealed interface Finding {
    record Known(Caller caller) implements Finding {}

    record Refused(Refusal refusal) implements Finding {}
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) any;
    if (!FROM_OUTSIDE.contains(request.getDispatcherType())) {
      chain.doFilter(request, answer);
      return;
    }
    Optional<Door> door = Doors.of(request);
    Finding finding = caller(request);
    if (finding instanceof Finding.Refused refused && !isOpenToAll(door)) {
      refusals.tell(request, (HttpServletResponse) answer, refused.refusal());
      return;
    }
    Caller caller = finding instanceof Finding.Known known ? known.caller() : Caller.ANONYMOUS;
    caller.mark(request);
    if (door.isPresent() && caller.may(door.get())) {
      chain.doFilter(request, answer);
    } else {
      refusals.tell(request, (HttpServletResponse) answer, notFor(caller, door));
    }
  }

  private static boolean isOpenToAll(Optional<Door> door) {
    return door.isPresent() && door.get().role().isEmpty();
  }

  private static Refusal notFor(Caller caller, Optional<Door> door) {
    if (caller.isKnown()) {
      return door.flatMap(Door::role).map(Refusal::missing).orElseGet(Refusal::nothingHere);
    }
    return caller.equals(Caller.LOCAL) && door.isEmpty()
        ? Refusal.nothingHere()
        : Refusal.noCredential();
  }

  private Finding caller(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    @Nullable String key = request.getHeader("X-API-Key");
    if (header == null && key == null) {
      return new Finding.Known(locality.holds(request) ? Caller.LOCAL : Caller.ANONYMOUS);
    }
    if (header != null && key != null) {
      return new Finding.Refused(Refusal.twoCredentials());
    }
    if (key != null) {
      return ofKey(key.strip());
    }
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return new Finding.Refused(Refusal.badCredential());
    }
    String text = header.substring(BEARER.length()).strip();
    return text.startsWith(ApiKey.PREFIX) || tokens.isEmpty()
        ? ofKey(text)
        : ofToken(tokens.get(), text);
  }

  private Finding ofKey(String text) {
    return keys.find(text)
        .<Finding>map(known -> new Finding.Known(Caller.key(known)))
        .orElseGet(() -> new Finding.Refused(Refusal.badCredential()));
  }

  private static Finding ofToken(Tokens tokens, String text) {
    try {
      return new Finding.Known(tokens.caller(text));
    } catch (BadJwtException bad) {
      return new Finding.Refused(Refusal.badCredential());
    } catch (JwtException unchecked) {
      LOG.warn("a token could not be checked: {}", unchecked.getMessage());
      return new Finding.Refused(Refusal.issuerSilent());
    }
  }
}
