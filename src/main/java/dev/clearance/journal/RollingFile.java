package dev.clearance.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows to a size or to the end of the day and is then set aside, as {@code
 * decisions.2026-11-22.001.ndjson}. Whole blocks are written or nothing: what a full disk cut short
 * is taken back.
 */
final class RollingFile {

  private final Path path;
  private final long mostBytes;
  private final int keep;
  private final Clock clock;
  private @Nullable FileChannel channel;
  private LocalDate day;
  private long size;

  /**
   * @param keep how many files that were set aside are kept; 0 for all
   */
  RollingFile(Path path, long mostBytes, int keep, Clock clock) {
    this.path = path.toAbsolutePath();
    this.mostBytes = mostBytes;
    this.keep = keep;
    this.clock = clock;
    this.day = LocalDate.now(clock);
  }

  void append(byte[] block, int length) throws IOException {
    FileChannel open = open();
    LocalDate today = LocalDate.now(clock);
    if (size > 0 && (size + length > mostBytes || !today.equals(day))) {
      setAside();
      open = open();
    }
    day = today;
    ByteBuffer rest = ByteBuffer.wrap(block, 0, length);
    try {
      while (rest.hasRemaining()) {
        open.write(rest);
      }
      size += length;
    } catch (IOException failure) {
      takeBack(open, failure);
      throw failure;
    }
  }

  private void takeBack(FileChannel open, IOException failure) {
    try {
      open.truncate(size);
      open.close();
    } catch (IOException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    channel = null;
  }

  private FileChannel open() throws IOException {
    FileChannel known = channel;
    if (known != null) {
      return known;
    }
    Files.createDirectories(path.getParent());
    FileChannel opened =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    size = opened.size();
    if (size > 0) {
      day = LocalDate.ofInstant(Files.getLastModifiedTime(path).toInstant(), clock.getZone());
      endLastLine(opened);
    }
    opened.position(size);
    channel = opened;
    return opened;
  }

  /** A crash may have left half a line; it stays, as a line by itself. */
  private void endLastLine(FileChannel opened) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    opened.read(last, size - 1);
    if (last.get(0) != '\n') {
      opened.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      size++;
    }
  }

  private void setAside() throws IOException {
    close();
    Files.move(path, aside(nextNumber()));
    List<Path> old = older(path);
    for (int i = 0; keep > 0 && i < old.size() - keep; i++) {
      Files.deleteIfExists(old.get(i));
    }
  }

  /**
   * One more than the highest of the day: a number that became free again would stand too early.
   */
  private int nextNumber() throws IOException {
    String start = stem(path) + "." + day + ".";
    int highest = 0;
    for (Path file : older(path)) {
      String name = file.getFileName().toString();
      if (name.startsWith(start)) {
        int end = name.length() - extension(path).length();
        highest = Math.max(highest, Integer.parseInt(name.substring(start.length(), end)));
      }
    }
    return highest + 1;
  }

  private Path aside(int number) {
    return path.resolveSibling(
        String.format("%s.%s.%03d%s", stem(path), day, number, extension(path)));
  }

  /** The files that were set aside, oldest first. */
  static List<Path> older(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(absolute.getParent())) {
      return files;
    }
    String pattern =
        java.util.regex.Pattern.quote(stem(absolute))
            + "\\.[0-9]{4}-[0-9]{2}-[0-9]{2}\\.[0-9]{3,}"
            + java.util.regex.Pattern.quote(extension(absolute));
    try (Stream<Path> all = Files.list(absolute.getParent())) {
      all.filter(file -> file.getFileName().toString().matches(pattern))
          .sorted(
              Comparator.<Path>comparingInt(file -> file.getFileName().toString().length())
                  .thenComparing(file -> file.getFileName().toString()))
          .forEach(files::add);
    }
    return files;
  }

  private static String stem(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String extension(Path path) {
    return path.getFileName().toString().substring(stem(path).length());
  }

  void force() throws IOException {
    if (channel != null) {
      channel.force(false);
    }
  }

  void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.force(true);
      open.close();
    }
  }
}
