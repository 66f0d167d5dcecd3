package dev.clearance.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Lines that are spelled out, in a piece of memory that is used again and again. */
final class Block extends ByteArrayOutputStream {

  /** Larger pieces of memory cost the garbage collector more than writing twice costs the disk. */
  private static final int SIZE = 1 << 16;

  private int lines;

  Block() {
    super(SIZE + SIZE / 4);
  }

  /** Adds a line, whole or not at all. */
  void add(Line line) throws IOException {
    int before = count;
    try {
      line.spell(this);
    } catch (IOException | RuntimeException failure) {
      count = before;
      throw failure;
    }
    write('\n');
    lines++;
  }

  boolean isFull() {
    return count >= SIZE;
  }

  int lines() {
    return lines;
  }

  /** The lines are the first {@link #size()} bytes of these. */
  byte[] bytes() {
    return buf;
  }

  void clear() {
    lines = 0;
    reset();
    if (buf.length > 2 * SIZE) {
      buf = new byte[SIZE + SIZE / 4];
    }
  }
}
