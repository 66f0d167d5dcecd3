package dev.clearance.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says what to set when the service may not start like this. */
final class StartFailures implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Exposure.WideOpen) {
        return new FailureAnalysis(
            cause.getMessage(),
            """
            Do one of these and start again:
              - make a key: java -jar clearance.jar key create --role decide
              - name the issuer of tokens: clearance.jwt.issuer=https://…
              - listen on this machine alone: server.address=127.0.0.1""",
            cause);
      }
      if (cause instanceof KeyFile.Unreadable) {
        return new FailureAnalysis(
            cause.getMessage(), "Correct this line, or delete it to withdraw the key.", cause);
      }
    }
    return null;
  }
}
