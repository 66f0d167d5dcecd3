package dev.clearance.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes files so that a crash at any moment leaves the old content or the new one, whole. */
final class Durable {

  /** Such a file is a write that a crash cut short. */
  private static final String UNFINISHED = ".unfinished";

  private Durable() {}

  static void write(Path target, byte[] bytes) throws IOException {
    put(target, bytes);
    flush(target.toAbsolutePath().getParent());
  }

  /**
   * Writes several files, which are durable once all of them are.
   *
   * @param files contents by name
   */
  static void write(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      put(folder.resolve(file.getKey()), file.getValue());
    }
    if (!files.isEmpty()) {
      flush(folder);
    }
  }

  private static void put(Path target, byte[] bytes) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    // The leading dot keeps it out of every list of workbooks.
    Path unfinished =
        folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel channel =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      keepPermissions(target, unfinished);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Those who may edit a workbook on a shared drive may still edit the one that replaces it. */
  private static void keepPermissions(Path old, Path replacement) throws IOException {
    try {
      Files.setPosixFilePermissions(replacement, Files.getPosixFilePermissions(old));
    } catch (NoSuchFileException | UnsupportedOperationException none) {
      return;
    }
  }

  /** Makes the names in a folder durable; systems that cannot open a folder need no such step. */
  private static void flush(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      return;
    }
  }

  /** Creates a folder and what leads to it, and makes the names durable. */
  static void createFolder(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      return;
    }
    Path parent = absolute.getParent();
    if (parent != null) {
      createFolder(parent);
    }
    Files.createDirectories(absolute);
    if (parent != null) {
      flush(parent);
    }
  }

  static void removeUnfinished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(".") && name.endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
