package dev.clearance.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Waits for the body of a request without holding a thread, so that senders who are slow or have
 * fallen asleep keep nobody else waiting. What comes after it finds the whole body in memory. Runs
 * of lines are not waited for: they are read while they are answered.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class Arrival extends OncePerRequestFilter {

  static final String LINES = "application/x-ndjson";

  /** A workbook; how much a controller takes of anything else, it says itself. */
  private static final int MOST_KEPT = 10 << 20;

  private static final int MOST_JSON_KEPT = Body.MOST_JSON;

  /** Such a body may be in the container's buffer, where it follows the headers. */
  private static final int MOST_AT_ONCE = 1 << 14;

  /** What is read of a body that is too large, so that its sender gets to read the answer. */
  private static final int MOST_DROPPED = 4 << 20;

  private static final String BODY = Arrival.class.getName();

  private final Duration patience;

  /** Bytes that may wait in memory all together, for bodies that have not come in whole. */
  private final AtomicLong room = new AtomicLong(Runtime.getRuntime().maxMemory() / 8);

  Arrival(@Value("${clearance.body-timeout}") Duration patience) {
    this.patience = patience;
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC
        && request.getAttribute(BODY) instanceof Collecting body) {
      try {
        chain.doFilter(new Arrived(request, body.bytes, body.length), response);
      } finally {
        body.giveBack();
      }
      return;
    }
    long declared = request.getContentLengthLong();
    boolean chunked = declared < 0 && request.getHeader("Transfer-Encoding") != null;
    if (!chunked && declared <= 0 || isRunOfLines(request)) {
      chain.doFilter(request, response);
      return;
    }
    int most = isJson(request) ? MOST_JSON_KEPT : MOST_KEPT;
    ServletInputStream in = request.getInputStream();
    byte[] begun = new byte[!chunked && declared <= MOST_AT_ONCE ? (int) declared : 0];
    int length = readWhatIsHere(in, begun);
    if (length > 0 && length == declared) {
      chain.doFilter(new Arrived(request, begun, length), response);
      return;
    }
    AsyncContext waiting = request.startAsync(request, response);
    waiting.setTimeout(patience.toMillis());
    Collecting body = new Collecting(waiting, in, most);
    waiting.addListener(body);
    if (!body.keep(begun, length)) {
      body.end(Problem.overloaded());
      return;
    }
    in.setReadListener(body);
  }

  /**
   * Most bodies come in one piece with their headers, and nobody need wait for them. How much there
   * is available does not tell: the container says 1 for anything that it has.
   */
  private static int readWhatIsHere(ServletInputStream in, byte[] into) throws IOException {
    int length = 0;
    while (length < into.length && in.available() > 0) {
      int count = in.read(into, length, into.length - length);
      if (count < 0) {
        return length;
      }
      length += count;
    }
    return length;
  }

  static boolean isRunOfLines(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.regionMatches(true, 0, LINES, 0, LINES.length());
  }

  private static boolean isJson(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && type.regionMatches(true, 0, Json.MEDIA_TYPE, 0, Json.MEDIA_TYPE.length());
  }

  /** A body on its way. The container calls it, never two of its methods at once. */
  private final class Collecting implements ReadListener, AsyncListener {
    private final AsyncContext waiting;
    private final ServletInputStream in;
    private final int most;
    private final byte[] piece = new byte[8192];
    private byte[] bytes = new byte[0];
    private int length;
    private int dropped;
    private boolean done;

    Collecting(AsyncContext waiting, ServletInputStream in, int most) {
      this.waiting = waiting;
      this.in = in;
      this.most = most;
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (!done && in.isReady()) {
        int count = in.read(piece);
        if (count < 0) {
          return;
        }
        if (!keep(piece, count)) {
          end(Problem.overloaded());
        } else if (dropped > MOST_DROPPED) {
          goOn();
        }
      }
    }

    /** One byte more than is allowed is kept, to tell that there were more. */
    private boolean keep(byte[] piece, int count) {
      int kept = Math.min(count, most + 1 - length);
      dropped += count - kept;
      if (length + kept > bytes.length) {
        int larger = Math.min(most + 1, Math.max(length + kept, 2 * bytes.length));
        if (room.addAndGet(bytes.length - larger) < 0) {
          room.addAndGet(larger - bytes.length);
          return false;
        }
        bytes = Arrays.copyOf(bytes, larger);
      }
      System.arraycopy(piece, 0, bytes, length, kept);
      length += kept;
      return true;
    }

    @Override
    public void onAllDataRead() {
      goOn();
    }

    private void goOn() {
      if (!done) {
        done = true;
        waiting.getRequest().setAttribute(BODY, this);
        waiting.dispatch();
      }
    }

    @Override
    public void onError(Throwable broken) {
      end(Problem.ofStatus(400));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      end(Problem.ofStatus(408));
    }

    private void end(Problem problem) {
      if (done) {
        return;
      }
      done = true;
      giveBack();
      HttpServletResponse response = (HttpServletResponse) waiting.getResponse();
      try {
        response.setHeader("Connection", "close");
        if (problem.status() == 503) {
          response.setHeader("Retry-After", "1");
        }
        Answers.send((HttpServletRequest) waiting.getRequest(), response, problem);
      } catch (IOException | IllegalStateException gone) {
        // The connection broke: nobody is there to be told.
        done = true;
      }
      waiting.complete();
    }

    void giveBack() {
      room.addAndGet(bytes.length);
      bytes = new byte[0];
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  /** A request whose body is here. */
  private static final class Arrived extends HttpServletRequestWrapper {
    private final byte[] bytes;
    private final int length;
    private @Nullable ServletInputStream in;

    Arrived(HttpServletRequest request, byte[] bytes, int length) {
      super(request);
      this.bytes = bytes;
      this.length = length;
    }

    @Override
    public ServletInputStream getInputStream() {
      if (in == null) {
        in = new InMemory(new ByteArrayInputStream(bytes, 0, length));
      }
      return in;
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class InMemory extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    InMemory(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int count) {
      return bytes.read(into, from, count);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body is here already");
    }
  }
}
