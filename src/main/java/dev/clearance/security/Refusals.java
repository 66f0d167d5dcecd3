package dev.clearance.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells a caller that a request was not let in, in the form that all errors have. */
@FunctionalInterface
public interface Refusals {

  void tell(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException;
}
