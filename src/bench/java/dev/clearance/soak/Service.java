package dev.clearance.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The service under load: a process of its own. */
final class Service implements AutoCloseable {

  private static final long START_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final int port;
  private final Process process;

  Service(int port, List<String> command, Path output) throws IOException, InterruptedException {
    this.port = port;
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long patience = System.nanoTime() + START_NANOS;
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > patience) {
        close();
        throw new IOException("the service does not start:\n" + Files.readString(output));
      }
      Thread.sleep(200);
    }
  }

  private boolean isReady() {
    try (Connection connection = new Connection(port)) {
      return connection.send("GET", "/v1/policies", "", new byte[0]).status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Sums by name, with {@code {area}} for memory. */
  Map<String, Double> meters() throws IOException {
    Map<String, Double> sums = new TreeMap<>();
    String text = readAll("/actuator/prometheus");
    for (String line : text.split("\n")) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      int brace = line.indexOf('{');
      int space = line.lastIndexOf(' ');
      String name = line.substring(0, brace < 0 ? space : brace);
      if (name.equals("jvm_memory_used_bytes")) {
        name += line.contains("area=\"heap\"") ? ".heap" : line.contains("Metaspace") ? ".meta" : ".other";
      }
      sums.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
    }
    return sums;
  }

  /** Closed by the service at its end, so that any form of answer can be read. */
  private String readAll(String path) throws IOException {
    var answer =
        new java.net.URL("http://127.0.0.1:" + port + path).openConnection().getInputStream();
    try (answer) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Memory after a full collection, threads, open files. */
  String footprint() throws IOException, InterruptedException {
    Process collect =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.run")
            .redirectErrorStream(true)
            .start();
    collect.getInputStream().readAllBytes();
    collect.waitFor();
    return present();
  }

  String present() throws IOException {
    Map<String, Double> meters = meters();
    long files;
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      files = open.count();
    }
    String resident = "?";
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        resident = line.replaceAll("[^0-9]", "");
      }
    }
    return String.format(
        "heap %.0f MB, metaspace %.0f MB, classes %.0f, threads %.0f, files %d, resident %d MB",
        meters.getOrDefault("jvm_memory_used_bytes.heap", 0.0) / 1e6,
        meters.getOrDefault("jvm_memory_used_bytes.meta", 0.0) / 1e6,
        meters.getOrDefault("jvm_classes_loaded_classes", 0.0),
        meters.getOrDefault("jvm_threads_live_threads", 0.0),
        files,
        Long.parseLong(resident) / 1000);
  }

  static List<String> command(Path jar, List<String> javaOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
