package dev.clearance.bench;

import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionRequest;
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
import org.openjdk.jmh.annotations.Warmup;

/** A whole decision beside bare tables of OpenL and KIE DMN that find the same rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class PeerBenchmark {

  private static final int COMPARED = 300;

  @Param({"400/2", "4000/2"})
  public String tables = "400/2";

  private Tables all = Tables.of("40/1");
  private DmnTables dmn = DmnTables.apart(all.policies());
  private OpenlTables openl = new OpenlTables(all.policies());
  private int next;

  @Setup(Level.Trial)
  public void prepare() {
    all = Tables.of(tables);
    dmn = DmnTables.apart(all.policies());
    openl = new OpenlTables(all.policies());
    HashScan floor = new HashScan(all.policies());
    Agreement.ofEngine(all, floor);
    Agreement.ofPeer(all, floor, dmn::rows, COMPARED);
    Agreement.ofPeer(all, floor, openl::rows, COMPARED);
  }

  private DecisionRequest request() {
    next = next + 1 < all.requests().size() ? next + 1 : 0;
    return all.requests().get(next);
  }

  @Benchmark
  public Decision decide() {
    return all.point().decide(request());
  }

  @Benchmark
  public List<Integer> dmn() {
    return dmn.rows(request());
  }

  @Benchmark
  public List<Integer> openl() {
    return openl.rows(request());
  }
}
