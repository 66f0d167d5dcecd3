package dev.clearance.repository;

import dev.clearance.decision.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells a file that is saved from one that is being written. Office programs write in pieces, so a
 * file counts once it has rested; one that lacks its end rests longer.
 */
final class Settling {

  private static final Duration REST = Duration.ofMillis(300);
  private static final Duration REST_WITHOUT_END = Duration.ofSeconds(2);

  /** Stands for the digest of a file that stays unreadable. */
  private static final Optional<String> UNREADABLE = Optional.of("unreadable");

  private final Map<String, Seen> seen = new HashMap<>();

  private record Stamp(long size, FileTime modified, Optional<Object> key) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      @Nullable Object key = attributes.fileKey();
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(key));
    }
  }

  /**
   * @param since when the stamp was first seen, in nanoseconds
   * @param digest once it has been read
   */
  private record Seen(Stamp stamp, long since, Optional<String> digest) {}

  /**
   * What a look at the files shows.
   *
   * @param digests of the files that are saved, by name
   * @param resting whether every file is saved
   */
  record Look(Map<String, String> digests, boolean resting) {}

  /** Looks at the files again; {@code now} only ever grows. */
  Look look(Map<String, Path> files, long now) {
    seen.keySet().retainAll(files.keySet());
    Map<String, String> digests = new TreeMap<>();
    boolean resting = true;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try {
        Optional<String> digest = look(file.getKey(), file.getValue(), now);
        digest.ifPresent(one -> digests.put(file.getKey(), one));
        resting &= digest.isPresent();
      } catch (IOException gone) {
        // It was renamed or removed since it was listed.
        seen.remove(file.getKey());
        resting = false;
      }
    }
    return new Look(digests, resting);
  }

  private Optional<String> look(String name, Path file, long now) throws IOException {
    Stamp stamp = Stamp.of(file);
    Seen before = seen.get(name);
    if (before == null || !Objects.equals(before.stamp(), stamp)) {
      seen.put(name, new Seen(stamp, now, Optional.empty()));
      return Optional.empty();
    }
    if (before.digest().isPresent()) {
      return before.digest();
    }
    Duration rested = Duration.ofNanos(now - before.since());
    if (rested.compareTo(REST) < 0) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = RulesFolder.read(file);
    } catch (UncheckedIOException locked) {
      return rested.compareTo(REST_WITHOUT_END) < 0 ? Optional.empty() : UNREADABLE;
    }
    if (!hasEnd(name, bytes) && rested.compareTo(REST_WITHOUT_END) < 0) {
      return Optional.empty();
    }
    if (!Stamp.of(file).equals(stamp)) {
      return Optional.empty();
    }
    Optional<String> digest = Optional.of(Digest.full(bytes));
    seen.put(name, new Seen(stamp, before.since(), digest));
    return digest;
  }

  /** A zip archive ends with its directory, which is written last. */
  private static boolean hasEnd(String name, byte[] bytes) {
    if (!name.endsWith(RulesFolder.WORKBOOK)) {
      return true;
    }
    for (int at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--) {
      if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 5 && bytes[at + 3] == 6) {
        return true;
      }
    }
    return false;
  }
}
