package dev.clearance.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came into force when, by whom. Lines are only ever added, each with a checksum; one that a
 * crash tore is cut off at the next start.
 *
 * <p>Written by one thread at a time; read by any.
 */
final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Path file;
  private long length;
  private volatile List<Entry> entries;

  private Journal(Path file, long length, List<Entry> entries) {
    this.file = file;
    this.length = length;
    this.entries = List.copyOf(entries);
  }

  static Journal open(Path file) throws IOException {
    try (FileChannel channel = channel(file)) {
      return read(file, channel);
    }
  }

  /** Opened for each use: an interrupted thread closes the channel that it is writing to. */
  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static Journal read(Path file, FileChannel channel) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(channel.size())];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
      continue;
    }
    List<Entry> entries = new ArrayList<>();
    int good = 0;
    int damaged = 0;
    for (int from = 0; from < bytes.length; ) {
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
      if (end < bytes.length && isWhole(line)) {
        Entry.parse(line.substring(line.indexOf('\t') + 1)).ifPresent(entries::add);
        good = end + 1;
      } else {
        damaged++;
      }
      from = end + 1;
    }
    if (good < bytes.length) {
      LOG.warn("{}: {} bytes of an unfinished entry are cut off", file, bytes.length - good);
      channel.truncate(good);
      channel.force(true);
      damaged--;
    }
    if (damaged > 0) {
      LOG.error("{}: {} damaged lines are passed over", file, damaged);
    }
    return new Journal(file, good, entries);
  }

  private static boolean isWhole(String line) {
    int tab = line.indexOf('\t');
    return tab > 0 && line.substring(0, tab).equals(checksum(line.substring(tab + 1)));
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /** Oldest first. */
  List<Entry> entries() {
    return entries;
  }

  /** Adds these; durable on return. After a failure the next attempt begins where this one did. */
  void append(List<Entry> added) throws IOException {
    if (added.isEmpty()) {
      return;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Entry entry : added) {
      String line = entry.line();
      lines.writeBytes((checksum(line) + "\t" + line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
    try (FileChannel channel = channel(file)) {
      // What an earlier attempt left behind, when the disk was full, is written over.
      channel.truncate(length);
      while (buffer.hasRemaining()) {
        channel.write(buffer, length + buffer.position());
      }
      channel.force(true);
    }
    length += buffer.limit();
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(added);
    entries = List.copyOf(all);
  }
}
