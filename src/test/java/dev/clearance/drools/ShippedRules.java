package dev.clearance.drools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules of {@code rules/*.drl}, as the service reads them. */
public final class ShippedRules {

  private ShippedRules() {}

  /** By file name. */
  public static Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("rules"))) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return texts;
  }

  public static RuleCompiler compiler() {
    return RuleCompiler.of(texts()).value().orElseThrow();
  }
}
