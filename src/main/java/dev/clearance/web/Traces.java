package dev.clearance.web;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
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
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A span for each request, continuing the caller's trace. It names the id of the request, which the
 * log of decisions names too.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Traces implements Filter {

  private static final TextMapGetter<HttpServletRequest> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
          return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
          return request == null ? null : request.getHeader(name);
        }
      };

  private final Tracer tracer;
  private final TextMapPropagator propagator;

  public Traces(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("dev.clearance");
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) any;
    HttpServletResponse response = (HttpServletResponse) answer;
    Span span =
        tracer
            .spanBuilder(request.getMethod())
            .setSpanKind(SpanKind.SERVER)
            .setParent(propagator.extract(Context.root(), request, HEADERS))
            .setAttribute("http.request.method", request.getMethod())
            .setAttribute("url.path", request.getRequestURI())
            .startSpan();
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException failure) {
      span.recordException(failure);
      end(span, request, response, 500);
      throw failure;
    }
    if (request.isAsyncStarted()) {
      request.getAsyncContext().addListener(new Waiting(span, request, response));
    } else {
      end(span, request, response, response.getStatus());
    }
  }

  private static void end(
      Span span, HttpServletRequest request, HttpServletResponse response, int status) {
    Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (route != null) {
      span.setAttribute("http.route", route.toString());
      span.updateName(request.getMethod() + " " + route);
    }
    String id = response.getHeader(RequestIds.HEADER);
    if (id != null) {
      span.setAttribute("clearance.request.id", id);
    }
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** A request that is answered later, in another thread. */
  private static final class Waiting implements AsyncListener {
    private final Span span;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AtomicBoolean ended = new AtomicBoolean();

    Waiting(Span span, HttpServletRequest request, HttpServletResponse response) {
      this.span = span;
      this.request = request;
      this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      if (ended.compareAndSet(false, true)) {
        end(span, request, response, response.getStatus());
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
