package dev.clearance.drools;

import dev.clearance.decision.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.drools.base.util.Drools;
import org.drools.model.Model;

/**
 * Rules compiled when the service was built. Compiling takes a start longer than anything else, and
 * most services run the rules that they came with.
 *
 * <p>INVARIANT: what was compiled is used for these very texts, kinds of facts and version of
 * Drools and for no others, since it lies under a digest of all of them; and it lies where no class
 * loader but its own looks, since rules that were edited compile to classes of the same names.
 */
public final class AheadOfTime {

  private static final String FOLDER = "compiled-rules/";

  /** Names the classes that are models, one a line. */
  private static final String MODELS = "models";

  /** What rules may speak of, and so what they are compiled against. */
  static final List<Class<?>> FACTS =
      List.of(
          Act.class,
          Case.class,
          Deed.class,
          Definition.class,
          Glance.class,
          Information.class,
          Level.class,
          Situation.class,
          Wording.class);

  private AheadOfTime() {}

  /**
   * Compiles the rules of a folder. Part of the build.
   *
   * @param arguments the folder of the {@code .drl} files, and the one that becomes the root of the
   *     class path
   */
  public static void main(String... arguments) throws IOException {
    // As all other classes of the build, whatever the JDK that runs it.
    System.setProperty("drools.dialect.java.compiler.lnglevel", "17");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(Path.of(arguments[0]))) {
      for (Path file : list.filter(path -> path.toString().endsWith(".drl")).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    keep(files, Path.of(arguments[1]));
  }

  /** Puts what the rules compile to where {@link #models} finds it. */
  static void keep(Map<String, String> files, Path classPath) throws IOException {
    Compilation compilation =
        Compilation.of(files)
            .value()
            .orElseThrow(() -> new IllegalStateException("the rules do not compile"));
    clear(classPath.resolve(FOLDER));
    Path folder = classPath.resolve(FOLDER + digest(files));
    for (Map.Entry<String, byte[]> compiled : compilation.classes().entrySet()) {
      Path file = folder.resolve(compiled.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, compiled.getValue());
    }
    Files.write(
        folder.resolve(MODELS),
        compilation.models().stream().map(model -> model.getClass().getName()).toList());
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> deepestLast = Files.walk(folder)) {
      for (Path path : deepestLast.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What these rules were compiled to, if they were. */
  static Optional<Collection<Model>> models(Map<String, String> files) {
    return models(files, AheadOfTime.class.getClassLoader());
  }

  static Optional<Collection<Model>> models(Map<String, String> files, ClassLoader classPath) {
    URL names = classPath.getResource(FOLDER + digest(files) + "/" + MODELS);
    if (names == null) {
      return Optional.empty();
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(names.openStream(), StandardCharsets.UTF_8))) {
      // Not closed: classes are loaded from it as long as the rules are in force.
      ClassLoader compiled = new URLClassLoader(new URL[] {new URL(names, ".")}, classPath);
      List<Model> models = new ArrayList<>();
      for (String name : lines.lines().toList()) {
        models.add((Model) compiled.loadClass(name).getConstructor().newInstance());
      }
      return Optional.of(models);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the compiled rules", unreadable);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("the compiled rules are not what the build left", broken);
    }
  }

  private static String digest(Map<String, String> files) {
    StringBuilder parts = new StringBuilder(Drools.getFullVersion()).append('\n');
    for (Class<?> kind : FACTS) {
      parts.append(Digest.of(bytes(kind))).append('\n');
    }
    new TreeMap<>(files)
        .forEach(
            (name, text) -> parts.append(name).append(' ').append(Digest.of(text)).append('\n'));
    return Digest.of(parts.toString());
  }

  private static byte[] bytes(Class<?> kind) {
    try (InputStream in = kind.getResourceAsStream(kind.getSimpleName() + ".class")) {
      return Objects.requireNonNull(in, kind.getName()).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + kind, unreadable);
    }
  }
}
