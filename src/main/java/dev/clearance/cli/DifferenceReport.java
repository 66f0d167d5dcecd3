package dev.clearance.cli;

import dev.clearance.analysis.Difference;
import dev.clearance.policy.Policy;
import dev.clearance.web.PastRequests;
import java.io.PrintStream;

/** Tells differences as they are found, for people or for machines. */
interface DifferenceReport extends AutoCloseable {

  static DifferenceReport of(Words words, PrintStream out) {
    String format = words.option("--format").orElse("text");
    return switch (format) {
      case "text" -> new DifferenceText(out, Tongue.of(words));
      case "json" -> new DifferenceJson(out);
      default -> throw new UsageError("--format is text or json, not " + format);
    };
  }

  /**
   * @param standAlike whether vocabulary and rules are the same
   */
  void begin(String before, String after, boolean standAlike);

  void changed(Policy before, Policy after, Difference difference);

  /** A policy that only one version has. */
  void onlyIn(Policy policy, boolean before);

  void beginRequests(String file);

  void line(PastRequests.Line line);

  void endRequests(DiffCommand.Tally tally);

  /** Nothing more is to be told. */
  @Override
  void close();
}
