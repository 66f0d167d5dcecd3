package dev.clearance;

import dev.clearance.repository.StartRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the findings instead of a stack trace. */
class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefused> {

  @Override
  protected FailureAnalysis analyze(Throwable root, StartRefused cause) {
    return new FailureAnalysis(cause.getMessage(), "Correct these places and start again.", cause);
  }
}
