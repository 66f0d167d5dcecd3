package dev.clearance.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Times every request, under the name and the tags that dashboards for Spring Boot look for. Its
 * own observations, one for the request and three for each filter of the security, took longer than
 * everything else that is done for a request.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Timing implements Filter {

  private static final String NAME = "http.server.requests";

  /** Callers may invent methods; the names of meters must stay few. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private static final String UNKNOWN = "UNKNOWN";

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  Timing(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Requests that are counted together. */
  private record Kind(String method, String uri, int status, String exception) {}

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) any;
    HttpServletResponse response = (HttpServletResponse) answer;
    long begun = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException failure) {
      count(request, 500, failure, begun);
      throw failure;
    }
    if (request.isAsyncStarted()) {
      request.getAsyncContext().addListener(new Waiting(request, response, begun));
    } else {
      count(request, response.getStatus(), null, begun);
    }
  }

  private void count(
      HttpServletRequest request, int status, @Nullable Throwable failure, long begun) {
    long nanos = System.nanoTime() - begun;
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : UNKNOWN;
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    String uri = pattern != null ? pattern.toString() : status == 404 ? "NOT_FOUND" : UNKNOWN;
    String exception = failure == null ? "none" : failure.getClass().getSimpleName();
    timers
        .computeIfAbsent(new Kind(method, uri, status, exception), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder(NAME)
        .tag("method", kind.method())
        .tag("uri", kind.uri())
        .tag("status", String.valueOf(kind.status()))
        .tag("outcome", Outcome.forStatus(kind.status()).name())
        .tag("exception", kind.exception())
        .register(registry);
  }

  /** A request that is answered later, in another thread. */
  private final class Waiting implements AsyncListener {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final long begun;

    Waiting(HttpServletRequest request, HttpServletResponse response, long begun) {
      this.request = request;
      this.response = response;
      this.begun = begun;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      count(request, response.getStatus(), event.getThrowable(), begun);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
