package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.decision.Outcome;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Obligation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares two versions aspect by aspect: for each a diagram says which requests change, and how.
 * Aspects that change together are told together, as long as that stays readable.
 */
final class Comparison {

  /** More ways to change at once are no longer readable together. */
  private static final int WAYS = 60;

  /** More boxes than this for one way to change are counted, not listed. */
  private static final int BOXES = 200;

  private static final Change.Words NOTHING = Change.Words.NONE;

  private final Policy before;
  private final Policy after;
  private final Freedom freedom;
  private final Progress progress;
  private final RowMatching matching;
  private final Model model;
  private Diagram diagrams;
  private List<Slice> slices;
  private final Phrases phrases;
  private final BitSet touched;
  private final List<String> unexamined = new ArrayList<>();
  private final Effort surveying = Effort.whole();
  private Effort drawing = Effort.whole(MORE_THAN_A_CHECK);
  private int steps = MOST_STEPS;
  private int nodes;

  /** An act whose differences take more steps is named, not examined. */
  private static final int MOST_STEPS = 60_000;

  /** More than this of all acts together would fill the memory. */
  private static final int MOST_NODES = 120_000;

  /** A difference has a diagram for each obligation, clause and sanction. */
  private static final int MORE_THAN_A_CHECK = 5;

  /** So much of the rows of all acts together, likewise. */
  private static final long MOST_WORDS = 8_000_000;

  /** How an answer changes: label 0 of a layer stands for "not at all". */
  private record Layer(int diagram, List<List<Change.Part>> ways) {}

  Comparison(Policy before, Policy after, Freedom freedom, Progress progress) {
    this.before = before;
    this.after = after;
    this.freedom = freedom;
    this.progress = progress;
    this.matching = RowMatching.of(before, after);
    this.model = Model.of(before, after, freedom, matching.same());
    this.diagrams = new Diagram(model.space());
    this.phrases = new Phrases(after.vocabulary());
    this.touched = (BitSet) model.view(0).clone();
    touched.xor(model.view(1));
    this.slices = touched.isEmpty() ? List.of() : slices();
  }

  /** Only the acts that a differing row may concern, and of their rows those that it can meet. */
  private List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    long weight = 0;
    for (int cell = 0; cell < model.space().axis(0).size(); cell++) {
      Stopped.ifInterrupted();
      Optional<Slice> made = Slice.of(model, cell);
      if (made.isEmpty()) {
        unexamined.add(act(cell));
        continue;
      }
      Slice slice = made.get();
      long[] own = new long[slice.words()];
      touched.stream()
          .map(slice::local)
          .filter(item -> item >= 0)
          .forEach(item -> Bits.set(own, 0, item));
      if (Bits.next(own, 0, own.length, 0) >= 0) {
        Slice near = slice.around(own);
        if (weight + near.weight() <= MOST_WORDS && isSurveyable(near)) {
          weight += near.weight();
          slices.add(near);
        } else {
          unexamined.add(act(near.firstCell()));
        }
      }
    }
    return slices;
  }

  /** Tries the act by itself: what would fill the memory must not begin. */
  private boolean isSurveyable(Slice slice) {
    OutcomeQuestion.Approvers approvers = new OutcomeQuestion.Approvers();
    Diagram alone = new Diagram(model.space());
    Effort.Search effort = surveying.search(nodes > MOST_NODES ? 0 : steps);
    try {
      new Atlas(alone, model.space(), Request.any(), Walk.SAME, effort)
          .draw(
              List.of(slice),
              one -> walk(one, twice(view -> new OutcomeQuestion(one, view, approvers))));
      nodes += alone.size();
      return nodes <= MOST_NODES;
    } catch (Effort.Exceeded tooMany) {
      // Where much differs the next act is hardly simpler: less is tried.
      steps /= 2;
      return false;
    }
  }

  private String act(int cell) {
    BitSet act = new BitSet();
    act.set(cell);
    Axis axis = model.space().axis(0);
    return cell == 0 ? "未给出" : phrases.listed(axis, act);
  }

  /** Acts that can be told apart one by one may be too many together: then fewer are. */
  Difference difference() {
    while (true) {
      try {
        return told();
      } catch (Effort.Exceeded tooMuch) {
        leaveOutMost();
      }
    }
  }

  /** Those of which most differs. */
  private void leaveOutMost() {
    List<Slice> smallestFirst = new ArrayList<>(slices);
    smallestFirst.sort(Comparator.comparingLong(Slice::weight));
    List<Slice> left = smallestFirst.subList(slices.size() / 4, slices.size());
    left.forEach(slice -> unexamined.add(act(slice.firstCell())));
    slices = smallestFirst.subList(0, slices.size() / 4);
    diagrams = new Diagram(model.space());
    drawing = Effort.whole();
  }

  private Difference told() {
    List<Layer> answers = answers();
    progress.at("levels", 0, 1);
    List<Layer> levels = changing(List.of(level()));
    int changed = Diagram.ofLabel(0);
    for (Layer layer : answers) {
      changed = diagrams.combine(changed, layer.diagram(), (a, b) -> a == 1 || b != 0 ? 1 : 0);
    }
    progress.at("grounds", 0, 1);
    List<Layer> grounds = outside(changed, grounds());
    progress.at("sanctions", 0, 1);
    List<Layer> sanctions = fold(sanctions());
    progress.at("situations", 0, 1);
    BigInteger count = diagrams.count(changed, told(answers));
    return new Difference(
        matching.changes(),
        changes(answers, this::answering),
        changes(levels, Judgement::reading),
        changes(grounds, Judgement::counted),
        changes(sanctions, Judgement::sanctions),
        count,
        unexamined);
  }

  private List<Layer> answers() {
    if (slices.isEmpty()) {
      return List.of();
    }
    OutcomeQuestion.Approvers approvers = new OutcomeQuestion.Approvers();
    progress.at("outcomes", 0, 1);
    int outcomes = draw(slice -> twice(view -> new OutcomeQuestion(slice, view, approvers)));
    List<Layer> layers = new ArrayList<>();
    layers.add(
        layer(
            outcomes,
            pair ->
                Change.Part.of(
                    "结论",
                    words(Walk.before(pair), approvers),
                    words(Walk.after(pair), approvers))));
    Map<Integer, Map<String, String>> approvals = new LinkedHashMap<>();
    for (ApproverRequirement requirement : requirements()) {
      int diagram =
          present(
              item ->
                  item.kind() == Item.Kind.UNMET
                      && sameLevels(
                          OutcomeQuestion.requirement(item.row().orElseThrow()), requirement));
      if (diagram != Diagram.ofLabel(0)) {
        // Where the outcome changes, it names the approver.
        int elsewhere = diagrams.combine(diagram, outcomes, (a, b) -> b == 0 ? a : 0);
        approvals
            .computeIfAbsent(elsewhere, d -> new LinkedHashMap<>())
            .put(words(requirement), codes(requirement));
      }
    }
    approvals.forEach((diagram, names) -> layers.add(presence(diagram, "审批", names)));
    Map<Integer, Map<String, String>> owed = new LinkedHashMap<>();
    List<Obligation> obligations = obligations();
    for (int i = 0; i < obligations.size(); i++) {
      progress.at("obligations", i, obligations.size());
      Obligation one = obligations.get(i);
      int diagram =
          present(item -> isRow(item) && item.row().orElseThrow().obligations().contains(one));
      owed.computeIfAbsent(diagram, d -> new LinkedHashMap<>()).put(one.label().zh(), one.code());
    }
    owed.forEach((diagram, names) -> layers.add(presence(diagram, "须履行", names)));
    return fold(layers);
  }

  static boolean sameLevels(ApproverRequirement one, ApproverRequirement other) {
    return one.all() == other.all() && one.levels().equals(other.levels());
  }

  /** The item that says that a row applies. */
  private static boolean isRow(Item item) {
    return item.row().isPresent()
        && item.kind() != Item.Kind.UNMET
        && item.kind() != Item.Kind.BREACH
        && item.kind() != Item.Kind.PUNISH;
  }

  private List<ApproverRequirement> requirements() {
    List<ApproverRequirement> requirements = new ArrayList<>();
    for (Item item : model.items()) {
      if (item.kind() == Item.Kind.APPROVE) {
        ApproverRequirement own = OutcomeQuestion.requirement(item.row().orElseThrow());
        if (requirements.stream().noneMatch(one -> sameLevels(one, own))) {
          requirements.add(own);
        }
      }
    }
    return requirements;
  }

  private List<Obligation> obligations() {
    Set<Obligation> obligations = new LinkedHashSet<>();
    model
        .items()
        .forEach(item -> item.row().ifPresent(row -> obligations.addAll(row.obligations())));
    return List.copyOf(obligations);
  }

  private Layer level() {
    Optional<Attribute> level = model.space().vocabulary().classification();
    if (level.isEmpty() || slices.isEmpty() || !model.space().changing().contains(level.get())) {
      return new Layer(Diagram.ofLabel(0), List.of());
    }
    List<Integer> axes = model.space().axesOf(level.get());
    Map<List<Integer>, Integer> labels = new HashMap<>();
    int diagram = draw(slice -> twice(view -> new ReadingQuestion(slice, axes, labels)));
    Map<Integer, Change.Words> names = new HashMap<>();
    labels.forEach(
        (cells, label) -> {
          Cell cell = model.space().axis(axes.get(0)).cells().get(cells.get(0));
          names.put(label, cell instanceof Cell.Codes codes ? words(level.get(), codes) : NOTHING);
        });
    return layer(
        diagram,
        pair ->
            Change.Part.of(
                level.get().label().zh(),
                names.get(Walk.before(pair)),
                names.get(Walk.after(pair))));
  }

  private Change.Words words(Attribute level, Cell.Codes codes) {
    String code = codes.codes().get(0);
    return new Change.Words(phrases.label(level, code), List.of(code));
  }

  private List<Layer> grounds() {
    Map<Integer, Map<String, String>> clauses = new LinkedHashMap<>();
    for (String clause : touchedClauses()) {
      int diagram =
          present(
              item ->
                  isRow(item)
                      && Judgement.isNorm(item.row().orElseThrow())
                      && item.row().orElseThrow().clause().code().equals(clause));
      clauses.computeIfAbsent(diagram, d -> new LinkedHashMap<>()).put(clause, clause);
    }
    List<Layer> layers = new ArrayList<>();
    clauses.forEach((diagram, names) -> layers.add(presence(diagram, "条款", names)));
    return fold(layers);
  }

  /** Clauses whose rows differ, or that a differing row sets aside; all where facts read anew. */
  private Set<String> touchedClauses() {
    Set<String> clauses = new LinkedHashSet<>();
    boolean readingDiffers = false;
    for (Item item : touched.stream().mapToObj(model::item).toList()) {
      readingDiffers |= item.kind() == Item.Kind.CLASSIFY || item.kind() == Item.Kind.DEFINE;
      item.row().ifPresent(row -> clauses.add(row.clause().code()));
      item.row().ifPresent(row -> clauses.addAll(row.overrides()));
    }
    if (readingDiffers) {
      model.items().forEach(item -> item.row().ifPresent(row -> clauses.add(row.clause().code())));
    }
    return clauses;
  }

  private List<Layer> sanctions() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Item item : model.items()) {
      if (item.kind() == Item.Kind.PUNISH) {
        names.put(words(sanction(item)), sanction(item).type().code());
      }
    }
    Map<Integer, Map<String, String>> certain = new LinkedHashMap<>();
    for (String name : names.keySet()) {
      int diagram =
          draw(
              slice ->
                  twice(
                      view ->
                          new SanctionQuestion(
                              slice,
                              select(
                                  slice,
                                  item ->
                                      item.kind() == Item.Kind.PUNISH
                                          && words(sanction(item)).equals(name)))));
      int gained = diagrams.map(diagram, Comparison::gained);
      certain.computeIfAbsent(gained, d -> new LinkedHashMap<>()).put(name, names.get(name));
    }
    List<Layer> layers = new ArrayList<>();
    certain.forEach((diagram, all) -> layers.add(presence(diagram, "处分", all)));
    return layers;
  }

  private static Sanction sanction(Item item) {
    return ((Effect.Punish) item.row().orElseThrow().effect()).sanction();
  }

  private static List<? extends Question> twice(Function<Integer, ? extends Question> question) {
    return List.of(question.apply(0), question.apply(1));
  }

  private int draw(Function<Slice, List<? extends Question>> questions) {
    Atlas atlas =
        new Atlas(
            diagrams, model.space(), Request.any(), Walk.SAME, drawing.search(Long.MAX_VALUE));
    return atlas.draw(slices, slice -> walk(slice, questions.apply(slice)));
  }

  private static Walk walk(Slice slice, List<? extends Question> questions) {
    return new Walk(slice, questions, List.of(slice.ofView(0), slice.ofView(1)));
  }

  /** Label 1 where one of the items counts only in the old version, 2 where only in the new. */
  private int present(Predicate<Item> members) {
    int diagram = draw(slice -> twice(view -> new PresenceQuestion(slice, select(slice, members))));
    return diagrams.map(diagram, Comparison::gained);
  }

  private static int gained(int pair) {
    return pair == Walk.SAME ? 0 : Walk.before(pair) == 1 ? 1 : 2;
  }

  private static long[] select(Slice slice, Predicate<Item> members) {
    long[] own = new long[slice.words()];
    for (int i = 0; i < slice.size(); i++) {
      if (members.test(slice.item(i))) {
        Bits.set(own, 0, i);
      }
    }
    return own;
  }

  /**
   * @param names by label, with their codes
   */
  private Layer presence(int diagram, String about, Map<String, String> names) {
    Change.Words all =
        new Change.Words(String.join("、", names.keySet()), List.copyOf(names.values()));
    return new Layer(
        diagram,
        List.of(
            List.of(),
            List.of(Change.Part.of(about, all, NOTHING)),
            List.of(Change.Part.of(about, NOTHING, all))));
  }

  private Layer layer(int diagram, Function<Integer, Change.Part> part) {
    List<List<Change.Part>> ways = new ArrayList<>();
    ways.add(List.of());
    Map<Integer, Integer> numbers = new HashMap<>();
    numbers.put(Walk.SAME, 0);
    for (int pair : diagrams.labels(diagram)) {
      if (pair != Walk.SAME) {
        numbers.put(pair, ways.size());
        ways.add(List.of(part.apply(pair)));
      }
    }
    return new Layer(diagrams.map(diagram, numbers::get), ways);
  }

  private static List<Layer> changing(List<Layer> layers) {
    return layers.stream().filter(layer -> layer.diagram() != Diagram.ofLabel(0)).toList();
  }

  /** Tells together what changes together, unless that makes too many ways. */
  private List<Layer> fold(List<Layer> layers) {
    List<Layer> folded = new ArrayList<>();
    for (Layer layer : changing(layers)) {
      boolean placed = false;
      for (int i = 0; i < folded.size() && !placed; i++) {
        Optional<Layer> both = both(folded.get(i), layer);
        if (both.isPresent()) {
          folded.set(i, both.get());
          placed = true;
        }
      }
      if (!placed) {
        folded.add(layer);
      }
    }
    return folded;
  }

  private Optional<Layer> both(Layer one, Layer other) {
    int width = other.ways().size();
    int product = diagrams.combine(one.diagram(), other.diagram(), (a, b) -> a * width + b);
    Set<Integer> labels = diagrams.labels(product);
    if (labels.size() > WAYS) {
      return Optional.empty();
    }
    List<List<Change.Part>> ways = new ArrayList<>();
    ways.add(List.of());
    Map<Integer, Integer> numbers = new HashMap<>();
    numbers.put(0, 0);
    for (int label : labels) {
      if (label != 0) {
        List<Change.Part> parts = new ArrayList<>(one.ways().get(label / width));
        parts.addAll(other.ways().get(label % width));
        numbers.put(label, ways.size());
        ways.add(join(parts));
      }
    }
    return Optional.of(new Layer(diagrams.map(product, numbers::get), ways));
  }

  /** One part for each thing that changes: obligations gained and lost are told together. */
  private static List<Change.Part> join(List<Change.Part> parts) {
    Map<String, Change.Part> joined = new LinkedHashMap<>();
    for (Change.Part part : parts) {
      joined.merge(
          part.about(),
          part,
          (one, other) ->
              new Change.Part(
                  one.about(),
                  join(one.before(), other.before()),
                  join(one.after(), other.after()),
                  join(one.beforeCodes(), other.beforeCodes()),
                  join(one.afterCodes(), other.afterCodes())));
    }
    return List.copyOf(joined.values());
  }

  private static String join(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "、" + other;
  }

  private static List<String> join(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private List<Layer> outside(int changed, List<Layer> layers) {
    List<Layer> outside = new ArrayList<>();
    for (Layer layer : layers) {
      int diagram = diagrams.combine(layer.diagram(), changed, (a, b) -> b == 1 ? 0 : a);
      outside.add(new Layer(diagram, layer.ways()));
    }
    return changing(outside);
  }

  /** What tells situations apart, so that all numbers of one list are by one measure. */
  private BitSet told(List<Layer> layers) {
    BitSet told = new BitSet();
    layers.forEach(layer -> told.or(diagrams.axes(layer.diagram())));
    return told;
  }

  private List<Change> changes(List<Layer> layers, Function<Judgement, List<Row>> rows) {
    BitSet told = told(layers);
    List<Change> changes = new ArrayList<>();
    for (Layer layer : layers) {
      Set<Integer> labels = diagrams.labels(layer.diagram());
      for (int way = 1; way < layer.ways().size(); way++) {
        if (labels.contains(way)) {
          changes.add(change(layer, way, told, rows));
        }
      }
    }
    return changes;
  }

  private Change change(Layer layer, int way, BitSet told, Function<Judgement, List<Row>> rows) {
    int own = way;
    int diagram = diagrams.map(layer.diagram(), label -> label == own ? 1 : 0);
    Cover cover = Cover.of(diagrams, model.space(), diagram, Request.any(), BOXES, told);
    List<Situation> situations = new ArrayList<>();
    for (Box box : cover.boxes()) {
      // Both versions are asked, row by row.
      drawing.spend((before.rows().size() + after.rows().size()) / 8);
      Facts sample = model.space().facts(box.sample());
      LocalDate day = model.space().day(box.sample());
      situations.add(
          new Situation(
              box,
              phrases.of(box, Request.any()),
              phrases.circumstances(box),
              box.count(cover.axes()),
              rows.apply(Judgement.of(before, freedom, sample, day)),
              rows.apply(Judgement.of(after, freedom, sample, day))));
    }
    return new Change(layer.ways().get(way), situations, cover.count(), cover.rest());
  }

  /** What decides, what is owed, and how the facts came to read so. */
  private List<Row> answering(Judgement judgement) {
    Set<Row> rows = new LinkedHashSet<>(judgement.deciding());
    judgement.counted().stream().filter(row -> !row.obligations().isEmpty()).forEach(rows::add);
    rows.addAll(judgement.reading());
    return List.copyOf(rows);
  }

  private static Change.Words words(int label, OutcomeQuestion.Approvers approvers) {
    return words(OutcomeQuestion.outcome(label), OutcomeQuestion.approver(label, approvers));
  }

  static Change.Words words(Outcome outcome, Optional<ApproverLevel> approver) {
    List<String> codes = new ArrayList<>(List.of(outcome.code()));
    approver.ifPresent(level -> codes.add(level.code()));
    return new Change.Words(
        outcome.zh() + approver.map(level -> "（" + level.label() + "）").orElse(""), codes);
  }

  static String words(ApproverRequirement requirement) {
    return requirement.levels().stream()
        .map(ApproverLevel::label)
        .map(Object::toString)
        .collect(Collectors.joining(requirement.all() ? " 且 " : " 或 "));
  }

  static String codes(ApproverRequirement requirement) {
    return requirement.levels().stream()
        .map(ApproverLevel::code)
        .collect(Collectors.joining(requirement.all() ? "&" : "|"));
  }

  static String words(Sanction sanction) {
    StringBuilder words = new StringBuilder(sanction.type().label().zh());
    String low = sanction.min().map(BigDecimal::toPlainString).orElse("");
    String high = sanction.max().map(BigDecimal::toPlainString).orElse("");
    if (!low.isEmpty() || !high.isEmpty()) {
      words.append(' ').append(low.equals(high) ? low : low + ".." + high);
      sanction.currency().ifPresent(currency -> words.append(' ').append(currency));
    }
    sanction.formulaText().ifPresent(formula -> words.append(" = ").append(formula));
    return words.toString();
  }
}
