package dev.clearance.web;

import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;

/** Lines of a stream, one at a time in the same buffer; of a line that is too long nothing. */
final class Lines {

  static final int LONGEST = 1 << 16;

  private final InputStream in;
  private final Flushable answers;
  private final byte[] read = new byte[1 << 14];
  private final byte[] line = new byte[LONGEST];
  private int at;
  private int end;
  private int length;
  private boolean tooLong;

  /**
   * @param answers flushed whenever reading on has to wait: the caller may be waiting for them
   *     before sending more
   */
  Lines(InputStream in, Flushable answers) {
    this.in = in;
    this.answers = answers;
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
    if (tooLong || length + count > LONGEST) {
      tooLong = true;
      return;
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
