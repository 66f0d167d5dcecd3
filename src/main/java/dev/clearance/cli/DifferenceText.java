package dev.clearance.cli;

import dev.clearance.analysis.Change;
import dev.clearance.analysis.Difference;
import dev.clearance.analysis.RowChange;
import dev.clearance.analysis.Situation;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.web.PastRequests;
import dev.clearance.workbook.Transcript;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Tells differences to people. */
final class DifferenceText implements DifferenceReport {

  private final PrintStream out;
  private boolean silent = true;

  DifferenceText(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(String before, String after, boolean standAlike) {
    if (!standAlike) {
      silent = false;
      out.println("the vocabulary or the rules differ: answers may change though no row does");
    }
  }

  @Override
  public void changed(Policy before, Policy after, Difference difference) {
    title(after.id());
    difference.rows().forEach(change -> row(change, before, after));
    if (difference.isSilent()) {
      out.println("every request gets the same answer");
      return;
    }
    changes("other answers", difference.answers());
    changes("other levels", difference.levels());
    changes("the same answer by other clauses", difference.grounds());
    changes("other sanctions", difference.sanctions());
  }

  @Override
  public void onlyIn(Policy policy, boolean before) {
    title(policy.id());
    out.println(before ? "the policy is gone" : "the policy is new");
  }

  private void title(String policy) {
    if (!silent) {
      out.println();
    }
    silent = false;
    out.println(policy + ":");
  }

  private void row(RowChange change, Policy before, Policy after) {
    String sign =
        switch (change.kind()) {
          case ADDED -> "+ ";
          case REMOVED -> "- ";
          case CHANGED -> "~ ";
        };
    Row named = change.after().or(change::before).orElseThrow();
    String columns = change.parts().isEmpty() ? "" : ": " + String.join("、", change.parts());
    out.println(sign + name(named) + columns);
    change.before().ifPresent(row -> out.println("    - " + words(row, before)));
    change.after().ifPresent(row -> out.println("    + " + words(row, after)));
  }

  private static String words(Row row, Policy policy) {
    return Transcript.of(row, policy.vocabulary());
  }

  /** {@code 第一条 (1, 许可!2)}. */
  private static String name(Row row) {
    return row.clause().locator() + " (" + row.clause().code() + ", " + place(row) + ")";
  }

  private static String place(Row row) {
    return row.place().sheet() + "!" + row.place().row();
  }

  private void changes(String heading, List<Change> changes) {
    if (!changes.isEmpty()) {
      out.println(heading + ":");
      changes.forEach(this::change);
    }
  }

  private void change(Change change) {
    out.println("  " + parts(change.parts()));
    for (Situation situation : change.situations()) {
      out.println("    " + situation);
      out.println("      " + places(situation.before()) + " → " + places(situation.after()));
    }
    if (change.unlisted().signum() != 0) {
      out.println("    … and " + change.unlisted() + " more combinations");
    }
  }

  private static String places(List<Row> rows) {
    return rows.isEmpty()
        ? "无"
        : rows.stream().map(DifferenceText::place).collect(Collectors.joining("、"));
  }

  private static String parts(List<Change.Part> parts) {
    return parts.stream().map(Change.Part::toString).collect(Collectors.joining("; "));
  }

  @Override
  public void beginRequests(String file) {
    close();
    out.println();
    out.println(file + ":");
  }

  @Override
  public void line(PastRequests.Line line) {
    if (line instanceof PastRequests.Asked asked && !asked.parts().isEmpty()) {
      out.println("  line " + line.number() + ": " + parts(asked.parts()));
    } else if (line instanceof PastRequests.Unreadable unreadable) {
      for (PastRequests.Unread fault : unreadable.faults()) {
        String pointer = fault.pointer().isEmpty() ? "" : " at " + fault.pointer();
        String hint = fault.hint().isEmpty() ? "" : " (" + fault.hint() + ")";
        out.println(
            "  line " + line.number() + " cannot be read" + pointer + ": " + fault.detail() + hint);
      }
    }
  }

  @Override
  public void endRequests(DiffCommand.Tally tally) {
    out.println(
        tally.changed + " of " + tally.asked + " past requests would be answered otherwise");
    note(tally.masked, " were asked without the facts that the log hides");
    note(tally.ofOthers, " ask other policies and are not counted");
    note(tally.unreadable, " cannot be read and are not counted");
  }

  private void note(long lines, String what) {
    if (lines > 0) {
      out.println(lines + what);
    }
  }

  @Override
  public void close() {
    if (silent) {
      out.println("no row differs");
      silent = false;
    }
  }
}
