package dev.clearance.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs commands as from a terminal.
 *
 * @param root is cut off the paths that they print
 */
record CommandLine(Path root) {

  /** What a command printed. */
  record Result(int status, String out, String err) {

    /** Nothing on the error stream. */
    Result(int status, String out) {
      this(status, out, "");
    }
  }

  Result run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Commands()
            .run(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    // How long a command takes depends on the machine, and so does whether it says so.
    return new Result(
        status,
        text(out),
        text(err).lines().filter(line -> !line.contains(" … ")).reduce("", (a, b) -> a + b + "\n"));
  }

  private String text(ByteArrayOutputStream bytes) {
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace(System.lineSeparator(), "\n")
        .replace(root + "/", "");
  }
}
