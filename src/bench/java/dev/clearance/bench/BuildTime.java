package dev.clearance.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/**
 * How long policies take until they answer: the first time in this process, and once it is warm; in
 * processor time of the thread, and on the clock where compiling the Java code counts as well.
 */
public final class BuildTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String LINE = "%-10s %-16s %12s %12s %12s %12s%n";

  private static volatile Object sink = "";

  private BuildTime() {}

  /**
   * @param arguments names of tables
   */
  public static void main(String[] arguments) {
    System.out.printf(LINE, "tables", "ms", "first", "on the clock", "warm", "on the clock");
    for (String name : arguments) {
      Building building = new Building(name);
      time(name, "build", building::build);
      building.write();
      time(name, "read", building::read);
      time(name, "read and build", building::readAndBuild);
      building.check();
    }
  }

  /** The first and the best of the rest, as many as fit into six seconds, but five at least. */
  private static void time(String name, String what, Supplier<?> work) {
    double[] first = once(work);
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    double spent = 0;
    for (int i = 0; i < 5 || spent < 6_000; i++) {
      double[] time = once(work);
      best[0] = Math.min(best[0], time[0]);
      best[1] = Math.min(best[1], time[1]);
      spent += time[0];
    }
    System.out.printf(
        LINE, name, what, ms(first[0]), ms(first[1]), ms(best[0]), ms(best[1]));
  }

  private static double[] once(Supplier<?> work) {
    long clock = System.nanoTime();
    long processor = THREADS.getCurrentThreadCpuTime();
    sink = work.get();
    return new double[] {
      (THREADS.getCurrentThreadCpuTime() - processor) / 1e6, (System.nanoTime() - clock) / 1e6
    };
  }

  private static String ms(double time) {
    return "%.0f".formatted(time);
  }
}
