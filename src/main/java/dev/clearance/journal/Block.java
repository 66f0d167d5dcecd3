package dev.clearance.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Lines that are spelled out, in a piece of memory that is used again and again. */
final class Block extends ByteArrayOutputStream {

  /** Larger pieces of memory cost the garbage collector more than writing twice costs the disk. */
  static final int SIZE = 1 << 16;

  private final int usual;
  private int lines;

  /**
   * @param usual how many bytes it mostly holds; it grows where it has to
   */
  Block(int usual) {
    super(usual);
    this.usual = usual;
  }

  void spell(Line line) {
    try {
      line.spell(this);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes what is written", impossible);
    }
    write('\n');
    lines++;
  }

  /** A line that is longer than a block gets one alone. */
  boolean hasRoomFor(Block other) {
    return count == 0 || count + other.count <= SIZE;
  }

  void add(Block other) {
    write(other.buf, 0, other.count);
    lines += other.lines;
  }

  int lines() {
    return lines;
  }

  /** The lines are the first {@link #size()} bytes of these. */
  byte[] bytes() {
    return buf;
  }

  /** Holds nothing any more, and no more memory than usual. */
  void clear() {
    lines = 0;
    reset();
    if (buf.length > Math.max(usual, SIZE)) {
      buf = new byte[usual];
    }
  }
}
