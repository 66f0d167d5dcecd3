package dev.clearance.workbook;

import dev.clearance.analysis.Change;
import dev.clearance.analysis.Difference;
import dev.clearance.analysis.RowChange;
import dev.clearance.analysis.Situation;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sheet 变化: the rows that differ from what is in force, and the requests answered otherwise.
 */
public final class ChangeSheet {

  private static final List<String> HEADERS =
      List.of("类别", "条款或情形", "改了什么", "原来", "改后", "原依据", "改后依据", "组合数");
  private static final List<Integer> WIDTHS = List.of(14, 60, 24, 50, 50, 20, 20, 10);

  private final Policy before;
  private final Policy after;
  private final List<List<String>> rows = new ArrayList<>();

  private ChangeSheet(Policy before, Policy after) {
    this.before = before;
    this.after = after;
    rows.add(HEADERS);
  }

  /**
   * @param difference absent where only the rows are known
   */
  public static AddedSheet of(Policy before, Policy after, Optional<Difference> difference) {
    ChangeSheet sheet = new ChangeSheet(before, after);
    difference
        .map(Difference::rows)
        .orElseGet(() -> Difference.rows(before, after))
        .forEach(sheet::row);
    if (difference.isPresent()) {
      sheet.changes("答复改变", difference.get().answers());
      sheet.changes("定密改变", difference.get().levels());
      sheet.changes("处分改变", difference.get().sanctions());
      sheet.changes("答复不变,依据改变", difference.get().grounds());
    } else {
      sheet.note("哪些请求的答复会改变,没有在规定时间内算完");
    }
    if (difference.isPresent() && difference.get().isSilent()) {
      sheet.note("所有请求的答复都不变");
    }
    return new AddedSheet(SheetKind.CHANGES.zh(), WIDTHS, sheet.rows);
  }

  private void note(String text) {
    rows.add(List.of("说明", text));
  }

  private void row(RowChange change) {
    String kind =
        switch (change.kind()) {
          case ADDED -> "新增的行";
          case REMOVED -> "删去的行";
          case CHANGED -> "改动的行";
        };
    Row named = change.after().or(change::before).orElseThrow();
    rows.add(
        List.of(
            kind,
            named.clause().locator() + " (" + named.clause().code() + ")",
            String.join("、", change.parts()),
            change.before().map(row -> Transcript.of(row, before.vocabulary())).orElse(""),
            change.after().map(row -> Transcript.of(row, after.vocabulary())).orElse(""),
            change.before().map(ChangeSheet::place).orElse(""),
            change.after().map(ChangeSheet::place).orElse("")));
  }

  private void changes(String kind, List<Change> changes) {
    for (Change change : changes) {
      String about = parts(change, Change.Part::about);
      String old = parts(change, part -> nothing(part.before()));
      String now = parts(change, part -> nothing(part.after()));
      for (Situation situation : change.situations()) {
        rows.add(
            List.of(
                kind,
                situation.words(),
                about,
                old,
                now,
                places(situation.before()),
                places(situation.after()),
                situation.count().toString()));
      }
      if (change.unlisted().signum() != 0) {
        rows.add(List.of(kind, "其余情形未逐一列出", about, old, now, "", "", change.unlisted().toString()));
      }
    }
  }

  private interface Side {
    String of(Change.Part part);
  }

  private static String parts(Change change, Side side) {
    return change.parts().stream().map(side::of).collect(Collectors.joining("\n"));
  }

  private static String nothing(String text) {
    return text.isEmpty() ? "无" : text;
  }

  private static String places(List<Row> rows) {
    return rows.stream().map(ChangeSheet::place).collect(Collectors.joining("、"));
  }

  private static String place(Row row) {
    return row.place().sheet() + "!" + row.place().row();
  }
}
