package dev.clearance.analysis;

import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Everything that rows ask of one attribute, and the cells that follow. */
final class Partition {

  private final Attribute attribute;
  private final Map<String, Test> tests = new LinkedHashMap<>();
  private final Set<Set<String>> members = new LinkedHashSet<>();
  private final Set<String> forReading = new HashSet<>();
  private final Set<Value> assigned = new LinkedHashSet<>();
  private final Set<String> codes = new LinkedHashSet<>();

  /** Keep every code by itself, because answers name it or several count as several. */
  private boolean everyCode;

  Partition(Attribute attribute) {
    this.attribute = attribute;
  }

  Attribute attribute() {
    return attribute;
  }

  /** The codes that the attribute may take; versions of a vocabulary may differ. */
  void addCodes(Collection<String> all) {
    codes.addAll(all);
  }

  void add(Test test) {
    tests.putIfAbsent(test.key(), test);
    if (test instanceof Test.Members set) {
      members.addAll(set.covered());
    } else if (test instanceof Test.AnyOf any) {
      mention(any.covered());
    } else if (test instanceof Test.NoneOf none) {
      mention(none.covered());
    }
  }

  private void mention(Set<String> mentioned) {
    codes.addAll(new TreeSet<>(mentioned));
  }

  /** Members that count as one thing, such as the approver levels that are enough for a row. */
  void addMember(Set<String> member) {
    members.add(Set.copyOf(member));
  }

  void addAssigned(Value value) {
    assigned.add(value);
    if (value instanceof Value.Codes set) {
      // What a request gave differs from it by any member.
      set.codes().forEach(code -> members.add(Set.of(code)));
      codes.forEach(code -> members.add(Set.of(code)));
    } else {
      codes.add(value.toString());
    }
  }

  void keepEveryCode() {
    everyCode = true;
  }

  /** The cells of an attribute that is no set; the first stands for "not given". */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.NotGiven());
    switch (attribute.type()) {
      case TERM, LEVEL ->
          groups(codes, Value.Code::new).forEach(group -> cells.add(new Cell.Codes(group)));
      case TEXT -> {
        groups(codes, Value.Text::new).forEach(group -> cells.add(new Cell.Texts(group)));
        cells.add(new Cell.OtherText(codes));
      }
      case BOOLEAN -> {
        cells.add(new Cell.Flag(true));
        cells.add(new Cell.Flag(false));
      }
      case NUMBER -> cells.addAll(numbers());
      case DATE -> cells.addAll(days(dates()));
      case SET -> throw new IllegalStateException(attribute + " is a set");
    }
    return cells;
  }

  private interface Reader {
    Value read(String code);
  }

  private List<List<String>> groups(Collection<String> all, Reader reader) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String code : all) {
      String signature = everyCode ? code : signature(reader.read(code));
      groups.computeIfAbsent(signature, any -> new ArrayList<>()).add(code);
    }
    return List.copyOf(groups.values());
  }

  private String signature(Value value) {
    StringBuilder signature = new StringBuilder();
    tests.values().forEach(test -> signature.append(test.holds(value) ? '1' : '0'));
    assigned.forEach(one -> signature.append(one.equals(value) ? '1' : '0'));
    return signature.toString();
  }

  /** The reading of facts depends on it. */
  void addForReading(Test test) {
    if (test instanceof Test.Members set) {
      set.covered().forEach(forReading::addAll);
    }
  }

  /** How many groups of members the reading of facts does not depend on; they come last. */
  int spareGroups() {
    return attribute.type() == AttributeType.SET
        ? (int) memberGroups().stream().filter(this::isSpare).count()
        : 0;
  }

  private boolean isSpare(List<String> group) {
    return group.stream().noneMatch(forReading::contains);
  }

  /** Groups of members that every row treats alike. */
  List<List<String>> memberGroups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    Set<String> mentioned = new TreeSet<>();
    members.forEach(mentioned::addAll);
    for (String code : mentioned) {
      StringBuilder signature = new StringBuilder(everyCode ? code : "");
      members.forEach(member -> signature.append(member.contains(code) ? '1' : '0'));
      groups.computeIfAbsent(signature.toString(), any -> new ArrayList<>()).add(code);
    }
    return groups.values().stream().sorted(Comparator.comparing(this::isSpare)).toList();
  }

  private List<Cell> numbers() {
    TreeSet<BigDecimal> bounds = new TreeSet<>();
    for (Test test : tests.values()) {
      if (test instanceof Test.Between between) {
        between.low().ifPresent(bounds::add);
        between.high().ifPresent(bounds::add);
      }
    }
    for (Value value : assigned) {
      if (value instanceof Value.Amount amount) {
        bounds.add(amount.number());
      }
    }
    List<Cell.Numbers> pieces = new ArrayList<>();
    Optional<BigDecimal> below = Optional.empty();
    for (BigDecimal bound : bounds) {
      Optional<BigDecimal> at = Optional.of(bound);
      pieces.add(new Cell.Numbers(below, false, at, false));
      pieces.add(new Cell.Numbers(at, true, at, true));
      below = at;
    }
    pieces.add(new Cell.Numbers(below, false, Optional.empty(), false));
    List<Cell> joined = new ArrayList<>();
    Cell.Numbers open = pieces.get(0);
    for (Cell.Numbers next : pieces.subList(1, pieces.size())) {
      if (signature(open.sample().orElseThrow()).equals(signature(next.sample().orElseThrow()))) {
        open = new Cell.Numbers(open.low(), open.lowIncluded(), next.high(), next.highIncluded());
      } else {
        joined.add(open);
        open = next;
      }
    }
    joined.add(open);
    return joined;
  }

  /** The days on which something new begins to hold. */
  private TreeSet<LocalDate> dates() {
    TreeSet<LocalDate> starts = new TreeSet<>();
    for (Test test : tests.values()) {
      if (test instanceof Test.Within within) {
        within.first().ifPresent(starts::add);
        within.last().ifPresent(last -> starts.add(last.plusDays(1)));
      }
    }
    for (Value value : assigned) {
      if (value instanceof Value.Day day) {
        starts.add(day.date());
        starts.add(day.date().plusDays(1));
      }
    }
    return starts;
  }

  static List<Cell> days(TreeSet<LocalDate> starts) {
    List<Cell> days = new ArrayList<>();
    Optional<LocalDate> first = Optional.empty();
    for (LocalDate start : starts) {
      days.add(new Cell.Days(first, Optional.of(start.minusDays(1))));
      first = Optional.of(start);
    }
    days.add(new Cell.Days(first, Optional.empty()));
    return days;
  }
}
