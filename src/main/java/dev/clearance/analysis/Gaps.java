package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An act that rows name has a gap when, with every attribute given that those rows ask for and no
 * other, some combination of values is covered by no row.
 *
 * <p>That is usual: a regulation seldom speaks of everything. Acts of which the rows cover most
 * have a finding of their own, since there something was probably forgotten; all others share one.
 */
final class Gaps {

  private static final int SHOWN = 2;

  private static final Set<AttributeType> SCALES =
      EnumSet.of(AttributeType.LEVEL, AttributeType.NUMBER, AttributeType.DATE);

  private final Reviewed reviewed;
  private final Effort whole = Effort.whole();

  /** What is not covered of one act, or of several that rows do not tell apart. */
  record Gap(List<Row> naming, BitSet act, Request among, Cover cover, BigInteger of) {

    /** Whether the rows leave out a smaller part of a scale, whatever else is asked. */
    private boolean isOfOneScale() {
      List<Axis> narrow = new ArrayList<>();
      Box box = cover.boxes().get(0);
      for (Axis axis : box.space().axes()) {
        if (axis.index() > 0 && Phrases.isNarrow(box, axis, among)) {
          narrow.add(axis);
        }
      }
      return cover.boxes().size() == 1
          && cover.rest().signum() == 0
          && narrow.size() == 1
          && narrow.get(0).attribute().map(a -> SCALES.contains(a.type())).orElse(false)
          && cover.count().multiply(BigInteger.valueOf(2)).compareTo(of) <= 0;
    }
  }

  /** An act with more combinations than can be counted: one that no row covers, if one is found. */
  private record Vast(List<Row> naming, BitSet act, Optional<String> sample) {}

  Gaps(Reviewed reviewed) {
    this.reviewed = reviewed;
  }

  /**
   * @param most how many boxes of each
   */
  List<Gap> gaps(int most) {
    List<Gap> gaps = new ArrayList<>();
    examine(most, gaps, new ArrayList<>());
    return gaps;
  }

  private void examine(int most, List<Gap> gaps, List<Vast> vast) {
    boolean acts =
        reviewed
            .space()
            .axis(0)
            .attribute()
            .map(a -> a.path().equals(Vocabulary.ACTION))
            .orElse(false);
    for (int cell = 1; acts && cell < reviewed.acts(); cell++) {
      List<Row> naming = naming(cell);
      if (naming.isEmpty() || isMeant(naming)) {
        continue;
      }
      Optional<Slice> slice = reviewed.slice(cell, whole);
      if (slice.isEmpty()) {
        vast.add(new Vast(naming, act(cell), Optional.empty()));
        continue;
      }
      try {
        gap(slice.get(), naming, most).ifPresent(gaps::add);
      } catch (Effort.Exceeded tooMany) {
        sample(slice.get(), naming).ifPresent(vast::add);
      }
    }
  }

  private boolean isMeant(List<Row> naming) {
    return naming.stream()
        .anyMatch(row -> Acknowledgement.silences(row, Check.GAP, "", reviewed.clauses()));
  }

  private Optional<Gap> gap(Slice slice, List<Row> naming, int most) {
    Request among = among(slice, naming);
    Diagram diagrams = new Diagram(reviewed.space());
    Atlas atlas =
        new Atlas(diagrams, reviewed.space(), among, OutcomeQuestion.DENY, whole.search());
    int outcomes = atlas.draw(List.of(slice), this::walk);
    int open = diagrams.map(outcomes, label -> label == OutcomeQuestion.NOT_COVERED ? 1 : 0);
    if (open == Diagram.ofLabel(0)) {
      return Optional.empty();
    }
    Cover cover = Cover.of(diagrams, reviewed.space(), open, among, most);
    BitSet[] all = among.box(reviewed.space().axes());
    BigInteger of = Situations.of(reviewed.space(), cover.axes(), 0, all.length, all);
    return Optional.of(new Gap(naming, act(slice.firstCell()), among, cover, of));
  }

  private Walk walk(Slice slice) {
    OutcomeQuestion outcome = new OutcomeQuestion(slice, 0, new OutcomeQuestion.Approvers());
    return new Walk(slice, List.of(outcome), List.of(slice.ofView(0)));
  }

  private static BitSet act(int cell) {
    BitSet act = new BitSet();
    act.set(cell);
    return act;
  }

  private Optional<Vast> sample(Slice slice, List<Row> naming) {
    try {
      return Finder.find(
              walk(slice),
              among(slice, naming),
              label -> label == OutcomeQuestion.NOT_COVERED,
              new long[0],
              whole.search())
          .map(at -> new Vast(naming, act(slice.firstCell()), Optional.of(reviewed.words(at))));
    } catch (Effort.Exceeded tooMany) {
      return Optional.of(new Vast(naming, act(slice.firstCell()), Optional.empty()));
    }
  }

  private List<Row> naming(int cell) {
    List<Row> naming = new ArrayList<>();
    for (Row row : reviewed.norms()) {
      if (row.namesTheAct()) {
        BitSet acts = reviewed.model().item(reviewed.model().itemsOf(row).get(0)).literals().get(0);
        if (acts != null && acts.get(cell)) {
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
    List<Gap> gaps = new ArrayList<>();
    List<Vast> vast = new ArrayList<>();
    examine(SHOWN, gaps, vast);
    Map<String, List<Gap>> alike = new LinkedHashMap<>();
    gaps.forEach(gap -> alike.computeIfAbsent(boxes(gap), any -> new ArrayList<>()).add(gap));
    List<List<Gap>> others = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (List<Gap> same : alike.values()) {
      Gap gap = same.get(0);
      if (gap.isOfOneScale()) {
        findings.add(finding(gap.naming(), "no row covers " + acts(same) + " " + boxes(gap)));
      } else {
        others.add(same);
      }
    }
    if (!others.isEmpty()) {
      findings.add(together(others));
    }
    if (!vast.isEmpty()) {
      findings.add(uncounted(vast));
    }
    return findings;
  }

  /** Shows those with the smallest share left open: there something may have been forgotten. */
  private Finding together(List<List<Gap>> others) {
    BitSet acts = new BitSet();
    others.forEach(same -> same.forEach(gap -> acts.or(gap.act())));
    List<Row> first = others.get(0).get(0).naming();
    List<String> shown = new ArrayList<>();
    others.sort(
        Comparator.comparing((List<Gap> same) -> same.get(0).cover().rest().signum())
            .thenComparing(same -> same.get(0).cover().boxes().size())
            .thenComparing(same -> share(same.get(0))));
    for (List<Gap> same : Reviewed.first(others, SHOWN)) {
      shown.add(acts(same) + " " + boxes(same.get(0)));
    }
    return finding(
        first,
        count(codes(acts))
            + (codes(acts) == 1 ? " is" : " are")
            + " covered for some of the cases only that the rows tell apart"
            + (others.size() > SHOWN ? ", such as " : ": ")
            + String.join("; ", shown));
  }

  private static BigDecimal share(Gap gap) {
    return new BigDecimal(gap.cover().count())
        .divide(new BigDecimal(gap.of()), MathContext.DECIMAL32);
  }

  private static String count(int acts) {
    return acts + (acts == 1 ? " act" : " acts");
  }

  private int codes(BitSet acts) {
    return acts.stream()
        .map(cell -> ((Cell.Codes) reviewed.space().axis(0).cells().get(cell)).codes().size())
        .sum();
  }

  private Finding uncounted(List<Vast> vast) {
    BitSet acts = new BitSet();
    vast.forEach(one -> acts.or(one.act()));
    List<String> samples =
        vast.stream().flatMap(one -> one.sample().stream()).limit(SHOWN).toList();
    long unknown = vast.stream().filter(one -> one.sample().isEmpty()).count();
    return finding(
        vast.get(0).naming(),
        "the rows of "
            + count(codes(acts))
            + " tell apart more than can be counted"
            + (samples.isEmpty()
                ? ""
                : "; no row covers, for one, " + String.join("; or ", samples))
            + (unknown == 0 ? "" : "; not examined: " + unknown));
  }

  private Finding finding(List<Row> naming, String message) {
    return new Finding(
        Check.GAP,
        naming.get(0).place(),
        message,
        "add a row that says what holds there; where that is meant, write 空缺 in 确认 of a row that"
            + " names the act");
  }

  private String acts(List<Gap> same) {
    BitSet acts = new BitSet();
    same.forEach(gap -> acts.or(gap.act()));
    Axis axis = reviewed.space().axis(0);
    return axis.attribute().orElseThrow().label() + " " + reviewed.phrases().listed(axis, acts);
  }

  private String boxes(Gap gap) {
    List<String> shown = new ArrayList<>();
    for (Box box : gap.cover().boxes()) {
      shown.add(reviewed.phrases().of(box, gap.among()));
    }
    return "when "
        + String.join("; or ", shown)
        + (gap.cover().rest().signum() > 0 ? "; and in other cases" : "")
        + " ("
        + gap.cover().count()
        + " of "
        + gap.of()
        + " combinations)";
  }
}
