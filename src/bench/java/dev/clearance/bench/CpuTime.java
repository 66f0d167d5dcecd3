package dev.clearance.bench;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Processor time of the asking thread instead of time on the clock: what can still be compared on a
 * machine that is busy with other things. Allocation is that of the thread as well.
 */
public final class CpuTime {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String LINE = "%-12s %-16s %10s %10s %10s%n";

  /** Of processor time, in nanoseconds. */
  private static final long SLICE = 400_000_000;

  private static volatile int sink;

  private CpuTime() {}

  /**
   * @param arguments names of tables; {@code +openl} and {@code +dmn} after one ask those as well,
   *     {@code +among200} asks the same policies with others beside them, 200 in all
   */
  public static void main(String[] arguments) {
    System.out.printf(LINE, "tables", "what", "us", "to floor", "bytes");
    for (String argument : arguments) {
      List<String> words = List.of(argument.split("\\+"));
      measure(words.get(0), words.subList(1, words.size()));
    }
  }

  private static void measure(String name, List<String> also) {
    long before = THREADS.getCurrentThreadCpuTime();
    Tables tables = Tables.of(name);
    System.out.printf(LINE, name, "build (ms)", millis(before), "", "");
    HashScan floor = new HashScan(tables.policies());
    BoundedMemory memory = BoundedMemory.ofVerdicts(10_000);
    DecisionPoint remembering = memory.of(tables.point());
    if (!name.equals("shipped")) {
      Agreement.ofEngine(tables, floor);
    }
    Agreement.ofMemory(tables, remembering);
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant("floor", floor::rows));
    variants.add(new Variant("decide", tables.point()::decide));
    variants.add(new Variant("decide, id", ask -> tables.point().decide(ask).decisionId()));
    variants.add(new Variant("remember", remembering::decide));
    variants.add(new Variant("remember, id", ask -> remembering.decide(ask).decisionId()));
    for (String word : also) {
      if (word.startsWith("among")) {
        Tables more = tables.among(Integer.parseInt(word.substring("among".length())));
        HashScan floorOfMore = new HashScan(more.policies());
        Agreement.ofEngine(more, floorOfMore);
        variants.add(new Variant("floor, " + word, floorOfMore::rows));
        variants.add(new Variant("decide, " + word, more.point()::decide));
      }
    }
    if (also.contains("openl")) {
      before = THREADS.getCurrentThreadCpuTime();
      OpenlTables peer = new OpenlTables(tables.policies());
      System.out.printf(LINE, name, "OpenL build (ms)", millis(before), "", "");
      Agreement.ofPeer(tables, floor, peer::rows, tables.requests().size());
      variants.add(new Variant("OpenL", peer::rows));
    }
    if (also.contains("dmn")) {
      DmnTables apart = DmnTables.apart(tables.policies());
      Agreement.ofPeer(tables, floor, apart::rows, 300);
      variants.add(new Variant("KIE DMN", apart::rows));
      DmnTables together = DmnTables.together(tables.policies());
      Agreement.ofPeer(tables, floor, together::rows, 300);
      variants.add(new Variant("KIE DMN, one", together::rows));
    }
    time(name, variants, tables.requests());
    System.out.printf(
        "%-12s %-16s %10.4f of all, %d verdicts for %d requests%n",
        name,
        "hits",
        memory.cache().stats().hitRate(),
        memory.cache().estimatedSize(),
        tables.requests().size());
  }

  private record Variant(String name, Function<DecisionRequest, ?> question) {}

  /** The best of five rounds, in which the variants take turns, after as many to warm up. */
  private static void time(String tables, List<Variant> variants, List<DecisionRequest> requests) {
    double[] best = new double[variants.size()];
    double[] bytes = new double[variants.size()];
    for (int round = -5; round < 5; round++) {
      for (int i = 0; i < best.length; i++) {
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long begin = THREADS.getCurrentThreadCpuTime();
        int asked = 0;
        long spent = 0;
        while (spent < SLICE) {
          for (int j = 0; j < 64; j++) {
            Object answer = variants.get(i).question().apply(requests.get(asked++ % requests.size()));
            sink = answer == null ? 0 : 1;
          }
          spent = THREADS.getCurrentThreadCpuTime() - begin;
        }
        double each = spent / 1e3 / asked;
        best[i] = round <= 0 ? each : Math.min(best[i], each);
        long now = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        bytes[i] = (double) (now - allocated) / asked;
      }
    }
    for (int i = 0; i < best.length; i++) {
      System.out.printf(
          LINE,
          tables,
          variants.get(i).name(),
          "%.2f".formatted(best[i]),
          "%.1f".formatted(best[i] / best[0]),
          "%.0f".formatted(bytes[i]));
    }
  }

  private static long millis(long since) {
    return (THREADS.getCurrentThreadCpuTime() - since) / 1_000_000;
  }
}
