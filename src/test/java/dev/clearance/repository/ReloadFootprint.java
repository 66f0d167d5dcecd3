package dev.clearance.repository;

import dev.clearance.repository.PolicyRepository.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Measures what reloads leave behind: run by hand, with the number of publications and the number
 * of changes of the rules.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \\
 *   -Dexec.mainClass=dev.clearance.repository.ReloadFootprint -Dexec.args="1000 200"
 * </pre>
 */
public final class ReloadFootprint {

  private static final String POLICY = "housing-centre";

  private ReloadFootprint() {}

  public static void main(String[] arguments) throws IOException {
    int publications = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int changes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    Path root = Files.createTempDirectory("reloads");
    SmallFolder folder = new SmallFolder(root);
    Files.createDirectories(folder.tables());
    Files.createDirectories(folder.rules());
    for (Path file : RulesFolder.list(Path.of("decision-tables"), ".xlsx").values()) {
      Files.copy(file, folder.tables().resolve(file.getFileName()));
    }
    folder.withShippedRules();
    List<byte[]> variants = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      variants.add(variant(i));
    }
    Settings settings = new Settings(folder.folder(), folder.history(), List.of(), List.of());
    try (PolicyRepository repository = PolicyRepository.open(settings, Clock.systemDefaultZone())) {
      System.out.println("publications of " + POLICY);
      run(publications, i -> publish(repository, variants.get(i % variants.size()), i));
    }
    for (Path file : RulesFolder.list(folder.tables(), ".xlsx").values()) {
      if (!file.endsWith(RulesFolder.VOCABULARY) && !file.endsWith(POLICY + ".xlsx")) {
        Files.delete(file);
      }
    }
    try (PolicyRepository repository = PolicyRepository.open(settings, Clock.systemDefaultZone())) {
      System.out.println("changes of the rules under " + POLICY);
      Path rules = folder.rules().resolve("sanctions.drl");
      String text = Files.readString(rules);
      repository.watch();
      run(changes, i -> changeRules(repository, rules, text + "\n// change " + i + "\n"));
    }
  }

  private interface Step {
    void run(int number) throws IOException;
  }

  private static void run(int times, Step step) throws IOException {
    System.out.println(" reloads  heap MiB  metaspace MiB  classes  ms each");
    long start = System.nanoTime();
    print(0, 0);
    int each = Math.max(1, times / 10);
    for (int i = 1; i <= times; i++) {
      step.run(i);
      if (i % each == 0) {
        print(i, (System.nanoTime() - start) / 1e6 / each);
        start = System.nanoTime();
      }
    }
  }

  private static void print(int done, double each) {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    double metaspace = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        metaspace = pool.getUsage().getUsed() / 1048576.0;
      }
    }
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    System.out.printf(
        Locale.ROOT, "%8d  %8.1f  %13.1f  %7d  %7.1f%n", done, heap, metaspace, classes, each);
  }

  private static void publish(PolicyRepository repository, byte[] bytes, int number) {
    Publication result =
        repository.publish(POLICY, bytes, new Precondition.Whatever(), "measure", "" + number);
    if (!(result instanceof Publication.Published)) {
      throw new IllegalStateException(result.toString());
    }
  }

  private static void changeRules(PolicyRepository repository, Path rules, String text)
      throws IOException {
    Release before = repository.current();
    Files.writeString(rules, text);
    try {
      while (repository.current() == before) {
        Thread.sleep(5);
      }
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  /** The same rules with another note, so that the bytes differ. */
  private static byte[] variant(int number) throws IOException {
    byte[] shipped = Files.readAllBytes(Path.of("decision-tables", POLICY + ".xlsx"));
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(shipped));
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      workbook.getSheet("条款").getRow(1).createCell(6).setCellValue("第" + number + "稿");
      workbook.write(out);
      return out.toByteArray();
    }
  }
}
