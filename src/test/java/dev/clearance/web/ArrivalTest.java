package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ArrivalTest {

  private static final String BODY = "{\"policies\":[\"annex\"],\"action\":\"copy\"}";

  private final Arrival arrival = new Arrival(Duration.ofSeconds(30));
  private final List<String> read = new ArrayList<>();
  private final MockFilterChain next =
      new MockFilterChain() {
        @Override
        public void doFilter(jakarta.servlet.ServletRequest any, jakarta.servlet.ServletResponse to)
            throws java.io.IOException {
          read.add(new String(any.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
      };

  @Test
  void aBodyThatCameWithItsHeadersIsNotWaitedFor() throws Exception {
    Sent sent = new Sent(BODY, BODY.length());

    arrival.doFilter(sent, new MockHttpServletResponse(), next);

    assertThat(read).containsExactly(BODY);
    assertThat(sent.isAsyncStarted()).isFalse();
  }

  @Test
  void aBodyOfWhichAPartIsHereIsWaitedForAndWhole() throws Exception {
    for (int here = 0; here < BODY.length(); here++) {
      read.clear();
      Sent sent = new Sent(BODY, here);
      HttpServletResponse response = new MockHttpServletResponse();
      arrival.doFilter(sent, response, next);
      assertThat(read).isEmpty();
      assertThat(sent.isAsyncStarted()).isTrue();

      sent.arriveWhole();
      arrival.doFilter(sent, response, next);

      assertThat(read).containsExactly(BODY);
    }
  }

  /** A request of whose body so much is here; like Tomcat it never tells how much. */
  private static final class Sent extends MockHttpServletRequest {
    private final byte[] bytes;
    private final In in = new In();
    private int here;
    private int at;
    private @Nullable ReadListener listener;

    Sent(String body, int here) {
      super("POST", "/v1/decisions");
      this.bytes = body.getBytes(StandardCharsets.UTF_8);
      this.here = here;
      setContentType("application/json");
      setContent(bytes);
      setAsyncSupported(true);
    }

    @Override
    public ServletInputStream getInputStream() {
      return in;
    }

    void arriveWhole() throws Exception {
      here = bytes.length;
      listener.onDataAvailable();
      listener.onAllDataRead();
      setDispatcherType(jakarta.servlet.DispatcherType.ASYNC);
    }

    private final class In extends ServletInputStream {
      @Override
      public int read() {
        assertThat(at).as("no thread may wait for what is not here").isLessThan(here);
        return bytes[at++];
      }

      @Override
      public int read(byte[] into, int from, int count) {
        assertThat(at).as("no thread may wait for what is not here").isLessThan(here);
        int some = Math.min(count, Math.min(7, here - at));
        System.arraycopy(bytes, at, into, from, some);
        at += some;
        return some;
      }

      @Override
      public int available() {
        return at < here ? 1 : 0;
      }

      @Override
      public boolean isFinished() {
        return at == bytes.length;
      }

      @Override
      public boolean isReady() {
        return at < here;
      }

      @Override
      public void setReadListener(ReadListener told) {
        listener = told;
      }
    }
  }
}
