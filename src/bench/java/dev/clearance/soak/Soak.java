package dev.clearance.soak;

import dev.clearance.security.KeyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the most that the service answers, loads it with 80 % of that, changes the rules all the
 * while, and ends well only if no answer was wrong, lost, failed or mixed and every decision is in
 * the log.
 */
public final class Soak {

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration PEAK = Duration.ofSeconds(15);
  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(10);
  private static final Duration ANSWER_IN_FLIGHT = Duration.ofSeconds(40);
  private static final double SHARE_OF_PEAK = 0.8;
  private static final int REPLAYED = 1_000;

  private final Results results = new Results();
  private final List<Worker> workers = new ArrayList<>();
  private final Path folder;
  private final int port;
  private final Variants variants;
  private final String key;
  private volatile boolean tailing = true;

  private Soak(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    for (String from : List.of("decision-tables", "rules")) {
      Files.createDirectories(folder.resolve(from));
      try (Stream<Path> files = Files.list(Path.of(from))) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(from).resolve(file.getFileName()));
        }
      }
    }
    Files.createDirectories(folder.resolve("log"));
    this.variants = new Variants(tables(), rules(), folder.resolve("requests"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KeyCommand(Clock.systemUTC())
        .run(
            List.of("create", "--role=editor,reviewer", "--file", folder.resolve("keys").toString()),
            new PrintStream(out),
            System.err);
    this.key = out.toString(StandardCharsets.UTF_8).strip();
  }

  private Path tables() {
    return folder.resolve("decision-tables");
  }

  private Path rules() {
    return folder.resolve("rules");
  }

  /** The folder to work in, the jar, the port, the seconds, the connections, options of the JVM. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[2]);
    Duration duration = Duration.ofSeconds(Long.parseLong(arguments[3]));
    int connections = Integer.parseInt(arguments[4]);
    Soak soak = new Soak(folder, port);
    List<String> command =
        Service.command(
            Path.of(arguments[1]),
            List.of(arguments).subList(5, arguments.length),
            List.of(
                "--server.port=" + port,
                "--clearance.tables=" + soak.tables(),
                "--clearance.rules=" + soak.rules(),
                "--clearance.history=" + folder.resolve("published"),
                "--clearance.keys=" + folder.resolve("keys"),
                "--clearance.log.file=" + folder.resolve("log/decisions.ndjson"),
                // The log is read and deleted while it grows.
                "--clearance.log.keep=0"));
    boolean good;
    try (Service service = new Service(port, command, folder.resolve("service.log"))) {
      good = soak.run(service, duration, connections);
    }
    System.out.println(good ? "PASSED" : "FAILED");
    System.exit(good ? 0 : 1);
  }

  private boolean run(Service service, Duration duration, int connections) throws Exception {
    Publisher publisher = new Publisher(port, variants, tables(), rules(), key, results);
    LogTail log = new LogTail(folder.resolve("log/decisions.ndjson"), this::logged);
    Thread tail = new Thread(() -> tail(log), "log");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      workers.add(new Worker(i, port, variants, publisher::inForce, results));
      threads.add(new Thread(workers.get(i), "worker-" + i));
    }
    threads.add(0, tail);
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
    threads.remove(tail);

    System.out.printf("%d requests, %d connections, %s%n", variants.requests().size(), connections, machine());
    Thread.sleep(WARM_UP.toMillis());
    long before = results.answers.sum();
    Thread.sleep(PEAK.toMillis());
    double peak = (results.answers.sum() - before) / (double) PEAK.toSeconds();
    double rate = SHARE_OF_PEAK * peak;
    System.out.printf("peak %.0f requests/s (%s); now %.0f/s for %s%n", peak, machine(), rate, duration);
    workers.forEach(worker -> worker.pace.set((long) (connections * 1e9 / rate)));
    Thread.sleep(2_000);
    String atStart = service.footprint();
    System.out.println("at the start: " + atStart);
    results.latency.reset();

    long begun = System.nanoTime();
    long answersBefore = results.answers.sum();
    long end = begun + duration.toNanos();
    long nextChange = begun;
    long nextLine = begun + Duration.ofMinutes(1).toNanos();
    while (System.nanoTime() < end) {
      if (System.nanoTime() >= nextChange) {
        publisher.change();
        nextChange += BETWEEN_CHANGES.toNanos();
      }
      if (System.nanoTime() >= nextLine) {
        System.out.println(line(service, publisher, begun, answersBefore));
        nextLine += Duration.ofMinutes(1).toNanos();
      }
      Thread.sleep(20);
    }
    double achieved = (results.answers.sum() - answersBefore) / ((System.nanoTime() - begun) / 1e9);
    workers.forEach(Worker::end);
    for (Thread thread : threads) {
      thread.join();
    }
    // Bring the rest of the log to the disk.
    Thread.sleep(3_000);
    tailing = false;
    tail.join();
    long missing = 0;
    for (Worker worker : workers) {
      missing += worker.told.size();
    }
    results.notLogged.add(missing);
    String replayed = replay(log);
    System.out.println("at the start: " + atStart);
    System.out.println("at the end:   " + service.footprint());
    Map<String, Double> meters = service.meters();
    System.out.printf(
        "requests %d (%.0f/s of %.0f aimed at), decisions %d, latency p50 %s p99 %s p99.9 %s%n",
        results.answers.sum(),
        achieved,
        rate,
        results.decisions.sum(),
        results.latency.millis(0.5),
        results.latency.millis(0.99),
        results.latency.millis(0.999));
    System.out.printf(
        "failed or lost %d, wrong or mixed %d; changes in force %d; more than a second behind the pace %d times%n",
        results.failed.sum(), results.wrong.sum(), publisher.taken(), results.behind.sum());
    System.out.printf(
        "log: %d lines (%.1f GB), not logged %d, logged wrongly %d, dropped by the service %.0f; %s%n",
        results.logged.sum(),
        log.bytes() / 1e9,
        results.notLogged.sum(),
        results.loggedWrong.sum(),
        meters.getOrDefault("clearance_log_dropped_total", -1.0),
        replayed);
    return results.good()
        && publisher.taken() > 0
        && replayed.startsWith("replayed")
        && meters.getOrDefault("clearance_log_dropped_total", -1.0) == 0;
  }

  private String line(Service service, Publisher publisher, long begun, long before)
      throws IOException {
    double seconds = (System.nanoTime() - begun) / 1e9;
    long waiting = workers.stream().mapToLong(worker -> worker.told.size()).sum();
    return String.format(
        "%5.0f s: %.0f/s, p99 %s, failed %d, wrong %d, changes %d, not yet seen in the log %d; %s; %s",
        seconds,
        (results.answers.sum() - before) / seconds,
        results.latency.millis(0.99),
        results.failed.sum(),
        results.wrong.sum(),
        publisher.taken(),
        waiting,
        service.present(),
        machine());
  }

  private static String machine() throws IOException {
    return Runtime.getRuntime().availableProcessors()
        + " cores, load "
        + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private void tail(LogTail log) {
    try {
      while (true) {
        boolean last = !tailing;
        if (!log.read()) {
          if (last) {
            return;
          }
          Thread.sleep(20);
        }
      }
    } catch (IOException | InterruptedException failure) {
      results.loggedWrong.increment();
      results.note("the log cannot be read: " + failure);
    }
  }

  private static final byte[] OURS = "\"requestId\":\"s-".getBytes(StandardCharsets.US_ASCII);
  private static final int ID = "{\"decisionId\":\"".length();
  private static final int HEAD = 200;

  /** {@code {"decisionId":"…","time":"…","requestId":"s-<worker>-<question>",…} */
  private void logged(byte[] bytes, int from, int to) {
    for (int at = from + ID; at < Math.min(to, from + HEAD); at++) {
      if (bytes[at] == OURS[0]
          && java.util.Arrays.equals(bytes, at, at + OURS.length, OURS, 0, OURS.length)) {
        int begin = at + OURS.length;
        int end = begin;
        while (bytes[end] != '"') {
          end++;
        }
        String[] who = new String(bytes, begin, end - begin, StandardCharsets.US_ASCII).split("-");
        results.logged.increment();
        match(
            workers.get(Integer.parseInt(who[0])),
            Long.parseLong(who[1]),
            Worker.id(bytes, from + ID));
        return;
      }
    }
  }

  /** Questions of a worker are logged in their order, and before they are answered. */
  private void match(Worker worker, long question, long id) {
    long patience = System.nanoTime() + ANSWER_IN_FLIGHT.toNanos();
    while (true) {
      Worker.Told told = worker.told.peek();
      if (told == null) {
        if (System.nanoTime() > patience) {
          results.note("logged and never answered: question " + question);
          return;
        }
        Thread.onSpinWait();
        continue;
      }
      if (told.question() > question) {
        // Its answer was lost, which is counted already.
        return;
      }
      worker.told.poll();
      if (told.question() == question) {
        if (told.id() != id) {
          results.loggedWrong.increment();
          results.note("another decision was logged for question " + question);
        }
        return;
      }
      results.notLogged.increment();
      results.note("not logged: question " + told.question());
    }
  }

  /** The last lines of the log, asked again. */
  private String replay(LogTail log) throws IOException {
    List<String> lines = log.last(REPLAYED);
    int same = 0;
    try (Connection connection = new Connection(port)) {
      for (String line : lines) {
        Connection.Answer answer =
            connection.send(
                "POST",
                "/v1/decisions/replay",
                "Content-Type: application/json\r\nX-API-Key: " + key + "\r\n",
                line.getBytes(StandardCharsets.UTF_8));
        String again = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() == 200 && line.endsWith(",\"answer\":" + again + "}")) {
          same++;
        }
      }
    }
    return same == lines.size() && same > 0
        ? "replayed " + same + " lines, all the same"
        : "NOT THE SAME when replayed: " + (lines.size() - same) + " of " + lines.size();
  }
}
