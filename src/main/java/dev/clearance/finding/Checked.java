package dev.clearance.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of a stage: a value with its warnings, or the findings that prevented one.
 *
 * @param value present exactly when no finding is an error
 * @param findings everything found, sorted by place
 */
public record Checked<T>(Optional<T> value, List<Finding> findings) {

  public Checked {
    findings = findings.stream().sorted().distinct().toList();
    boolean failed = findings.stream().anyMatch(Finding::isError);
    if (failed && value.isPresent()) {
      throw new IllegalArgumentException("a value cannot stand beside errors: " + findings);
    }
    if (!failed && value.isEmpty()) {
      throw new IllegalArgumentException("a missing value needs an error that says why");
    }
  }

  /** The value if the findings hold no error; the findings in any case. */
  public static <T> Checked<T> of(T value, List<Finding> findings) {
    boolean failed = findings.stream().anyMatch(Finding::isError);
    return new Checked<>(failed ? Optional.empty() : Optional.of(value), findings);
  }

  public static <T> Checked<T> failed(List<Finding> findings) {
    return new Checked<>(Optional.empty(), findings);
  }

  public boolean isClean() {
    return value.isPresent();
  }

  /** Goes on to the next stage, unless this one failed; findings of both are kept. */
  public <R> Checked<R> then(Function<T, Checked<R>> next) {
    if (value.isEmpty()) {
      return failed(findings);
    }
    Checked<R> result = next.apply(value.get());
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(result.findings());
    return new Checked<>(result.value(), all);
  }
}
