package dev.clearance.decision;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The permission rows of a policy as sets of bits: for each value of each attribute, the rows that
 * it does not rule out. What would apply if other facts were given is then their intersection.
 *
 * <p>A line is a row, or a row together with one of the breaches of its duty.
 */
final class RowGrid {

  /** A row, or a row and one breach of its duty. */
  record Line(Row row, boolean breach, List<Condition> conditions) {}

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** As many words of bits are kept for one number. */
  private static final int MOST_KEPT = 1 << 16;

  private final List<Line> lines = new ArrayList<>();
  private final int words;

  /** By the index of the attribute; null where no line asks for it. */
  private final @Nullable Column[] byAttribute;

  /** Those that most lines ask for first: they rule out most. */
  private final Column[] columns;

  private final long[] all;
  private final long[] forbidding;
  private final long[] approving;
  private final long[] permitting;
  private final long[] mayForbid;
  private final long[] overriding;
  private final long[] breaches;
  private final long[] limited;

  /** By the index of a row that overrides: the lines that it sets aside. */
  private final Map<Integer, long[]> setAside = new HashMap<>();

  /**
   * @param probes whose values will be supposed
   */
  RowGrid(Policy policy, Iterable<Row> permissions, Probes probes) {
    for (Row row : permissions) {
      lines.add(new Line(row, false, row.when()));
      if (row.effect() instanceof Effect.Duty duty) {
        for (List<Condition> breach : duty.breaches()) {
          List<Condition> both = new ArrayList<>(row.when());
          both.addAll(breach);
          lines.add(new Line(row, true, both));
        }
      }
    }
    words = (lines.size() + 63) / 64;
    all = new long[words];
    forbidding = new long[words];
    approving = new long[words];
    permitting = new long[words];
    mayForbid = new long[words];
    overriding = new long[words];
    breaches = new long[words];
    limited = new long[words];
    for (int i = 0; i < lines.size(); i++) {
      mark(lines.get(i), i);
    }
    byAttribute = columns(policy.vocabulary().attributes());
    columns =
        Arrays.stream(byAttribute)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparingInt(Column::silent))
            .toArray(Column[]::new);
    for (Column column : columns) {
      column.prepare(probes.values(policy.vocabulary().attributes().get(column.index)));
    }
    for (Row row : policy.rows()) {
      if (!row.overrides().isEmpty()) {
        setAside.put(row.index(), linesOf(row.overrides()));
      }
    }
  }

  private void mark(Line line, int i) {
    set(all, i);
    Row row = line.row();
    if (!row.inForce().isAlways()) {
      set(limited, i);
    }
    if (line.breach()) {
      set(breaches, i);
      set(forbidding, i);
      return;
    }
    if (!row.overrides().isEmpty()) {
      set(overriding, i);
    }
    Effect effect = row.effect();
    if (effect instanceof Effect.Prohibit) {
      set(forbidding, i);
      set(mayForbid, i);
    } else if (effect instanceof Effect.Approve) {
      set(approving, i);
    } else if (effect instanceof Effect.Allow) {
      set(permitting, i);
    } else if (effect instanceof Effect.Duty) {
      set(mayForbid, i);
      if (row.namesTheAct()) {
        set(permitting, i);
      }
    }
  }

  private @Nullable Column[] columns(List<Attribute> attributes) {
    Map<Attribute, Map<String, Test>> tests = new LinkedHashMap<>();
    Map<Attribute, Map<String, long[]>> asking = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      for (Condition condition : lines.get(i).conditions()) {
        String key = condition.test().key();
        tests
            .computeIfAbsent(condition.attribute(), any -> new LinkedHashMap<>())
            .putIfAbsent(key, condition.test());
        set(
            asking
                .computeIfAbsent(condition.attribute(), any -> new HashMap<>())
                .computeIfAbsent(key, any -> new long[words]),
            i);
      }
    }
    @Nullable Column[] found = new Column[attributes.size()];
    tests.forEach(
        (attribute, byKey) -> {
          long[][] askingFor = new long[byKey.size()][];
          int i = 0;
          for (String key : byKey.keySet()) {
            askingFor[i++] = asking.get(attribute).get(key);
          }
          found[attribute.index()] =
              new Column(attribute, byKey.values().toArray(new Test[0]), askingFor, all);
        });
    return found;
  }

  private long[] linesOf(List<String> clauses) {
    long[] of = new long[words];
    for (int i = 0; i < lines.size(); i++) {
      if (clauses.contains(lines.get(i).row().clause().code())) {
        set(of, i);
      }
    }
    return of;
  }

  private static void set(long[] bits, int i) {
    bits[i >> 6] |= 1L << i;
  }

  /** What the lines ask of one attribute. */
  private static final class Column {

    private final int index;
    private final Test[] tests;
    private final long[][] asking;

    /** The lines that do not ask for the attribute: all that may apply while it is not known. */
    private final long[] silent;

    private final long[] all;
    private final Map<String, long[]> codes;
    private final Map<Value, long[]> sets = new IdentityHashMap<>();
    private final long[] yes;
    private final long[] no;
    private final BigDecimal[] bounds;

    /** For each bound and each stretch beside one; empty when that would be too much to keep. */
    private final long[][] stretches;

    Column(Attribute attribute, Test[] tests, long[][] asking, long[] all) {
      this.index = attribute.index();
      this.tests = tests;
      this.asking = asking;
      this.all = all;
      this.silent = all.clone();
      for (long[] lines : asking) {
        remove(lines, silent);
      }
      Map<String, long[]> byCode = new HashMap<>();
      for (Term term : attribute.terms()) {
        if (attribute.type() == AttributeType.TERM || attribute.type() == AttributeType.LEVEL) {
          byCode.put(term.code(), passed(new Value.Code(term.code())));
        }
      }
      // A copy lies in one array, and a look-up fetches less from memory.
      codes = Map.copyOf(byCode);
      yes = passed(new Value.Flag(true));
      no = passed(new Value.Flag(false));
      bounds = bounds(tests);
      int count = 2 * bounds.length + 1;
      stretches = new long[bounds.length > 0 && count * all.length <= MOST_KEPT ? count : 0][];
      for (int i = 0; i < stretches.length; i++) {
        stretches[i] = passed(new Value.Amount(within(i)));
      }
    }

    private int silent() {
      int count = 0;
      for (long word : silent) {
        count += Long.bitCount(word);
      }
      return count;
    }

    private static BigDecimal[] bounds(Test[] tests) {
      TreeSet<BigDecimal> bounds = new TreeSet<>();
      for (Test test : tests) {
        if (test instanceof Test.Between between) {
          between.low().ifPresent(bounds::add);
          between.high().ifPresent(bounds::add);
        }
      }
      return bounds.toArray(new BigDecimal[0]);
    }

    /** A number of a stretch: even ones lie between the bounds, odd ones are the bounds. */
    private BigDecimal within(int stretch) {
      if (stretch % 2 == 1) {
        return bounds[stretch / 2];
      }
      if (stretch == 0) {
        return bounds[0].subtract(BigDecimal.ONE);
      }
      BigDecimal below = bounds[stretch / 2 - 1];
      return stretch / 2 == bounds.length
          ? below.add(BigDecimal.ONE)
          : below.add(bounds[stretch / 2]).multiply(HALF);
    }

    /** Sets that are often supposed are told by their identity: to compare them takes long. */
    void prepare(List<Value> values) {
      for (Value value : values) {
        if (value instanceof Value.Codes) {
          sets.put(value, passed(value));
        }
      }
    }

    /** The lines that the value does not rule out. */
    long[] of(Value value) {
      if (value instanceof Value.Code code) {
        long[] known = codes.get(code.code());
        if (known != null) {
          return known;
        }
      } else if (value instanceof Value.Flag flag) {
        return flag.yes() ? yes : no;
      } else if (value instanceof Value.Codes) {
        long[] known = sets.get(value);
        if (known != null) {
          return known;
        }
      } else if (value instanceof Value.Amount amount && stretches.length > 0) {
        int found = Arrays.binarySearch(bounds, amount.number());
        return stretches[found >= 0 ? 2 * found + 1 : 2 * -(found + 1)];
      }
      return passed(value);
    }

    private long[] passed(Value value) {
      long[] passed = all;
      for (int i = 0; i < tests.length; i++) {
        if (!tests[i].holds(value)) {
          if (passed == all) {
            passed = all.clone();
          }
          remove(asking[i], passed);
        }
      }
      return passed;
    }

    private static void remove(long[] lines, long[] from) {
      for (int w = 0; w < from.length; w++) {
        from[w] &= ~lines[w];
      }
    }
  }

  /** Whether some row sets others aside. */
  boolean setsAside() {
    return !setAside.isEmpty();
  }

  Line line(int i) {
    return lines.get(i);
  }

  /** The lines, as they look to somebody who knows these facts on this day. */
  Sight see(Facts facts, LocalDate day) {
    return new Sight(facts, inForce(day));
  }

  private long[] inForce(LocalDate day) {
    long[] inForce = all;
    for (int w = 0; w < words; w++) {
      for (long rest = limited[w]; rest != 0; rest &= rest - 1) {
        int i = (w << 6) + Long.numberOfTrailingZeros(rest);
        if (!lines.get(i).row().inForce().contains(day)) {
          if (inForce == all) {
            inForce = all.clone();
          }
          inForce[w] &= ~(1L << i);
        }
      }
    }
    return inForce;
  }

  /**
   * What known facts rule out; others that are supposed need only be looked at where they differ.
   */
  final class Sight {

    private final Facts facts;
    private final long[] inForce;

    /** By column, once it has been looked at. */
    private final long @Nullable [][] seen = new long[columns.length][];

    private Sight(Facts facts, long[] inForce) {
      this.facts = facts;
      this.inForce = inForce;
    }

    /** The lines that the attribute of a column does not rule out; null where it is not known. */
    private long @Nullable [] passed(int column) {
      long[] passed = seen[column];
      if (passed == null) {
        Value value = facts.at(columns[column].index);
        if (value != null) {
          passed = columns[column].of(value);
          seen[column] = passed;
        }
      }
      return passed;
    }

    /** The lines that apply or still may, of those that could make another outcome. */
    long[] open(Outcome outcome) {
      long[] open = thatMatter(outcome, inForce);
      boolean any = true;
      for (int i = 0; i < seen.length && any; i++) {
        long[] passed = passed(i);
        any = passed == null || intersect(open, passed);
      }
      return open;
    }

    /** The lines that apply but for what they ask of one attribute. */
    long[] applyingBut(Attribute attribute) {
      Column left = byAttribute[attribute.index()];
      long[] applying = inForce.clone();
      for (int i = 0; i < seen.length; i++) {
        if (columns[i] != left) {
          long[] passed = passed(i);
          intersect(applying, passed == null ? columns[i].silent : passed);
        }
      }
      return applying;
    }

    /** The lines that would apply to other facts. */
    long[] applying(Facts supposed) {
      long[] applying = inForce.clone();
      for (int i = 0; i < seen.length; i++) {
        int index = columns[i].index;
        Value value = supposed.at(index);
        long[] passed = null;
        if (value != null) {
          passed = value == facts.at(index) ? passed(i) : columns[i].of(value);
        }
        intersect(applying, passed == null ? columns[i].silent : passed);
      }
      return applying;
    }
  }

  /** Whether any bit is left. */
  private static boolean intersect(long[] bits, long[] with) {
    long left = 0;
    for (int w = 0; w < bits.length; w++) {
      bits[w] &= with[w];
      left |= bits[w];
    }
    return left != 0;
  }

  /** The lines among these that remain once the attribute has the value. */
  long[] with(Attribute attribute, Value value, long[] among) {
    long[] bits = among.clone();
    Column column = byAttribute[attribute.index()];
    if (column != null) {
      intersect(bits, column.of(value));
    }
    return bits;
  }

  /** Of these lines, those that could make another outcome. */
  private long[] thatMatter(Outcome outcome, long[] among) {
    long[] matter = new long[words];
    for (int w = 0; w < words; w++) {
      long of =
          switch (outcome) {
            case DENY -> overriding[w];
            case APPROVAL_REQUIRED -> mayForbid[w] | breaches[w] | overriding[w];
            case PERMIT -> mayForbid[w] | breaches[w] | approving[w] | overriding[w];
            case NOT_COVERED -> -1L;
          };
      matter[w] = among[w] & of;
    }
    return matter;
  }

  /**
   * What lines that apply say once the more special ones have set aside what they name.
   *
   * @param applying is changed
   * @param readings the classifications and definitions that apply as well
   */
  Tally tally(long[] applying, List<Row> readings, Facts facts, boolean free) {
    if (!setAside.isEmpty()) {
      removeSetAside(applying, readings);
    }
    boolean forbids = false;
    boolean permits = false;
    boolean lacksApproval = false;
    for (int w = 0; w < words; w++) {
      long counted = applying[w];
      if (counted != 0) {
        forbids |= (counted & forbidding[w]) != 0;
        permits |= (counted & permitting[w]) != 0;
        for (long rest = counted & approving[w]; rest != 0; rest &= rest - 1) {
          Row row = lines.get((w << 6) + Long.numberOfTrailingZeros(rest)).row();
          boolean held =
              row.effect() instanceof Effect.Approve approve
                  && approve.approver().isMetBy(facts.approvals());
          permits |= held;
          lacksApproval |= !held;
        }
      }
    }
    return new Tally(forbids, lacksApproval, permits, free);
  }

  private void removeSetAside(long[] applying, List<Row> readings) {
    long[] removed = null;
    for (Row row : readings) {
      removed = add(setAside.get(row.index()), removed);
    }
    for (int w = 0; w < words; w++) {
      for (long rest = applying[w] & overriding[w]; rest != 0; rest &= rest - 1) {
        Row row = lines.get((w << 6) + Long.numberOfTrailingZeros(rest)).row();
        removed = add(setAside.get(row.index()), removed);
      }
    }
    if (removed != null) {
      Column.remove(removed, applying);
    }
  }

  private static long @Nullable [] add(long @Nullable [] more, long @Nullable [] to) {
    if (more == null) {
      return to;
    }
    if (to == null) {
      return more.clone();
    }
    for (int w = 0; w < to.length; w++) {
      to[w] |= more[w];
    }
    return to;
  }
}
