package dev.clearance.analysis;

import dev.clearance.decision.Freedom;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All requests, as far as the rows of one or two policies can tell them apart: axes in a fixed
 * order. The act comes first, then what the reading of facts depends on, then the rest.
 */
final class Space {

  private final List<Axis> axes = new ArrayList<>();
  private final Map<Attribute, List<Integer>> axesOf = new LinkedHashMap<>();
  private final Set<Attribute> changing;
  private final List<Attribute> freeing;
  private final List<Integer> freeAxes = new ArrayList<>();
  private final int dayAxis;
  private final int readingEnd;
  private final Vocabulary vocabulary;

  /**
   * @param parted a set of which the reading asks for some members only: the others follow it
   */
  private Space(
      List<Partition> reading,
      Optional<Partition> parted,
      List<Partition> rest,
      Set<Attribute> changing,
      Optional<List<Attribute>> freeing,
      TreeSet<LocalDate> days,
      Vocabulary vocabulary) {
    this.changing = changing;
    this.vocabulary = vocabulary;
    boolean actFirst =
        !reading.isEmpty() && reading.get(0).attribute().path().equals(Vocabulary.ACTION);
    if (actFirst) {
      addAxes(reading.get(0));
    }
    this.dayAxis = axes.size();
    axes.add(new Axis(dayAxis, Axis.Kind.DAY, Optional.empty(), Partition.days(days)));
    reading.subList(actFirst ? 1 : 0, reading.size()).forEach(this::addAxes);
    this.freeing = freeing.orElse(List.of());
    if (freeing.isEmpty()) {
      // Facts that read otherwise may be free otherwise: one answer for each of two readings.
      freeAxes.add(addFree());
      freeAxes.add(addFree());
    }
    parted.ifPresent(this::addAxes);
    this.readingEnd = axes.size() - parted.map(Partition::spareGroups).orElse(0);
    rest.forEach(this::addAxes);
  }

  static Space of(List<Policy> policies, Freedom freedom) {
    return new Collector(policies, freedom).space();
  }

  private int addFree() {
    List<Cell> cells = List.of(new Cell.Free(false), new Cell.Free(true));
    axes.add(new Axis(axes.size(), Axis.Kind.FREE, Optional.empty(), cells));
    return axes.size() - 1;
  }

  private void addAxes(Partition partition) {
    Attribute attribute = partition.attribute();
    List<Integer> added = new ArrayList<>();
    if (attribute.type() == AttributeType.SET) {
      if (!isApprovals(attribute)) {
        added.add(
            addAxis(
                Axis.Kind.SET_GIVEN, attribute, List.of(new Cell.NotGiven(), new Cell.Given())));
      }
      partition.memberGroups().forEach(group -> added.add(addMember(attribute, group)));
    } else {
      added.add(addAxis(Axis.Kind.VALUE, attribute, partition.cells()));
    }
    axesOf.put(attribute, added);
  }

  private int addMember(Attribute attribute, List<String> group) {
    return addAxis(
        Axis.Kind.MEMBER,
        attribute,
        List.of(new Cell.Member(group, false), new Cell.Member(group, true)));
  }

  private int addAxis(Axis.Kind kind, Attribute attribute, List<Cell> cells) {
    axes.add(new Axis(axes.size(), kind, Optional.of(attribute), cells));
    return axes.size() - 1;
  }

  /** Approvals that are not given are none held, so their set always counts as given. */
  boolean isApprovals(Attribute attribute) {
    return vocabulary.approvals().equals(Optional.of(attribute));
  }

  List<Axis> axes() {
    return axes;
  }

  int size() {
    return axes.size();
  }

  Axis axis(int index) {
    return axes.get(index);
  }

  int dayAxis() {
    return dayAxis;
  }

  /** The axes before this one are all that the reading of facts depends on. */
  int readingEnd() {
    return readingEnd;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * The attributes whose final reading matters: those that classifications or definitions may
   * change, and those by which an act may be free.
   */
  Set<Attribute> changing() {
    return changing;
  }

  boolean changes(int axis) {
    return axes.get(axis).kind() == Axis.Kind.FREE
        || axes.get(axis).attribute().map(changing::contains).orElse(false);
  }

  /** The attributes by which an act may be free, as far as that can be told. */
  List<Attribute> freeing() {
    return freeing;
  }

  /**
   * Where nobody can tell by what an act is free: the axes that say whether it is, for one reading
   * of the facts and for another. Else none.
   */
  List<Integer> freeAxes() {
    return freeAxes;
  }

  /** The axes of an attribute; none where no row speaks of it. */
  List<Integer> axesOf(Attribute attribute) {
    return axesOf.getOrDefault(attribute, List.of());
  }

  /** The first axis behind the members of the set that this axis begins. */
  int endOfSet(int givenAxis) {
    List<Integer> own = axesOf(axes.get(givenAxis).attribute().orElseThrow());
    return own.get(own.size() - 1) + 1;
  }

  /** The axis that says whether the set of this member is given, or -1 where it always is. */
  int givenAxis(int memberAxis) {
    int first = axesOf(axes.get(memberAxis).attribute().orElseThrow()).get(0);
    return axes.get(first).kind() == Axis.Kind.SET_GIVEN ? first : -1;
  }

  /** The cells of a value on the axes of its attribute. */
  int[] cells(Attribute attribute, Value value) {
    List<Integer> own = axesOf(attribute);
    int[] cells = new int[own.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(own.get(i), value);
    }
    return cells;
  }

  private int cell(int axis, Value value) {
    List<Cell> cells = axes.get(axis).cells();
    for (int cell = 0; cell < cells.size(); cell++) {
      if (cells.get(cell).holds(value)) {
        return cell;
      }
    }
    throw new IllegalArgumentException(axes.get(axis).attribute() + " takes no " + value);
  }

  /** The cell of these facts on an axis, or -1 where they do not tell or no set is given. */
  int cell(int axis, Facts facts, LocalDate day) {
    Axis one = axes.get(axis);
    if (one.kind() == Axis.Kind.DAY) {
      return cell(axis, new Value.Day(day));
    }
    if (one.kind() == Axis.Kind.FREE) {
      return -1;
    }
    Attribute attribute = one.attribute().orElseThrow();
    Optional<Value> value = facts.get(attribute.path());
    if (value.isPresent()) {
      return cell(axis, value.get());
    }
    return one.kind() == Axis.Kind.MEMBER && givenAxis(axis) >= 0 ? -1 : 0;
  }

  /** A sample value, or empty where the cells say "not given". */
  Optional<Value> value(Attribute attribute, int[] at) {
    List<Integer> own = axesOf(attribute);
    if (attribute.type() != AttributeType.SET) {
      int axis = own.get(0);
      return axes.get(axis).cells().get(at[axis]).sample();
    }
    boolean given = true;
    Set<String> members = new LinkedHashSet<>();
    for (int axis : own) {
      Cell cell = axes.get(axis).cells().get(at[axis]);
      given &= !(cell instanceof Cell.NotGiven);
      if (cell instanceof Cell.Member member && member.present()) {
        members.add(member.codes().get(0));
      }
    }
    return given ? Optional.of(Value.Codes.of(members)) : Optional.empty();
  }

  /** A request that lies in these cells. */
  Facts facts(int[] at) {
    Map<Attribute, Value> facts = new LinkedHashMap<>();
    for (Attribute attribute : axesOf.keySet()) {
      boolean saysNothing =
          isApprovals(attribute) && axesOf(attribute).stream().allMatch(axis -> at[axis] == 0);
      if (!saysNothing) {
        Attribute own = vocabulary.attribute(attribute.path()).orElse(attribute);
        value(attribute, at).ifPresent(value -> facts.put(own, value));
      }
    }
    return Facts.of(vocabulary, facts);
  }

  LocalDate day(int[] at) {
    return ((Cell.Days) axes.get(dayAxis).cells().get(at[dayAxis])).day();
  }

  /** Goes once through all rows and notes what they ask. */
  private static final class Collector {

    private static final Set<AttributeType> FINITE =
        EnumSet.of(AttributeType.TERM, AttributeType.LEVEL, AttributeType.BOOLEAN);

    private final List<Policy> policies;
    private final Freedom freedom;
    private final Map<Attribute, Partition> partitions = new LinkedHashMap<>();
    private final Map<Attribute, Integer> mentions = new LinkedHashMap<>();
    private final Set<Attribute> reading = new LinkedHashSet<>();
    private final Set<Attribute> changing = new LinkedHashSet<>();
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final Set<ApproverRequirement> requirements = new HashSet<>();

    private Collector(List<Policy> policies, Freedom freedom) {
      this.policies = policies;
      this.freedom = freedom;
    }

    private Space space() {
      for (Policy policy : policies) {
        add(policy.inForce());
        policy.rows().forEach(row -> add(row, policy.vocabulary()));
      }
      Optional<List<Attribute>> freeing = freeing();
      for (Attribute attribute : freeing.orElse(List.of())) {
        of(attribute).keepEveryCode();
        changes(attribute);
      }
      Comparator<Attribute> order =
          Comparator.<Attribute, Integer>comparing(a -> a.path().equals(Vocabulary.ACTION) ? 0 : 1)
              .thenComparing(a -> -mentions.getOrDefault(a, 0))
              .thenComparing(Comparator.naturalOrder());
      partitions.keySet().stream()
          .filter(attribute -> attribute.path().equals(Vocabulary.ACTION))
          .forEach(reading::add);
      List<Partition> readFirst = new ArrayList<>();
      List<Partition> readLast = new ArrayList<>();
      partitions.keySet().stream()
          .sorted(order)
          .forEach(a -> (reading.contains(a) ? readFirst : readLast).add(partitions.get(a)));
      Optional<Partition> parted =
          readFirst.stream()
              .filter(partition -> !changing.contains(partition.attribute()))
              .filter(partition -> partition.spareGroups() > 0)
              .max(Comparator.comparing(Partition::spareGroups));
      parted.ifPresent(readFirst::remove);
      return new Space(
          readFirst,
          parted,
          readLast,
          changing,
          freeing,
          days,
          policies.get(policies.size() - 1).vocabulary());
    }

    /** What may take any value cannot be tried value by value. */
    private Optional<List<Attribute>> freeing() {
      if (freedom.alsoReads().isEmpty()) {
        return Optional.empty();
      }
      Set<Attribute> freeing = new LinkedHashSet<>();
      for (String path : freedom.alsoReads().get()) {
        policies.forEach(policy -> policy.vocabulary().attribute(path).ifPresent(freeing::add));
      }
      boolean all = freeing.stream().allMatch(attribute -> FINITE.contains(attribute.type()));
      return all ? Optional.of(List.copyOf(freeing)) : Optional.empty();
    }

    private Partition of(Attribute attribute) {
      return partitions.computeIfAbsent(attribute, this::partition);
    }

    /** Versions of a vocabulary may differ: the codes of all of them count. */
    private Partition partition(Attribute attribute) {
      Partition partition = new Partition(attribute);
      for (Policy policy : policies) {
        policy
            .vocabulary()
            .attribute(attribute.path())
            .ifPresent(own -> partition.addCodes(own.terms().stream().map(Term::code).toList()));
      }
      return partition;
    }

    private void add(InForce inForce) {
      inForce.from().ifPresent(days::add);
      inForce.to().ifPresent(days::add);
    }

    private void add(Row row, Vocabulary vocabulary) {
      add(row.inForce());
      boolean reads =
          row.effect() instanceof Effect.Classify || row.effect() instanceof Effect.Define;
      for (Condition condition : row.when()) {
        add(condition);
        if (reads) {
          reading.add(condition.attribute());
          of(condition.attribute()).addForReading(condition.test());
        }
      }
      if (row.effect() instanceof Effect.Duty duty) {
        duty.breaches().forEach(breach -> breach.forEach(this::add));
      } else if (row.effect() instanceof Effect.Approve approve) {
        add(approve.approver(), vocabulary);
      } else if (row.effect() instanceof Effect.Classify classify) {
        Attribute level = vocabulary.classification().orElseThrow();
        raises(level, classify.level());
      } else if (row.effect() instanceof Effect.Define define) {
        for (Assignment assignment : define.assignments()) {
          if (assignment instanceof Assignment.AtLeast atLeast) {
            raises(atLeast.attribute(), atLeast.level());
          } else if (assignment instanceof Assignment.Becomes becomes) {
            changes(becomes.attribute());
            of(becomes.attribute()).addAssigned(becomes.value());
          }
        }
      }
    }

    private void add(Condition condition) {
      of(condition.attribute()).add(condition.test());
      mentions.merge(condition.attribute(), 1, Integer::sum);
    }

    private void raises(Attribute attribute, String level) {
      changes(attribute);
      of(attribute).keepEveryCode();
      of(attribute).addAssigned(new Value.Code(level));
    }

    private void changes(Attribute attribute) {
      changing.add(attribute);
      reading.add(attribute);
    }

    private void add(ApproverRequirement requirement, Vocabulary vocabulary) {
      Optional<Attribute> approvals = vocabulary.approvals();
      if (approvals.isEmpty() || !requirements.add(requirement)) {
        return;
      }
      mentions.merge(approvals.get(), 1, Integer::sum);
      Partition partition = of(approvals.get());
      Set<String> enough = new LinkedHashSet<>();
      for (ApproverLevel level : vocabulary.approverLevels().all()) {
        if (requirement.levels().stream().anyMatch(level::suffices)) {
          enough.add(level.code());
        }
      }
      partition.addMember(enough);
      if (requirement.all()) {
        partition.keepEveryCode();
      }
    }
  }
}
