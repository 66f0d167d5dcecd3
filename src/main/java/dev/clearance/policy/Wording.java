package dev.clearance.policy;

import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Names;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says in Chinese what typed conditions and effects mean, as a cell of a workbook would. What is
 * written for a condition reads back as the same condition.
 */
public final class Wording {

  private static final String SEPARATOR = "、";

  private Wording() {}

  /** {@code 密级 秘密及以上}. */
  public static String of(Condition condition) {
    return condition.attribute().label().zh() + " " + of(condition.attribute(), condition.test());
  }

  /** {@code 行为 复制、复印 且 密级 秘密及以上}. */
  public static String ofAll(List<Condition> conditions) {
    List<String> texts = new ArrayList<>();
    conditions.forEach(condition -> texts.add(of(condition)));
    return String.join(" 且 ", texts);
  }

  /** What the cell of the attribute's column says: {@code 秘密及以上}, {@code 含 甲、乙}, {@code >24}. */
  public static String of(Attribute attribute, Test test) {
    if (test instanceof Test.AnyOf any) {
      return among(attribute, any.listed());
    }
    if (test instanceof Test.NoneOf none) {
      return "非 " + among(attribute, none.listed());
    }
    if (test instanceof Test.Members members) {
      return of(members.membership()) + " " + list(attribute, members.listed());
    }
    if (test instanceof Test.Between between) {
      return of(between);
    }
    if (test instanceof Test.Is is) {
      return flag(is.yes());
    }
    return of((Test.Within) test);
  }

  private static String of(Test.Membership membership) {
    return switch (membership) {
      case HAS_ALL -> "含";
      case HAS_ANY -> "含任一";
      case LACKS_ANY -> "缺";
      case LACKS_ALL -> "无";
    };
  }

  private static String flag(boolean yes) {
    return yes ? "是" : "否";
  }

  private static String among(Attribute attribute, List<String> codes) {
    return attribute.type() == AttributeType.LEVEL
        ? levels(attribute, codes)
        : list(attribute, codes);
  }

  /** Levels without a gap read as a range. */
  private static String levels(Attribute attribute, List<String> codes) {
    int first = attribute.rank(codes.get(0));
    int last = attribute.rank(codes.get(codes.size() - 1));
    boolean unbroken = codes.size() > 1 && last - first + 1 == codes.size();
    for (int i = 0; i < codes.size() && unbroken; i++) {
      unbroken = attribute.rank(codes.get(i)) == first + i;
    }
    String lowest = attribute.labelOf(codes.get(0)).zh();
    String highest = attribute.labelOf(codes.get(codes.size() - 1)).zh();
    if (unbroken && last == attribute.terms().size() - 1) {
      return lowest + "及以上";
    }
    if (unbroken && first == 0) {
      return highest + "及以下";
    }
    return unbroken && codes.size() > 2 ? lowest + "至" + highest : list(attribute, codes);
  }

  /** Codes stand in where labels that hold a separator themselves would run into each other. */
  private static String list(Attribute attribute, List<String> codes) {
    List<String> labels = new ArrayList<>();
    codes.forEach(code -> labels.add(attribute.labelOf(code).zh()));
    boolean ambiguous = attribute.source() != TermSource.CLAUSES && runTogether(attribute, labels);
    return String.join(SEPARATOR, ambiguous ? codes : labels);
  }

  private static boolean runTogether(Attribute attribute, List<String> labels) {
    Set<String> withSeparator = new LinkedHashSet<>();
    for (String name : attribute.names().keySet()) {
      if (name.contains(SEPARATOR) || name.contains(",")) {
        withSeparator.add(name);
      }
    }
    if (withSeparator.isEmpty()) {
      return false;
    }
    String rest = Names.normal(String.join(SEPARATOR, labels));
    for (String label : labels) {
      int length = Names.normal(label).length();
      for (String name : withSeparator) {
        if (name.length() > length && rest.startsWith(name)) {
          return true;
        }
      }
      rest = rest.length() > length ? rest.substring(length + SEPARATOR.length()) : "";
    }
    return false;
  }

  private static String of(Test.Between between) {
    Optional<BigDecimal> low = between.low();
    Optional<BigDecimal> high = between.high();
    if (low.isPresent() && high.isPresent()) {
      String range = plain(low.get()) + ".." + plain(high.get());
      return low.get().compareTo(high.get()) == 0 ? plain(low.get()) : range;
    }
    if (low.isPresent()) {
      return (between.lowIncluded() ? "≥" : ">") + plain(low.get());
    }
    return (between.highIncluded() ? "≤" : "<") + high.map(Wording::plain).orElse("");
  }

  private static String plain(BigDecimal number) {
    return new Value.Amount(number).toString();
  }

  private static String of(Test.Within within) {
    Optional<LocalDate> first = within.first();
    Optional<LocalDate> last = within.last();
    if (first.isPresent() && last.isPresent()) {
      return first.equals(last) ? first.get().toString() : first.get() + ".." + last.get();
    }
    return first.map(day -> "≥" + day).orElseGet(() -> "≤" + last.map(String::valueOf).orElse(""));
  }

  /** What a cell that gives a fact says: a label, 是, a number; 无 for an empty set. */
  public static String of(Attribute attribute, Value value) {
    if (value instanceof Value.Code code) {
      return attribute.labelOf(code.code()).zh();
    }
    if (value instanceof Value.Codes codes) {
      return codes.codes().isEmpty() ? "无" : list(attribute, List.copyOf(codes.codes()));
    }
    return value instanceof Value.Flag flag ? flag(flag.yes()) : value.toString();
  }

  /** {@code 分管领导 或 原发文单位}. */
  public static String of(ApproverRequirement approver) {
    List<String> labels = new ArrayList<>();
    for (ApproverLevel level : approver.levels()) {
      labels.add(level.label().zh());
    }
    return String.join(approver.all() ? " 且 " : " 或 ", labels);
  }

  /** {@code 密级 不低于 秘密}. */
  public static String of(Assignment assignment) {
    Attribute attribute = assignment.attribute();
    String label = attribute.label().zh();
    if (assignment instanceof Assignment.AtLeast atLeast) {
      return label + " 不低于 " + attribute.labelOf(atLeast.level()).zh();
    }
    return label + " 为 " + of(attribute, ((Assignment.Becomes) assignment).value());
  }

  /** {@code 0.1 × 合同总价款 + 10 × 行贿金额}. */
  public static String of(Formula formula) {
    return of(formula, 0);
  }

  private static String of(Formula formula, int bindsAtLeast) {
    if (formula instanceof Formula.Constant constant) {
      return plain(constant.number());
    }
    if (formula instanceof Formula.Reference reference) {
      return reference.attribute().label().zh();
    }
    Formula.Operation operation = (Formula.Operation) formula;
    int binds =
        switch (operation.operator()) {
          case PLUS, MINUS -> 1;
          case TIMES, DIVIDED_BY -> 2;
        };
    String sign =
        switch (operation.operator()) {
          case PLUS -> " + ";
          case MINUS -> " - ";
          case TIMES -> " × ";
          case DIVIDED_BY -> " ÷ ";
        };
    String text = of(operation.left(), binds) + sign + of(operation.right(), binds + 1);
    return binds < bindsAtLeast ? "(" + text + ")" : text;
  }

  /** {@code 扣发工资 10..500 CNY, 裁量}. */
  public static String of(Sanction sanction) {
    StringBuilder text = new StringBuilder(sanction.type().label().zh());
    String amount = amount(sanction.min(), sanction.max());
    text.append(amount.isEmpty() ? "" : " " + amount);
    sanction.formula().ifPresent(formula -> text.append(" = ").append(of(formula)));
    sanction.currency().ifPresent(currency -> text.append(' ').append(currency));
    text.append(sanction.discretionary() ? ",裁量" : "");
    return text.toString();
  }

  private static String amount(Optional<BigDecimal> min, Optional<BigDecimal> max) {
    if (min.isEmpty() && max.isEmpty()) {
      return "";
    }
    return of(new Test.Between(min, true, max, true));
  }

  /** The conclusion with what belongs to it: {@code 须审批 分管领导}, {@code 定为 机密}. */
  public static String of(Effect effect, Attribute classification) {
    return effect instanceof Effect.Classify classify
        ? "定为 " + of(classification, new Value.Code(classify.level()))
        : of(effect);
  }

  /** As {@link #of(Effect, Attribute)}, with a level named by its code. */
  public static String of(Effect effect) {
    if (effect instanceof Effect.Approve approve) {
      return "须审批 " + of(approve.approver());
    }
    if (effect instanceof Effect.Duty duty) {
      List<String> breaches = new ArrayList<>();
      duty.breaches().forEach(breach -> breaches.add(ofAll(breach)));
      return breaches.isEmpty() ? "义务" : "义务 违反情形 " + String.join(";", breaches);
    }
    if (effect instanceof Effect.Define define) {
      List<String> texts = new ArrayList<>();
      define.assignments().forEach(assignment -> texts.add(of(assignment)));
      return "视为 " + String.join(";", texts);
    }
    if (effect instanceof Effect.Classify classify) {
      return "定为 " + classify.level();
    }
    if (effect instanceof Effect.Punish punish) {
      return of(punish.sanction());
    }
    return effect instanceof Effect.Prohibit ? "禁止" : "允许";
  }
}
