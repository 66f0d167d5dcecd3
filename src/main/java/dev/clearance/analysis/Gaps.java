package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An act that rows name has a gap when, with every attribute given that those rows ask for and no
 * other, some combination of values is covered by no row.
 */
final class Gaps {

  private static final int SHOWN = 6;
  private static final int BOXES = 40;

  private final Reviewed reviewed;
  private final Diagram diagrams;

  /** What is not covered of one act, or of several that rows do not tell apart. */
  record Gap(Row first, BitSet act, Request among, Cover cover) {}

  Gaps(Reviewed reviewed) {
    this.reviewed = reviewed;
    this.diagrams = new Diagram(reviewed.space());
  }

  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    boolean acts =
        reviewed
            .space()
            .axis(0)
            .attribute()
            .map(a -> a.path().equals(dev.clearance.vocabulary.Vocabulary.ACTION))
            .orElse(false);
    for (Slice slice : acts ? reviewed.slices() : List.<Slice>of()) {
      List<Row> naming = naming(slice);
      if (slice.firstCell() > 0 && !naming.isEmpty()) {
        Request among = among(slice, naming);
        Atlas atlas = new Atlas(diagrams, reviewed.space(), among, OutcomeQuestion.DENY);
        OutcomeQuestion.Approvers approvers = new OutcomeQuestion.Approvers();
        int outcomes =
            atlas.draw(
                List.of(slice),
                one ->
                    new Walk(
                        one,
                        List.of(new OutcomeQuestion(one, 0, approvers)),
                        List.of(one.ofView(0))));
        int open = diagrams.map(outcomes, label -> label == OutcomeQuestion.NOT_COVERED ? 1 : 0);
        if (open != Diagram.ofLabel(0)) {
          BitSet act = new BitSet();
          act.set(slice.firstCell());
          Cover cover = Cover.of(diagrams, reviewed.space(), open, among, BOXES);
          gaps.add(new Gap(naming.get(0), act, among, cover));
        }
      }
    }
    return gaps;
  }

  private List<Row> naming(Slice slice) {
    List<Row> naming = new ArrayList<>();
    for (Row row : reviewed.norms()) {
      int item = reviewed.applies(slice, row);
      if (item >= 0 && row.namesTheAct()) {
        BitSet acts = slice.item(item).literals().get(0);
        if (acts != null && acts.get(slice.firstCell())) {
          naming.add(row);
        }
      }
    }
    return naming;
  }

  private Request among(Slice slice, List<Row> naming) {
    Set<Attribute> used = new LinkedHashSet<>();
    for (Row row : naming) {
      row.when().stream().map(Condition::attribute).forEach(used::add);
    }
    Request among = Request.any();
    for (Axis axis : reviewed.space().axes()) {
      BitSet cells = new BitSet();
      if (axis.index() == 0) {
        cells.set(slice.firstCell());
      } else if (axis.kind() == Axis.Kind.DAY) {
        for (int cell = 0; cell < axis.size(); cell++) {
          Cell.Days days = (Cell.Days) axis.cells().get(cell);
          cells.set(cell, reviewed.policy().inForce().contains(days.day()));
        }
      } else if (axis.kind() == Axis.Kind.FREE || !used.contains(axis.attribute().orElseThrow())) {
        cells.set(0);
      } else {
        cells.set(axis.kind() == Axis.Kind.MEMBER ? 0 : 1, axis.size());
      }
      among.only(axis.index(), cells);
    }
    return among;
  }

  List<Finding> findings() {
    Set<String> clauses =
        reviewed.policy().clauses().stream().map(Clause::code).collect(Collectors.toSet());
    Map<String, List<Gap>> alike = new LinkedHashMap<>();
    for (Gap gap : gaps()) {
      if (!Acknowledgement.silences(gap.first(), Check.GAP, "", clauses)) {
        String key = gap.first().place() + "\n" + boxes(gap);
        alike.computeIfAbsent(key, any -> new ArrayList<>()).add(gap);
      }
    }
    List<Finding> findings = new ArrayList<>();
    alike.values().forEach(gaps -> findings.add(finding(gaps)));
    return findings;
  }

  private Finding finding(List<Gap> gaps) {
    BitSet acts = new BitSet();
    gaps.forEach(gap -> acts.or(gap.act()));
    Gap gap = gaps.get(0);
    Axis axis = reviewed.space().axis(0);
    return new Finding(
        Check.GAP,
        gap.first().place(),
        "no row covers "
            + axis.attribute().orElseThrow().label()
            + " "
            + reviewed.phrases().listed(axis, acts)
            + " for "
            + boxes(gap),
        "add a row that says what holds there, or write 空缺 in 确认 where that is meant");
  }

  private String boxes(Gap gap) {
    List<String> shown = new ArrayList<>();
    List<Box> boxes = gap.cover().boxes();
    for (Box box : Reviewed.first(boxes, SHOWN)) {
      shown.add(reviewed.phrases().of(box, gap.among()));
    }
    int rest = boxes.size() - shown.size();
    return String.join("; ", shown)
        + (rest > 0 ? "; and " + rest + " more" : "")
        + (gap.cover().rest().signum() > 0 ? " or others" : "")
        + " ("
        + gap.cover().count()
        + " combinations)";
  }
}
