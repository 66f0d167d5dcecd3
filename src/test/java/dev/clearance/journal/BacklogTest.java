package dev.clearance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final Line SHORT = out -> out.write('x');
  private static final Line LONG = out -> out.write(new byte[Backlog.MOST_BYTES / 4]);

  @Test
  void soManyLinesWaitAndNoMore() throws Exception {
    Backlog backlog = new Backlog(2);

    assertThat(taken(backlog, SHORT)).isTrue();
    assertThat(taken(backlog, SHORT)).isTrue();
    assertThat(taken(backlog, SHORT)).isFalse();

    assertThat(backlog.take(Duration.ZERO).orElseThrow().lines()).isEqualTo(2);
    assertThat(taken(backlog, SHORT)).isTrue();
  }

  @Test
  void longLinesWaitInSmallerNumbers() throws Exception {
    Backlog backlog = new Backlog(1000);

    for (int i = 0; i < 4; i++) {
      assertThat(taken(backlog, LONG)).isTrue();
    }
    assertThat(taken(backlog, SHORT)).isFalse();
    assertThat(backlog.size()).isEqualTo(4);

    backlog.take(Duration.ZERO);
    assertThat(taken(backlog, SHORT)).isTrue();
  }

  private static boolean taken(Backlog backlog, Line line) throws InterruptedException {
    return backlog.add(line, Duration.ZERO);
  }
}
