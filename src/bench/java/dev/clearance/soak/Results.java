package dev.clearance.soak;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What came of the load, counted by many threads. */
final class Results {

  private static final int MOST_NOTES = 20;
  private static final int NOTE_LENGTH = 2_000;

  final LongAdder answers = new LongAdder();
  final LongAdder decisions = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder wrong = new LongAdder();
  final LongAdder behind = new LongAdder();
  final LongAdder notLogged = new LongAdder();
  final LongAdder loggedWrong = new LongAdder();
  final LongAdder logged = new LongAdder();
  final Latency latency = new Latency();
  private int notes;

  /** The first few of what went wrong. */
  synchronized void note(String text) {
    if (notes++ < MOST_NOTES) {
      System.out.println("!! " + text.substring(0, Math.min(text.length(), NOTE_LENGTH)));
    }
  }

  boolean good() {
    return answers.sum() > 0
        && failed.sum() + wrong.sum() + notLogged.sum() + loggedWrong.sum() == 0;
  }

  /** Latencies in buckets that are 9 % apart. */
  static final class Latency {
    private static final int PER_DOUBLING = 8;
    private final AtomicLongArray counts = new AtomicLongArray(40 * PER_DOUBLING);

    void add(long nanos) {
      double bucket = Math.log(nanos / 1000.0) / Math.log(2) * PER_DOUBLING;
      counts.incrementAndGet((int) Math.max(0, Math.min(counts.length() - 1, bucket)));
    }

    String millis(double share) {
      long all = 0;
      for (int i = 0; i < counts.length(); i++) {
        all += counts.get(i);
      }
      long seen = 0;
      for (int i = 0; i < counts.length(); i++) {
        seen += counts.get(i);
        if (seen >= share * all) {
          return String.format("%.1f ms", Math.pow(2, (i + 1.0) / PER_DOUBLING) / 1000);
        }
      }
      return "–";
    }

    void reset() {
      for (int i = 0; i < counts.length(); i++) {
        counts.set(i, 0);
      }
    }
  }
}
