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
  private final Tongue tongue;
  private boolean silent = true;

  DifferenceText(PrintStream out, Tongue tongue) {
    this.out = out;
    this.tongue = tongue;
  }

  private void say(String english, String chinese) {
    out.println(tongue.say(english, chinese));
  }

  @Override
  public void begin(String before, String after, boolean standAlike) {
    if (!standAlike) {
      silent = false;
      say(
          "the vocabulary or the rules differ: answers may change though no row does",
          "词汇表或规则文件不同：行没有变，答复也可能变");
    }
  }

  @Override
  public void changed(Policy before, Policy after, Difference difference) {
    title(after.id());
    difference.rows().forEach(change -> row(change, before, after));
    if (difference.isSilent()) {
      say("every request gets the same answer", "所有请求的答复都不变");
      return;
    }
    changes(tongue.say("other answers", "答复改变"), difference.answers());
    changes(tongue.say("other levels", "定密改变"), difference.levels());
    changes(tongue.say("the same answer by other clauses", "答复不变，依据的条款改变"), difference.grounds());
    changes(tongue.say("other sanctions", "处分改变"), difference.sanctions());
    if (!difference.unexamined().isEmpty()) {
      String acts = String.join("、", difference.unexamined());
      say("not examined, too much differs at once: " + acts, "未逐一比较（改动太多）：" + acts);
    }
  }

  @Override
  public void onlyIn(Policy policy, boolean before) {
    title(policy.id());
    say(before ? "the policy is gone" : "the policy is new", before ? "这项制度没有了" : "这项制度是新的");
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
      say(
          "    … and " + change.unlisted() + " more combinations",
          "    …… 另有 " + change.unlisted() + " 种组合");
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
      out.println(
          tongue.say("  line " + line.number() + ": ", "  第 " + line.number() + " 行：")
              + parts(asked.parts()));
    } else if (line instanceof PastRequests.Unreadable unreadable) {
      for (PastRequests.Unread fault : unreadable.faults()) {
        String pointer = fault.pointer().isEmpty() ? "" : " at " + fault.pointer();
        String hint = fault.hint().isEmpty() ? "" : " (" + fault.hint() + ")";
        String what = fault.detail() + hint;
        say(
            "  line " + line.number() + " cannot be read" + pointer + ": " + what,
            "  第 " + line.number() + " 行读不出来" + pointer + "：" + what);
      }
    }
  }

  @Override
  public void endRequests(DiffCommand.Tally tally) {
    say(
        tally.changed + " of " + tally.asked + " past requests would be answered otherwise",
        "以往的 " + tally.asked + " 个请求中有 " + tally.changed + " 个的答复会变");
    note(
        tally.masked, " were asked without the facts that the log hides", " 行的部分事实在日志里被隐去，按没有提供来问");
    note(tally.ofOthers, " ask other policies and are not counted", " 行问的是其他制度，没有计入");
    note(tally.unreadable, " cannot be read and are not counted", " 行读不出来，没有计入");
  }

  private void note(long lines, String english, String chinese) {
    if (lines > 0) {
      say(lines + english, lines + chinese);
    }
  }

  @Override
  public void close() {
    if (silent) {
      say("no row differs", "没有任何一行不同");
      silent = false;
    }
  }
}
