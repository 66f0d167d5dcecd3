package dev.clearance.repository;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.source.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A folder of workbooks, one of them {@value #VOCABULARY}, and a folder of {@code .drl} files.
 *
 * @param tables every {@code .xlsx} in it counts, but for the lock files that office programs leave
 * @param rules every {@code .drl} in it counts
 */
public record RulesFolder(Path tables, Path rules) {

  public static final String VOCABULARY = "vocabulary.xlsx";
  public static final String WORKBOOK = ".xlsx";
  static final String RULES = ".drl";
  private static final int LARGEST_FILE = 10 << 20;

  /** The workbooks of policies, by id. */
  public Map<String, Path> policies() {
    Map<String, Path> policies = new TreeMap<>();
    list(tables, WORKBOOK)
        .forEach(
            (name, path) -> {
              if (!name.equals(VOCABULARY)) {
                policies.put(name.substring(0, name.length() - WORKBOOK.length()), path);
              }
            });
    return policies;
  }

  /**
   * Loads and checks all of it.
   *
   * @param defaults the policies that answer when a request names none
   * @return what is in force, or everything that is wrong
   */
  public Checked<Release> load(List<String> defaults, LocalDate today) {
    return load(defaults, List.of(), today);
  }

  /**
   * Loads and checks all of it.
   *
   * @param defaults the policies that answer when a request names none
   * @param checks what every workbook is held against, besides its form and its examples
   */
  public Checked<Release> load(List<String> defaults, List<PolicyCheck> checks, LocalDate today) {
    Map<String, byte[]> workbooks = read(tables, WORKBOOK);
    Optional<byte[]> vocabulary = Optional.ofNullable(workbooks.remove(VOCABULARY));
    if (vocabulary.isEmpty()) {
      return Checked.failed(
          List.of(
              new Finding(
                  Check.UNREADABLE_FILE,
                  Place.of(VOCABULARY),
                  "the folder " + tables + " holds no " + VOCABULARY,
                  "every folder of workbooks needs its vocabulary")));
    }
    List<PolicyText> policies = new ArrayList<>();
    workbooks.forEach((name, bytes) -> policies.add(new PolicyText(name, bytes, Optional.empty())));
    return load(vocabulary.get(), read(rules, RULES), defaults, checks, policies, today);
  }

  /**
   * What a workbook that lies elsewhere can be checked against: the vocabulary and the rules, with
   * no policy in force.
   */
  public static Checked<Release> withoutPolicies(
      Path vocabulary, Path rules, List<PolicyCheck> checks) {
    Map<String, byte[]> drl = read(rules, RULES);
    return withWorkers(workers -> Foundation.of(read(vocabulary), drl, List.of(), checks, workers))
        .then(foundation -> Checked.of(new Release(foundation, List.of()), List.of()));
  }

  /** What policies stood on, from the files that are kept of it. */
  static Optional<Foundation> foundation(Map<String, byte[]> files) {
    Map<String, byte[]> drl = new TreeMap<>(files);
    byte[] vocabulary = drl.remove(VOCABULARY);
    return vocabulary == null
        ? Optional.empty()
        : withWorkers(
            workers -> Foundation.of(vocabulary, drl, List.of(), List.of(), workers).value());
  }

  /** Threads of its own: those of the common pool lack the class loader of an executable jar. */
  private static <T> T withWorkers(Function<Executor, T> work) {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      return work.apply(workers);
    } finally {
      workers.shutdownNow();
    }
  }

  /**
   * A workbook to be loaded.
   *
   * @param otherwise what to load instead when the bytes do not check clean
   */
  record PolicyText(String name, byte[] bytes, Optional<byte[]> otherwise) {}

  static Checked<Release> load(
      byte[] vocabulary,
      Map<String, byte[]> drl,
      List<String> defaults,
      List<PolicyCheck> checks,
      List<PolicyText> policies,
      LocalDate today) {
    return withWorkers(
        workers ->
            Foundation.of(vocabulary, drl, defaults, checks, workers)
                .then(foundation -> load(foundation, policies, today, workers)));
  }

  private static Checked<Release> load(
      Foundation foundation, List<PolicyText> policies, LocalDate today, Executor workers) {
    List<CompletableFuture<Checked<PolicyFile>>> checking = new ArrayList<>();
    for (PolicyText policy : policies) {
      checking.add(CompletableFuture.supplyAsync(() -> check(foundation, policy, today), workers));
    }
    List<Finding> findings = new ArrayList<>();
    List<PolicyFile> files = new ArrayList<>();
    for (CompletableFuture<Checked<PolicyFile>> future : checking) {
      Checked<PolicyFile> one = future.join();
      findings.addAll(one.findings());
      one.value().ifPresent(files::add);
    }
    for (String id : foundation.defaults()) {
      if (policies.stream().noneMatch(policy -> policy.name().equals(id + WORKBOOK))) {
        findings.add(
            new Finding(
                Check.UNREADABLE_FILE,
                Place.of(id + WORKBOOK),
                "the default policy " + id + " has no workbook",
                "correct clearance.default-policies"));
      }
    }
    boolean failed = findings.stream().anyMatch(Finding::isError);
    return failed ? Checked.failed(findings) : Checked.of(new Release(foundation, files), findings);
  }

  private static Checked<PolicyFile> check(
      Foundation foundation, PolicyText policy, LocalDate today) {
    Checked<PolicyFile> first = Release.check(foundation, policy.name(), policy.bytes(), today);
    if (first.isClean() || policy.otherwise().isEmpty()) {
      return first;
    }
    Checked<PolicyFile> second =
        Release.check(foundation, policy.name(), policy.otherwise().get(), today);
    return second.isClean() ? second : first;
  }

  private static Map<String, byte[]> read(Path folder, String extension) {
    Map<String, byte[]> files = new TreeMap<>();
    list(folder, extension).forEach((name, path) -> files.put(name, read(path)));
    return files;
  }

  /** A file that is too large is not read to its end; what is read is enough to refuse it. */
  static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST_FILE + 1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /** The files that count, by name. */
  static Map<String, Path> list(Path folder, String extension) {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path path : list.toList()) {
        String name = path.getFileName().toString();
        if (name.endsWith(extension) && !isLockFile(name) && Files.isRegularFile(path)) {
          files.put(name, path);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the folder " + folder, unreadable);
    }
    return files;
  }

  /** Excel leaves {@code ~$name.xlsx} beside an open file, LibreOffice {@code .~lock.name#}. */
  static boolean isLockFile(String name) {
    return name.startsWith("~$") || name.startsWith(".");
  }
}
