package dev.clearance.bench;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.web.Answer;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What it takes to remember verdicts, and what that spares. */
public final class CacheFootprint {

  /** So many bytes the service keeps unless it is told otherwise, */
  private static final long IN_SERVICE = 32 << 20;

  /** and so many verdicts of the shipped policies that makes. */
  private static final int FULL = 15_000;

  private static final int MOST_ASKED = 400_000;
  private static final int KINDS = 20_000;
  private static final int ASKED = 200_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static volatile Object sink = "";

  private CacheFootprint() {}

  /**
   * @param arguments names of tables
   */
  public static void main(String[] arguments) {
    for (String name : arguments) {
      Tables tables = Tables.of(name);
      measureSize(name, tables, "alone", BoundedMemory.ofVerdicts(FULL));
      measureSize(name, tables, "and JSON", BoundedMemory.ofBytes(IN_SERVICE, Answer::text));
      for (int size : List.of(1_000, FULL)) {
        measureHits(name, tables, size);
      }
    }
  }

  /** The heap that is free again once the memory is emptied. */
  private static void measureSize(String name, Tables tables, String what, BoundedMemory memory) {
    DecisionPoint point = memory.of(tables.point());
    Random random = new Random(3);
    // What is remembered was asked by somebody who is gone.
    for (int i = 0; i < MOST_ASKED && memory.cache().stats().evictionCount() == 0; i++) {
      point.decide(tables.any(random));
    }
    long kept = memory.cache().estimatedSize();
    long full = heap();
    memory.cache().invalidateAll();
    long bytes = full - heap();
    System.out.printf(
        "%-10s %,d verdicts %s take %.1f MiB, %,d bytes each%n",
        name, kept, what, bytes / 1048576.0, bytes / kept);
  }

  private static long heap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  /**
   * Some kinds of questions are asked often and most seldom: the second half as often as the first,
   * the third a third as often, and so on (Zipf). Each time somebody else asks about something else.
   */
  private static void measureHits(String name, Tables tables, int size) {
    Random random = new Random(5);
    List<DecisionRequest> kinds = new ArrayList<>(tables.requests());
    while (kinds.size() < KINDS) {
      kinds.add(tables.any(random));
    }
    Collections.shuffle(kinds, random);
    double[] upTo = new double[KINDS];
    double sum = 0;
    for (int i = 0; i < KINDS; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
    List<DecisionRequest> questions = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      DecisionRequest kind = kinds.get(found >= 0 ? found : -found - 1);
      questions.add(Tables.bySomebody(kind, random));
    }
    HashScan floor = new HashScan(tables.policies());
    for (int round = 0; round < 3; round++) {
      BoundedMemory memory = BoundedMemory.ofVerdicts(size);
      DecisionPoint point = memory.of(tables.point());
      for (int pass = 1; pass <= 2; pass++) {
        CacheStats before = memory.cache().stats();
        double found = micros(questions, floor::rows);
        double decided = micros(questions, point::decide);
        // The first round is for the compiler of the JVM.
        if (round == 2) {
          System.out.printf(
              "%-10s %,d questions of %,d kinds, at most %,d remembered, pass %d:"
                  + " %.1f %% from memory, %.2f us each, floor %.2f us%n",
              name,
              ASKED,
              KINDS,
              size,
              pass,
              100 * memory.cache().stats().minus(before).hitRate(),
              decided,
              found);
        }
      }
    }
  }

  /** Of processor time, for each question. */
  private static double micros(
      List<DecisionRequest> questions, Function<DecisionRequest, ?> answering) {
    long begin = THREADS.getCurrentThreadCpuTime();
    for (DecisionRequest question : questions) {
      sink = answering.apply(question);
    }
    return (THREADS.getCurrentThreadCpuTime() - begin) / 1e3 / questions.size();
  }
}
