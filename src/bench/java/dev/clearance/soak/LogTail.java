package dev.clearance.soak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of decisions while it grows, and deletes the files that were set aside once they
 * are read: half an hour of log is larger than many disks.
 */
final class LogTail {

  private final Path folder;
  private final Path current;
  private final LineSink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
  private byte[] rest = new byte[0];
  private @Nullable Object key;
  private long offset;
  private long bytes;

  /** Takes the first bytes of each line. */
  @FunctionalInterface
  interface LineSink {
    void line(byte[] bytes, int from, int to);
  }

  LogTail(Path current, LineSink sink) {
    this.current = current;
    this.folder = Objects.requireNonNull(current.toAbsolutePath().getParent());
    this.sink = sink;
  }

  long bytes() {
    return bytes;
  }

  /** Reads on; whether there was anything. */
  boolean read() throws IOException {
    List<Path> aside = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> !file.getFileName().equals(current.getFileName()))
          .filter(file -> file.getFileName().toString().endsWith(".ndjson"))
          .sorted()
          .forEach(aside::add);
    }
    if (!aside.isEmpty()) {
      read(aside.get(0));
      Files.delete(aside.get(0));
      offset = 0;
      key = null;
      return true;
    }
    try {
      Object now = Files.readAttributes(current, BasicFileAttributes.class).fileKey();
      if (key != null && !key.equals(now)) {
        // It was set aside since it was looked for; next time it will be found there.
        return true;
      }
      key = now;
      return read(current) > 0;
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }

  private long read(Path file) throws IOException {
    long read = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      while (true) {
        buffer.clear();
        int count = channel.read(buffer, offset);
        if (count <= 0) {
          break;
        }
        offset += count;
        read += count;
        lines(buffer.array(), count);
      }
    }
    bytes += read;
    return read;
  }

  private void lines(byte[] block, int count) {
    int from = 0;
    for (int at = 0; at < count; at++) {
      if (block[at] == '\n') {
        if (rest.length > 0) {
          byte[] line = joined(block, from, at);
          rest = new byte[0];
          sink.line(line, 0, line.length);
        } else {
          sink.line(block, from, at);
        }
        from = at + 1;
      }
    }
    rest = from < count ? joined(block, from, count) : rest;
  }

  private byte[] joined(byte[] block, int from, int to) {
    byte[] joined = java.util.Arrays.copyOf(rest, rest.length + to - from);
    System.arraycopy(block, from, joined, rest.length, to - from);
    return joined;
  }

  /** The last whole lines of the present file, at most so many. */
  List<String> last(int most) throws IOException {
    long size = Files.size(current);
    long from = Math.max(0, size - (8L << 20));
    try (FileChannel channel = FileChannel.open(current)) {
      channel.position(from);
      InputStream in = Channels.newInputStream(channel);
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      int start = Math.max(from > 0 ? 1 : 0, lines.size() - most);
      return lines.subList(start, lines.size());
    }
  }
}
