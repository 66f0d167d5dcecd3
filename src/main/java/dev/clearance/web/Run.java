package dev.clearance.web;

import java.io.ByteArrayOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * A run of lines. They are gathered to pieces, which all processors answer side by side and which
 * leave in the order in which they came. There are only so many pieces, used again and again: who
 * reads the answers slowly, or not at all, keeps the run waiting and holds no more memory.
 */
final class Run implements Flushable {

  private static final int MOST_LINES = 64;
  private static final int MOST_BYTES = 1 << 14;
  private static final int PIECES = 2 + 2 * Runtime.getRuntime().availableProcessors();

  private final Batch batch;
  private final OutputStream out;
  private final Executor workers;
  private final Deque<Underway> underway = new ArrayDeque<>();
  private final Deque<Piece> idle = new ArrayDeque<>();
  private Piece gathering = new Piece();

  /** A piece that is being answered. */
  private record Underway(Piece piece, FutureTask<?> task) {}

  /**
   * @param workers who help with the answers; they may leave out what they have no time for
   */
  Run(Batch batch, OutputStream out, Executor workers) {
    this.batch = batch;
    this.out = out;
    this.workers = workers;
  }

  void add(Lines line) throws IOException {
    if (gathering.isFull(line)) {
      workers.execute(begin());
    }
    gathering.add(line);
  }

  private FutureTask<?> begin() throws IOException {
    if (underway.size() == PIECES) {
      send(underway.remove());
    }
    Piece piece = gathering;
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              piece.answer(batch);
              return piece;
            });
    underway.add(new Underway(piece, task));
    gathering = idle.isEmpty() ? new Piece() : idle.remove();
    return task;
  }

  /** Sends everything that is answered so far, and what is not is answered first. */
  @Override
  public void flush() throws IOException {
    if (!gathering.isEmpty()) {
      // Not for the workers: somebody waits for it, and nothing else is to be done meanwhile.
      begin();
    }
    while (!underway.isEmpty()) {
      send(underway.remove());
    }
    out.flush();
  }

  private void send(Underway next) throws IOException {
    // Does nothing where a worker has begun.
    next.task().run();
    try {
      next.task().get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("lines were not answered", failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopping);
    }
    next.piece().sendTo(out);
    idle.add(next.piece());
  }

  /** Leaves what nobody will read any more. */
  void abandon() {
    underway.forEach(one -> one.task().cancel(false));
  }

  /** Some lines, and then their answers. */
  private static final class Piece {
    private final int[] ends = new int[MOST_LINES];
    private byte[] lines = new byte[MOST_BYTES];
    private int count;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream(MOST_BYTES);

    boolean isEmpty() {
      return count == 0;
    }

    /** Whether this line has no room here. A line that is longer than a piece gets one alone. */
    boolean isFull(Lines line) {
      return count == MOST_LINES || count > 0 && end() + line.length() > MOST_BYTES;
    }

    private int end() {
      return count == 0 ? 0 : ends[count - 1];
    }

    /** A line that is too long ends where it starts; no other one is empty. */
    void add(Lines line) {
      int start = end();
      if (line.isTooLong()) {
        ends[count++] = start;
        return;
      }
      int end = start + line.length();
      if (end > lines.length) {
        lines = Arrays.copyOf(lines, end);
      }
      System.arraycopy(line.bytes(), 0, lines, start, line.length());
      ends[count++] = end;
    }

    void answer(Batch batch) throws IOException {
      answers.reset();
      int start = 0;
      for (int i = 0; i < count; i++) {
        int end = ends[i];
        if (end == start) {
          batch.lineTooLong(answers);
        } else {
          batch.answer(lines, start, end - start, answers);
        }
        answers.write('\n');
        start = end;
      }
    }

    void sendTo(OutputStream out) throws IOException {
      answers.writeTo(out);
      count = 0;
    }
  }
}
