package dev.clearance.analysis;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Obligation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A row is shadowed when removing it would change no request's outcome, approver, required
 * approvals, obligations, level or other fact as read, nor the sanctions that are certain.
 */
final class ShadowedRows {

  private final Reviewed reviewed;
  private final Progress progress;
  private final Effort whole = Effort.whole();
  private final Unexamined unexamined = new Unexamined(Check.SHADOWED_ROW);

  ShadowedRows(Reviewed reviewed, Progress progress) {
    this.reviewed = reviewed;
    this.progress = progress;
  }

  List<Row> rows() {
    Set<Row> candidates = new LinkedHashSet<>(reviewed.policy().rows());
    Set<List<Object>> known = new HashSet<>();
    for (int cell = 0; cell < reviewed.acts(); cell++) {
      progress.at("shadowed rows", cell, reviewed.acts());
      Optional<Slice> slice = reviewed.slice(cell, whole);
      BitSet readers = slice.map(Slice::readers).orElseGet(BitSet::new);
      candidates.removeIf(
          row -> {
            try {
              return isNeeded(row, slice.orElseThrow(Effort.Exceeded::new), readers, known);
            } catch (Effort.Exceeded tooMuch) {
              unexamined.add(row);
              return false;
            }
          });
    }
    candidates.removeIf(unexamined::contains);
    return List.copyOf(candidates);
  }

  private boolean isNeeded(Row row, Slice slice, BitSet readers, Set<List<Object>> known) {
    int item = reviewed.applies(slice, row);
    if (item < 0) {
      return false;
    }
    // Where nothing is left, not even what is near is looked for.
    whole.spend(0);
    Slice near = slice.around(Reviewed.bits(slice, item));
    whole.spend(near.labour() + slice.size());
    // What cannot hold does not even meet itself.
    return reviewed.applies(near, row) >= 0
        && new Surroundings(near, readers, known, whole).needs(row);
  }

  /**
   * @param others rows that another check reports already
   */
  List<Finding> findings(Set<Row> others) {
    Set<String> clauses =
        reviewed.policy().clauses().stream().map(Clause::code).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    for (Row row : rows()) {
      if (!others.contains(row)
          && !Acknowledgement.silences(row, Check.SHADOWED_ROW, "", clauses)) {
        findings.add(
            new Finding(
                Check.SHADOWED_ROW,
                row.place(),
                "this row ("
                    + row.clause().code()
                    + ") decides nothing: without it every request gets the same outcome,"
                    + " approvals, obligations and sanctions",
                "delete it, correct its conditions, or write 遮蔽 in 确认"));
      }
    }
    unexamined.finding().ifPresent(findings::add);
    return findings;
  }

  /** What meets one row in a slice, with the row and without it. */
  private static final class Surroundings {

    private final Slice slice;
    private final OutcomeQuestion outcome;

    /** What was tried before where the same rows read the facts. */
    private final Set<List<Object>> known;

    private final BitSet readers;

    private final Effort effort;

    /**
     * @param readers what may change how facts read, of the act as a whole
     */
    Surroundings(Slice slice, BitSet readers, Set<List<Object>> known, Effort effort) {
      this.slice = slice;
      this.known = known;
      this.readers = readers;
      this.effort = effort;
      this.outcome = new OutcomeQuestion(slice, 0, new OutcomeQuestion.Approvers());
    }

    boolean needs(Row row) {
      boolean reads =
          row.effect() instanceof Effect.Classify || row.effect() instanceof Effect.Define;
      if (reads && !isKnown(row) && differs(row, reading(row))) {
        return true;
      }
      if (reads && row.overrides().isEmpty() && row.obligations().isEmpty()) {
        // Facts that read alike are answered alike.
        return false;
      }
      boolean punishes = row.effect() instanceof Effect.Punish;
      if (!punishes && differs(row, outcome)) {
        return true;
      }
      return !punishes && (owes(row) || asks(row)) || punishesOtherwise(row);
    }

    private boolean isKnown(Row row) {
      return !slice.space().changes(0) && !known.add(List.of(row.index(), readers));
    }

    private Question reading(Row row) {
      return ReadingQuestion.behind(slice, Bits.next(slice.itemsOf(row), 0, slice.words(), 0));
    }

    private boolean differs(Row row, Question question) {
      effort.spend(slice.size());
      // Only a request that the row applies to can be answered otherwise without it.
      long[] all = slice.ofView(0);
      long[] others = all.clone();
      Bits.remove(others, 0, slice.itemsOf(row));
      Walk walk = new Walk(slice, List.of(question, question), List.of(all, others));
      return Finder.find(
              walk, Request.any(), label -> label != Walk.SAME, new long[0], effort.search())
          .isPresent();
    }

    /** Whether it, or what it sets aside, makes a difference to an obligation. */
    private boolean owes(Row row) {
      Set<Obligation> owed = new LinkedHashSet<>();
      concerned(row).forEach(one -> owed.addAll(one.obligations()));
      for (Obligation obligation : owed) {
        long[] members =
            select(
                item ->
                    item.kind() != Item.Kind.UNMET
                        && item.kind() != Item.Kind.BREACH
                        && item.kind() != Item.Kind.PUNISH
                        && item.row()
                            .map(one -> one.obligations().contains(obligation))
                            .orElse(false));
        if (differs(row, new PresenceQuestion(slice, members))) {
          return true;
        }
      }
      return false;
    }

    private boolean asks(Row row) {
      Set<ApproverRequirement> asked = new LinkedHashSet<>();
      for (Row one : concerned(row)) {
        if (one.effect() instanceof Effect.Approve approve) {
          asked.add(approve.approver());
        }
      }
      for (ApproverRequirement requirement : asked) {
        long[] members =
            select(
                item ->
                    item.kind() == Item.Kind.UNMET
                        && Comparison.sameLevels(
                            OutcomeQuestion.requirement(item.row().orElseThrow()), requirement));
        if (differs(row, new PresenceQuestion(slice, members))) {
          return true;
        }
      }
      return false;
    }

    private boolean punishesOtherwise(Row row) {
      Set<String> sanctions = new LinkedHashSet<>();
      Set<Row> concerned = new LinkedHashSet<>(concerned(row));
      boolean mayBreak = Judgement.isNorm(row);
      for (int i = 0; i < slice.size(); i++) {
        Item item = slice.item(i);
        if (item.kind() == Item.Kind.PUNISH
            && (mayBreak || concerned.contains(item.row().orElseThrow()))) {
          sanctions.add(words(item));
        }
      }
      for (String sanction : sanctions) {
        long[] members =
            select(item -> item.kind() == Item.Kind.PUNISH && words(item).equals(sanction));
        if (differs(row, new SanctionQuestion(slice, members))) {
          return true;
        }
      }
      return false;
    }

    private static String words(Item item) {
      Function<Row, Effect.Punish> punish = row -> (Effect.Punish) row.effect();
      return Comparison.words(item.row().map(punish).orElseThrow().sanction());
    }

    /** The row and those that it sets aside. */
    private List<Row> concerned(Row row) {
      List<Row> concerned = new ArrayList<>(List.of(row));
      if (!row.overrides().isEmpty()) {
        for (int i = 0; i < slice.size(); i++) {
          slice
              .item(i)
              .row()
              .filter(one -> row.overrides().contains(one.clause().code()))
              .ifPresent(concerned::add);
        }
      }
      return concerned;
    }

    private long[] select(Predicate<Item> members) {
      long[] own = new long[slice.words()];
      for (int i = 0; i < slice.size(); i++) {
        if (members.test(slice.item(i))) {
          Bits.set(own, 0, i);
        }
      }
      return own;
    }
  }
}
