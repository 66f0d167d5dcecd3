package dev.clearance.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of keys, a line for each, read again when it has changed. A file that is gone holds no
 * keys. One that cannot be read leaves the keys as they were, and says so in the log: a slip of the
 * editor must not lock everybody out, and cannot let anybody in.
 */
final class KeyFile {

  static final String HEADING =
      "# Keys of Clearance, as hashes: id, roles, hash, created, expires (or -), note.\n"
          + "# To withdraw a key, delete its line.\n";

  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
  private static final long LOOK_EVERY_NANOS = 500_000_000;

  private final Path path;
  private final Clock clock;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile Known known;

  private record Known(Optional<Stamp> stamp, Map<String, ApiKey> keys) {}

  private record Stamp(long size, java.nio.file.attribute.FileTime modified, String inode) {}

  /** The file says something that is no key. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @throws Unreadable when the file is there and cannot be understood
   */
  KeyFile(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
    this.known = load();
  }

  Path path() {
    return path;
  }

  boolean hasUsableKey() {
    return known.keys().values().stream().anyMatch(key -> key.isUsable(clock.instant()));
  }

  /** The key with this text, if there is one and it has not expired. */
  Optional<ApiKey> find(String text) {
    look();
    return ApiKey.Parts.of(text)
        .flatMap(
            parts ->
                Optional.ofNullable(known.keys().get(parts.id()))
                    .filter(key -> key.fits(parts.secret())))
        .filter(key -> key.isUsable(clock.instant()));
  }

  private void look() {
    long now = System.nanoTime();
    long last = looked.get();
    if (now - last < LOOK_EVERY_NANOS || !looked.compareAndSet(last, now)) {
      return;
    }
    try {
      if (!stamp().equals(known.stamp())) {
        known = load();
        LOG.info("{} holds {} keys", path, known.keys().size());
      }
    } catch (Unreadable unreadable) {
      LOG.error("the keys stay as they were: {}", unreadable.getMessage());
    }
  }

  private Known load() {
    // The stamp first: what changes while we read is then read again.
    Optional<Stamp> stamp = stamp();
    Map<String, ApiKey> keys = new LinkedHashMap<>();
    if (stamp.isPresent()) {
      read(path, clock.getZone()).forEach(key -> keys.put(key.id(), key));
    }
    return new Known(stamp, keys);
  }

  static List<ApiKey> read(Path path, ZoneId zone) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new Unreadable("the file " + path + " cannot be read", unreadable);
    }
    List<ApiKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        keys.add(ApiKey.parse(line, zone));
      } catch (IllegalArgumentException wrong) {
        throw new Unreadable(path + ", line " + (i + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    return keys;
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey())));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
