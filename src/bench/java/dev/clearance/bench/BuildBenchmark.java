package dev.clearance.bench;

import dev.clearance.decision.DecisionPoint;
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

/** From typed rows, and from workbooks, to a decision point; {@code -wi 0 -i 1} for a cold one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class BuildBenchmark {

  @Param({"400/2", "40000/200", "5000/1"})
  public String tables = "400/2";

  private Building building = new Building("40/1");

  @Setup(Level.Trial)
  public void prepare() {
    building = new Building(tables).write();
  }

  @Benchmark
  public DecisionPoint build() {
    return building.build();
  }

  @Benchmark
  public DecisionPoint readAndBuild() {
    return building.readAndBuild();
  }
}
