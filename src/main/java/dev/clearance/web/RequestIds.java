package dev.clearance.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every answer, errors included, the id that the caller sent, or one of ours. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds extends OncePerRequestFilter {

  static final String HEADER = "X-Request-ID";

  private static final int LONGEST = 128;
  private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);
  private static final AtomicLong COUNT = new AtomicLong();

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Object known = request.getAttribute(HEADER);
    String id = known == null ? idFor(request.getHeader(HEADER)) : known.toString();
    request.setAttribute(HEADER, id);
    response.setHeader(HEADER, id);
    chain.doFilter(request, response);
  }

  /** What the container refuses by itself comes here only as an error. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  /** What a caller sends goes into a header and into the log: printable ASCII or nothing. */
  static String idFor(@Nullable String sent) {
    if (sent == null || sent.isBlank() || sent.length() > LONGEST) {
      return next();
    }
    for (int i = 0; i < sent.length(); i++) {
      if (sent.charAt(i) < ' ' || sent.charAt(i) > '~') {
        return next();
      }
    }
    return sent;
  }

  private static String next() {
    return PROCESS + "-" + COUNT.incrementAndGet();
  }
}
