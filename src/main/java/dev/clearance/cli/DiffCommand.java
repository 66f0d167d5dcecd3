package dev.clearance.cli;

import dev.clearance.analysis.Difference;
import dev.clearance.cache.BoundedMemory;
import dev.clearance.decision.Freedom;
import dev.clearance.policy.Policy;
import dev.clearance.web.PastRequests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says what changes between two versions of a workbook, or of a folder of them. */
final class DiffCommand implements Command {

  private static final int REMEMBERED = 10_000;

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String help() {
    return """
        diff <old> <new> [--requests <file>] [--format text|json] [--vocabulary <file>]
             [--rules <folder>]
          says which rows a new version of a workbook, or of a folder, adds, removes and changes,
          and exactly which requests get another answer; and of past requests, one a line as they
          were sent or as the log of decisions has them, which would be answered otherwise
        """;
  }

  @Override
  public Set<String> options() {
    return Set.of("--requests", "--format", "--vocabulary", "--rules");
  }

  @Override
  public int run(Words words, Console console) {
    List<String> names = words.files(2, "the old and the new version of a workbook or folder");
    Path old = Subject.existing(Path.of(names.get(0)));
    Path candidate = Subject.existing(Path.of(names.get(1)));
    Optional<Path> requests = words.option("--requests").map(Path::of).map(Subject::existing);
    try (Progress progress =
        new Progress("comparing " + old + " and " + candidate, console.err())) {
      progress.say("reading");
      Optional<Side.Both> both = Side.read(old, candidate, words, console);
      if (both.isEmpty()) {
        return Commands.FAILED;
      }
      try (DifferenceReport report = DifferenceReport.of(words, console.out())) {
        report.begin(old.toString(), candidate.toString(), both.get().standAlike());
        boolean differs = !both.get().standAlike() | policies(both.get(), progress, report);
        Tally tally = new Tally();
        if (requests.isPresent()) {
          ask(both.get(), requests.get(), tally, progress, report);
        }
        if (tally.onlyUnreadable()) {
          return Commands.FAILED;
        }
        return differs || tally.changed > 0 ? Commands.FOUND : Commands.CLEAN;
      }
    }
  }

  private static boolean policies(Side.Both both, Progress progress, DifferenceReport report) {
    Set<String> ids = new TreeSet<>(both.before().policies().keySet());
    ids.addAll(both.after().policies().keySet());
    boolean differs = false;
    for (String id : ids) {
      Optional<Policy> before = Optional.ofNullable(both.before().policies().get(id));
      Optional<Policy> after = Optional.ofNullable(both.after().policies().get(id));
      if (before.isPresent() && after.isPresent()) {
        progress.say(id);
        Freedom freedom = both.after().foundation().freedom();
        Difference difference = Difference.between(before.get(), after.get(), freedom, progress);
        if (!difference.rows().isEmpty() || !difference.isSilent()) {
          differs = true;
          report.changed(before.get(), after.get(), difference);
        }
      } else {
        differs = true;
        report.onlyIn(before.or(() -> after).orElseThrow(), before.isPresent());
      }
    }
    return differs;
  }

  /** How many lines became of what. */
  static final class Tally {
    long asked;
    long changed;
    long masked;
    long ofOthers;
    long unreadable;

    boolean onlyUnreadable() {
      return unreadable > 0 && asked + ofOthers == 0;
    }
  }

  private static void ask(
      Side.Both both, Path file, Tally tally, Progress progress, DifferenceReport report) {
    // Requests that the rules cannot tell apart need not be decided twice.
    PastRequests past =
        new PastRequests(
            BoundedMemory.ofVerdicts(REMEMBERED).of(both.before().point()),
            BoundedMemory.ofVerdicts(REMEMBERED).of(both.after().point()),
            LocalDate.now());
    report.beginRequests(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      past.read(
          in,
          line -> {
            count(line, tally);
            progress.say(file + " line " + line.number() + ", " + tally.changed + " otherwise");
            report.line(line);
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
    report.endRequests(tally);
  }

  private static void count(PastRequests.Line line, Tally tally) {
    if (line instanceof PastRequests.Asked asked) {
      tally.asked++;
      tally.changed += asked.parts().isEmpty() ? 0 : 1;
      tally.masked += asked.masked() ? 1 : 0;
    } else if (line instanceof PastRequests.OfOthers) {
      tally.ofOthers++;
    } else {
      tally.unreadable++;
    }
  }
}
