package dev.clearance.bench;

import dev.clearance.cache.BoundedMemory;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole decision, without and with memory, beside the floor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class EngineBenchmark {

  @Param({"shipped", "400/2", "4000/2", "4000/20", "4000/200", "40000/200", "5000/1"})
  public String tables = "shipped";

  @Param("10000")
  public int memory = 10_000;

  private Tables all = Tables.of("40/1");
  private List<DecisionRequest> requests = all.requests();
  private DecisionPoint fresh = all.point();
  private BoundedMemory verdicts = BoundedMemory.ofVerdicts(1);
  private DecisionPoint remembering = verdicts.of(fresh);
  private HashScan scan = new HashScan(all.policies());
  private int next;

  @Setup(Level.Trial)
  public void prepare() {
    all = Tables.of(tables);
    requests = all.requests();
    fresh = all.point();
    scan = new HashScan(all.policies());
    verdicts = BoundedMemory.ofVerdicts(memory);
    remembering = verdicts.of(fresh);
    if (!tables.equals("shipped")) {
      // The shipped policies derive and punish as well; there the conformance tests compare.
      Agreement.ofEngine(all, scan);
    }
    Agreement.ofMemory(all, remembering);
  }

  @TearDown(Level.Trial)
  public void report() {
    System.out.printf(
        "%nmemory of %s: hit rate %.4f, %d verdicts for %d requests%n",
        tables,
        verdicts.cache().stats().hitRate(),
        verdicts.cache().estimatedSize(),
        requests.size());
  }

  private DecisionRequest request() {
    next = next + 1 < requests.size() ? next + 1 : 0;
    return requests.get(next);
  }

  @Benchmark
  public List<Row> floor() {
    return scan.rows(request());
  }

  @Benchmark
  public Decision decide() {
    return fresh.decide(request());
  }

  @Benchmark
  public Decision decideFromMemory() {
    return remembering.decide(request());
  }
}
