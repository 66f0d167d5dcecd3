package dev.clearance.analysis;

import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Boxes and requests in the words of the vocabulary, close to what an author writes in a cell. */
final class Phrases {

  private static final String ANYTHING = "任何请求";
  private static final int LISTED = 8;

  private final Vocabulary vocabulary;

  Phrases(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** {@code 行为=复印，密级=秘密}. */
  String of(Facts facts) {
    List<String> parts = new ArrayList<>();
    for (Attribute attribute : facts.known()) {
      parts.add(attribute.label() + "=" + of(attribute, facts.get(attribute).orElseThrow()));
    }
    return parts.isEmpty() ? ANYTHING : String.join("，", parts);
  }

  private String of(Attribute attribute, Value value) {
    if (value instanceof Value.Code code) {
      return label(attribute, code.code());
    }
    if (value instanceof Value.Flag flag) {
      return flag.yes() ? "是" : "否";
    }
    if (value instanceof Value.Codes codes) {
      return codes.codes().isEmpty() ? "无" : labels(attribute, codes.codes());
    }
    return value.toString();
  }

  String label(Attribute attribute, String code) {
    if (attribute.source() == TermSource.APPROVER_LEVELS) {
      return vocabulary
          .approverLevels()
          .withCode(code)
          .map(ApproverLevel::label)
          .map(Object::toString)
          .orElse(code);
    }
    // A term may be new in the version whose words these are.
    Attribute own = vocabulary.attribute(attribute.path()).orElse(attribute);
    return (own.term(code).isPresent() ? own : attribute).labelOf(code).zh();
  }

  private String labels(Attribute attribute, Collection<String> codes) {
    List<String> labels = new ArrayList<>();
    for (String code : codes) {
      if (labels.size() == LISTED && codes.size() > LISTED + 1) {
        return String.join("、", labels) + " 等 " + codes.size() + " 项";
      }
      labels.add(label(attribute, code));
    }
    return String.join("、", labels);
  }

  /** {@code 行为 复印 且 密级 秘密及以上}; what every request of the whole satisfies is left out. */
  String of(Box box, Request among) {
    List<Circumstance> parts = circumstances(box, among);
    return parts.isEmpty()
        ? ANYTHING
        : parts.stream().map(Circumstance::words).collect(Collectors.joining(" 且 "));
  }

  List<Circumstance> circumstances(Box box) {
    return circumstances(box, Request.any());
  }

  private List<Circumstance> circumstances(Box box, Request among) {
    List<Circumstance> parts = new ArrayList<>();
    Set<Attribute> said = new LinkedHashSet<>();
    for (Axis axis : box.space().axes()) {
      BitSet cells = box.cells()[axis.index()];
      if (axis.kind() == Axis.Kind.DAY) {
        if (isNarrow(box, axis, among)) {
          String words = "日期 " + days(axis, cells);
          parts.add(new Circumstance(Circumstance.DAY, words, List.of(), List.of(), List.of()));
        }
      } else if (axis.kind() == Axis.Kind.FREE) {
        if (isNarrow(box, axis, among)) {
          boolean first = axis.index() == box.space().freeAxes().get(0);
          String words = (first ? "规则" : "改后规则") + (cells.get(1) ? "放行" : "不放行");
          parts.add(new Circumstance(Circumstance.RULES, words, List.of(), List.of(), List.of()));
        }
      } else if (said.add(axis.attribute().orElseThrow())) {
        Attribute attribute = axis.attribute().orElseThrow();
        if (attribute.type() == AttributeType.SET) {
          set(attribute, box, among).ifPresent(parts::add);
        } else if (isNarrow(box, axis, among)) {
          String words = attribute.label() + " " + cells(axis, cells);
          parts.add(
              new Circumstance(attribute.path(), words, codes(axis, cells), List.of(), List.of()));
        }
      }
    }
    return parts;
  }

  static boolean isNarrow(Box box, Axis axis, Request among) {
    for (int cell = 0; cell < axis.size(); cell++) {
      if (among.allows(axis.index(), cell) && !box.cells()[axis.index()].get(cell)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Circumstance> set(Attribute attribute, Box box, Request among) {
    List<String> has = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    List<List<String>> codesHad = new ArrayList<>();
    List<String> codesLacked = new ArrayList<>();
    String given = "";
    for (int index : box.space().axesOf(attribute)) {
      Axis axis = box.space().axis(index);
      if (!isNarrow(box, axis, among)) {
        continue;
      }
      boolean second = box.cells()[index].get(1);
      if (axis.kind() == Axis.Kind.SET_GIVEN) {
        given = second ? "已给出" : "未给出";
      } else {
        Cell.Member member = (Cell.Member) axis.cells().get(1);
        boolean one = member.codes().size() == 1;
        String text = labels(attribute, member.codes());
        (second ? has : lacks).add(one ? text : text + "之一");
        if (second) {
          codesHad.add(member.codes());
        } else {
          codesLacked.addAll(member.codes());
        }
      }
    }
    List<String> parts = new ArrayList<>();
    if (!has.isEmpty()) {
      parts.add("含 " + String.join("、", has));
    }
    if (!lacks.isEmpty()) {
      parts.add("无 " + String.join("、", lacks));
    }
    if (parts.isEmpty() && given.isEmpty()) {
      return Optional.empty();
    }
    String members = parts.isEmpty() ? given : String.join(" 且 ", parts);
    List<Integer> own = box.space().axesOf(attribute);
    boolean maybeNotGiven =
        box.space().axis(own.get(0)).kind() == Axis.Kind.SET_GIVEN
            && box.cells()[own.get(0)].get(0)
            && among.allows(own.get(0), 0);
    String words = maybeNotGiven && !parts.isEmpty() ? members + "（或未给出）" : members;
    return Optional.of(
        new Circumstance(
            attribute.path(), attribute.label() + " " + words, List.of(), codesHad, codesLacked));
  }

  private String cells(Axis axis, BitSet cells) {
    Attribute attribute = axis.attribute().orElseThrow();
    BitSet given = (BitSet) cells.clone();
    given.clear(0);
    boolean alsoNotGiven = cells.get(0);
    if (given.isEmpty()) {
      return "未给出";
    }
    if (given.cardinality() == axis.size() - 1) {
      return "已给出";
    }
    String text =
        switch (attribute.type()) {
          case NUMBER -> numbers(axis, given);
          case DATE -> days(axis, given);
          case BOOLEAN -> given.get(1) ? "是" : "否";
          case LEVEL -> levels(attribute, codes(axis, given));
          default -> terms(axis, given);
        };
    return alsoNotGiven ? text + "（或未给出）" : text;
  }

  /** The terms of some cells, whether or not most are among them. */
  String listed(Axis axis, BitSet cells) {
    Attribute attribute = axis.attribute().orElseThrow();
    return labels(attribute, broadest(attribute, codes(axis, cells)));
  }

  private static List<String> codes(Axis axis, BitSet cells) {
    List<String> codes = new ArrayList<>();
    cells.stream()
        .forEach(
            cell -> {
              if (axis.cells().get(cell) instanceof Cell.Codes own) {
                codes.addAll(own.codes());
              } else if (axis.cells().get(cell) instanceof Cell.Texts own) {
                codes.addAll(own.texts());
              }
            });
    return codes;
  }

  private String terms(Axis axis, BitSet given) {
    Attribute attribute = axis.attribute().orElseThrow();
    BitSet others = new BitSet();
    others.set(1, axis.size());
    others.andNot(given);
    List<String> in = codes(axis, given);
    List<String> out = codes(axis, others);
    boolean others1 =
        given.stream().anyMatch(cell -> axis.cells().get(cell) instanceof Cell.OtherText);
    String without = "非 " + labels(attribute, broadest(attribute, out));
    String with = labels(attribute, broadest(attribute, in));
    return others1 || with.length() > without.length() ? without : with;
  }

  /** A broader term stands for its narrower ones where all of them are meant. */
  private static List<String> broadest(Attribute attribute, List<String> codes) {
    Set<String> left = new LinkedHashSet<>(codes);
    for (String code : codes) {
      Set<String> covered = attribute.covered(code);
      if (covered.size() > 1 && codes.containsAll(covered)) {
        covered.stream().filter(narrower -> !narrower.equals(code)).forEach(left::remove);
      }
    }
    return List.copyOf(left);
  }

  private String levels(Attribute attribute, List<String> codes) {
    List<String> sorted =
        codes.stream().sorted((a, b) -> attribute.rank(a) - attribute.rank(b)).toList();
    String lowest = sorted.get(0);
    String highest = sorted.get(sorted.size() - 1);
    boolean run =
        sorted.size() > 1 && attribute.rank(highest) - attribute.rank(lowest) == sorted.size() - 1;
    if (!run) {
      return labels(attribute, sorted);
    }
    if (attribute.rank(highest) == attribute.terms().size() - 1) {
      return label(attribute, lowest) + "及以上";
    }
    return attribute.rank(lowest) == 0
        ? label(attribute, highest) + "及以下"
        : label(attribute, lowest) + "至" + label(attribute, highest);
  }

  private static String numbers(Axis axis, BitSet cells) {
    List<String> runs = new ArrayList<>();
    for (int from = cells.nextSetBit(0); from >= 0; ) {
      int end = cells.nextClearBit(from);
      Cell.Numbers first = (Cell.Numbers) axis.cells().get(from);
      Cell.Numbers last = (Cell.Numbers) axis.cells().get(end - 1);
      runs.add(interval(first, last));
      from = cells.nextSetBit(end);
    }
    return String.join(" 或 ", runs);
  }

  private static String interval(Cell.Numbers first, Cell.Numbers last) {
    Optional<BigDecimal> low = first.low();
    Optional<BigDecimal> high = last.high();
    if (low.isEmpty()) {
      return (last.highIncluded() ? "≤" : "<") + plain(high.orElseThrow());
    }
    if (high.isEmpty()) {
      return (first.lowIncluded() ? "≥" : ">") + plain(low.get());
    }
    if (low.get().compareTo(high.get()) == 0) {
      return plain(low.get());
    }
    return first.lowIncluded() && last.highIncluded()
        ? plain(low.get()) + ".." + plain(high.get())
        : (first.lowIncluded() ? "≥" : ">")
            + plain(low.get())
            + " 且 "
            + (last.highIncluded() ? "≤" : "<")
            + plain(high.get());
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }

  private static String days(Axis axis, BitSet cells) {
    List<String> runs = new ArrayList<>();
    for (int from = cells.nextSetBit(0); from >= 0; ) {
      int end = cells.nextClearBit(from);
      Optional<LocalDate> first = ((Cell.Days) axis.cells().get(from)).first();
      Optional<LocalDate> last = ((Cell.Days) axis.cells().get(end - 1)).last();
      if (first.isEmpty()) {
        runs.add("≤" + last.orElseThrow());
      } else if (last.isEmpty()) {
        runs.add("≥" + first.get());
      } else {
        runs.add(first.equals(last) ? first.get().toString() : first.get() + ".." + last.get());
      }
      from = cells.nextSetBit(end);
    }
    return String.join(" 或 ", runs);
  }
}
