package dev.clearance.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in as many requests at a time as can be worked on well, and a few more that wait a moment.
 * The others are told at once to come again, so that those inside are answered in good time.
 *
 * <p>A place is held while an answer is made, not while it is sent: answers are made whole before
 * the first byte leaves, and a receiver may be slow. Runs of lines, which are made while they are
 * sent, have places of their own, and so have batches, which hold a thousand times as much: both
 * keep them until all is sent.
 */
@Component
@Order(0)
final class Admission extends OncePerRequestFilter {

  private final Semaphore places;
  private final Semaphore seats;
  private final Semaphore runs;
  private final Semaphore batches;
  private final Duration wait;

  /**
   * @param most how many requests are worked on at a time
   * @param waiting how many more may wait
   * @param runs how many runs of lines there are at a time
   * @param batches how many batches are worked on at a time
   */
  Admission(
      @Value("${clearance.max-concurrent}") int most,
      @Value("${clearance.max-waiting}") int waiting,
      @Value("${clearance.max-wait}") Duration wait,
      @Value("${clearance.max-runs}") int runs,
      @Value("${clearance.max-batches}") int batches) {
    this.places = new Semaphore(most);
    this.seats = new Semaphore(waiting);
    this.runs = new Semaphore(runs);
    this.batches = new Semaphore(batches);
    this.wait = wait;
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  /** Whether the service is well must be known above all when it is busy. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return path.startsWith("/actuator/") || path.startsWith("/.well-known/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      chain.doFilter(request, response);
      return;
    }
    if (Arrival.isRunOfLines(request)) {
      if (!runs.tryAcquire()) {
        refuse(request, response);
        return;
      }
      try {
        chain.doFilter(request, response);
      } finally {
        runs.release();
      }
      return;
    }
    if (isBatch(request)) {
      if (!enter(batches)) {
        refuse(request, response);
        return;
      }
      try {
        chain.doFilter(request, response);
      } finally {
        batches.release();
      }
      return;
    }
    if (!enter(places)) {
      refuse(request, response);
      return;
    }
    Place place = new Place(places);
    try {
      chain.doFilter(request, new Answering(response, place));
    } finally {
      place.leave();
    }
  }

  private static boolean isBatch(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.endsWith("/decisions/batch") || path.endsWith("/access/v1/evaluations");
  }

  private boolean enter(Semaphore places) {
    if (places.tryAcquire()) {
      return true;
    }
    if (!seats.tryAcquire()) {
      return false;
    }
    try {
      return places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      seats.release();
    }
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Retry-After", "1");
    Answers.send(request, response, Problem.overloaded());
  }

  private static final class Place {
    private final Semaphore places;
    private final AtomicBoolean held = new AtomicBoolean(true);

    Place(Semaphore places) {
      this.places = places;
    }

    void leave() {
      if (held.compareAndSet(true, false)) {
        places.release();
      }
    }
  }

  /** Gives up the place when sending begins. */
  private static final class Answering extends HttpServletResponseWrapper {
    private final Place place;

    Answering(HttpServletResponse response, Place place) {
      super(response);
      this.place = place;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      place.leave();
      return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      place.leave();
      return super.getWriter();
    }
  }
}
