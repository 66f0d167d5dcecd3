package dev.clearance.web;

import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream, one at a time in the same buffer; of a line that is too long nothing. */
final class Lines {

  private static final int FIRST_GUESS = 1 << 16;

  private final InputStream in;
  private final Flushable answers;
  private final byte[] read = new byte[1 << 14];
  private final int longest;
  private byte[] line;
  private int at;
  private int end;
  private int length;
  private boolean tooLong;

  /**
   * @param longest how many bytes a line may have
   * @param answers flushed whenever reading on has to wait: the caller may be waiting for them
   *     before sending more
   */
  Lines(InputStream in, int longest, Flushable answers) {
    this.in = in;
    this.answers = answers;
    this.longest = longest;
    this.line = new byte[Math.min(longest, FIRST_GUESS)];
  }

  /** Goes on to the next line; false at the end of the stream. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean begun = false;
    while (fill()) {
      begun = true;
      int from = at;
      while (at < end && read[at] != '\n') {
        at++;
      }
      append(from, at - from);
      if (at < end) {
        at++;
        return true;
      }
    }
    return begun;
  }

  private boolean fill() throws IOException {
    if (at == end) {
      if (in.available() == 0) {
        answers.flush();
      }
      at = 0;
      end = Math.max(0, in.read(read));
    }
    return at < end;
  }

  private void append(int from, int count) {
    if (tooLong || length + count > longest) {
      tooLong = true;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(longest, Math.max(length + count, 2 * line.length)));
    }
    System.arraycopy(read, from, line, length, count);
    length += count;
  }

  boolean isTooLong() {
    return tooLong;
  }

  boolean isBlank() {
    if (tooLong) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }
}
