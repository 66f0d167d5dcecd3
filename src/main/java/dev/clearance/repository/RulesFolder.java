package dev.clearance.repository;

import dev.clearance.decision.Digest;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Vocabulary;
import dev.clearance.workbook.VocabularyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A folder of workbooks, one of them {@value #VOCABULARY}, and a folder of {@code .drl} files.
 *
 * @param tables every {@code .xlsx} in it counts, but for the lock files that office programs leave
 * @param rules every {@code .drl} in it counts
 */
public record RulesFolder(Path tables, Path rules) {

  public static final String VOCABULARY = "vocabulary.xlsx";

  /**
   * Loads and checks all of it.
   *
   * @param defaults the policies that answer when a request names none
   * @return what is in force, or everything that is wrong
   */
  public Checked<Release> load(List<String> defaults, LocalDate today) {
    // Threads of its own: those of the common pool lack the class loader of an executable jar.
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      return load(defaults, today, workers);
    } finally {
      workers.shutdownNow();
    }
  }

  private Checked<Release> load(List<String> defaults, LocalDate today, Executor workers) {
    Map<String, byte[]> workbooks = read(tables, ".xlsx");
    Map<String, byte[]> drl = read(rules, ".drl");
    byte[] words = workbooks.remove(VOCABULARY);
    if (words == null) {
      return Checked.failed(
          List.of(
              new Finding(
                  Check.UNREADABLE_FILE,
                  Place.of(VOCABULARY),
                  "the folder " + tables + " holds no " + VOCABULARY,
                  "every folder of workbooks needs its vocabulary")));
    }
    // Compiling the rules takes longest and needs no workbook.
    CompletableFuture<Checked<RuleCompiler>> compiling =
        CompletableFuture.supplyAsync(() -> RuleCompiler.of(texts(drl)), workers);
    Checked<Vocabulary> vocabulary = VocabularyReader.read(VOCABULARY, words);
    Checked<RuleCompiler> compiler = compiling.join();
    List<Finding> findings = new ArrayList<>(vocabulary.findings());
    findings.addAll(compiler.findings());
    if (vocabulary.value().isEmpty() || compiler.value().isEmpty()) {
      return Checked.failed(findings);
    }
    Release.Foundation foundation =
        new Release.Foundation(
            vocabulary.value().get(), compiler.value().get(), digest(words, drl), defaults);
    List<CompletableFuture<Checked<PolicyFile>>> checking = new ArrayList<>();
    workbooks.forEach(
        (name, bytes) ->
            checking.add(
                CompletableFuture.supplyAsync(
                    () -> Release.check(foundation, name, bytes, today), workers)));
    List<PolicyFile> files = new ArrayList<>();
    for (CompletableFuture<Checked<PolicyFile>> future : checking) {
      Checked<PolicyFile> one = future.join();
      findings.addAll(one.findings());
      one.value().ifPresent(files::add);
    }
    for (String id : defaults) {
      if (!workbooks.containsKey(id + ".xlsx")) {
        findings.add(
            new Finding(
                Check.UNREADABLE_FILE,
                Place.of(id + ".xlsx"),
                "the default policy " + id + " has no workbook in " + tables,
                "correct clearance.default-policies"));
      }
    }
    return files.size() == workbooks.size()
        ? Checked.of(new Release(foundation, files), findings)
        : Checked.failed(findings);
  }

  private static String digest(byte[] vocabulary, Map<String, byte[]> drl) {
    StringBuilder parts = new StringBuilder(Digest.of(vocabulary));
    drl.forEach((name, bytes) -> parts.append('\n').append(name).append(Digest.of(bytes)));
    return Digest.of(parts.toString());
  }

  private static Map<String, String> texts(Map<String, byte[]> files) {
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private static Map<String, byte[]> read(Path folder, String extension) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path path : list.toList()) {
        String name = path.getFileName().toString();
        if (name.endsWith(extension) && !isLockFile(name) && Files.isRegularFile(path)) {
          files.put(name, Files.readAllBytes(path));
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
