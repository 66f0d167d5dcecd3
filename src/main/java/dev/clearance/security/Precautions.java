package dev.clearance.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What browsers are told with every answer. An answer with needs of its own says so over this. */
final class Precautions implements Filter {

  private static final String ONLY_ENCRYPTED = "max-age=31536000 ; includeSubDomains";

  @Override
  public void doFilter(ServletRequest request, ServletResponse any, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse response = (HttpServletResponse) any;
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", ONLY_ENCRYPTED);
    }
    chain.doFilter(request, response);
  }
}
