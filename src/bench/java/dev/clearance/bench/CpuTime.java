package dev.clearance.bench;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Function;

/**
 * Processor time of the asking thread instead of time on the clock: what can still be compared on a
 * machine that is busy with other things. Allocation is that of the thread as well.
 */
public final class CpuTime {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static volatile int sink;

  private CpuTime() {}

  /**
   * @param arguments names of tables; with {@code +dmn} after one, KIE DMN is asked as well
   */
  public static void main(String[] arguments) {
    System.out.printf("%-12s %-10s %10s %10s%n", "tables", "what", "us", "bytes");
    for (String argument : arguments) {
      String name = argument.replace("+dmn", "");
      long before = THREADS.getCurrentThreadCpuTime();
      Tables tables = Tables.of(name);
      System.out.printf("%-12s %-10s %10d ms%n", name, "build", millis(before));
      HashScan floor = new HashScan(tables.policies());
      BoundedMemory memory = new BoundedMemory(10_000);
      DecisionPoint remembering = memory.of(tables.point());
      if (!name.equals("shipped")) {
        Agreement.ofEngine(tables, floor);
      }
      Agreement.ofMemory(tables, remembering);
      time(name, "floor", tables.requests(), floor::rows, 4.0);
      time(name, "decide", tables.requests(), tables.point()::decide, 8.0);
      time(name, "remember", tables.requests(), remembering::decide, 4.0);
      System.out.printf(
          "%-12s %-10s %10.4f of %d requests, %d verdicts%n",
          name,
          "hits",
          memory.cache().stats().hitRate(),
          tables.requests().size(),
          memory.cache().estimatedSize());
      if (!name.equals(argument)) {
        DmnTables dmn = new DmnTables(tables.policies());
        Agreement.ofPeer(tables, floor, dmn::rows, 300);
        time(name, "dmn", tables.requests(), dmn::rows, 8.0);
      }
    }
  }

  /** The best of five, each a fifth of so many seconds of processor time, after as much warm-up. */
  private static void time(
      String tables,
      String what,
      List<DecisionRequest> requests,
      Function<DecisionRequest, ?> question,
      double seconds) {
    long slice = (long) (seconds / 10 * 1e9);
    double best = Double.MAX_VALUE;
    double bytes = 0;
    for (int round = -5; round < 5; round++) {
      long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      long begin = THREADS.getCurrentThreadCpuTime();
      long asked = 0;
      long spent = 0;
      while (spent < slice) {
        for (int i = 0; i < 64; i++) {
          Object answer = question.apply(requests.get((int) (asked++ % requests.size())));
          sink = answer == null ? 0 : 1;
        }
        spent = THREADS.getCurrentThreadCpuTime() - begin;
      }
      if (round >= 0) {
        best = Math.min(best, spent / 1e3 / asked);
        long now = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        bytes = (double) (now - allocated) / asked;
      }
    }
    System.out.printf("%-12s %-10s %10.2f %10.0f%n", tables, what, best, bytes);
  }

  private static long millis(long since) {
    return (THREADS.getCurrentThreadCpuTime() - since) / 1_000_000;
  }
}
