package dev.clearance.analysis;

import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Test;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.SanctionType;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Random policies over a vocabulary so small that every request can be tried. */
final class SmallPolicies {

  static final LocalDate DAY = LocalDate.of(2026, 6, 1);

  static final Attribute ACTION =
      term(0, "action", "行为", term("copy"), term("photo", "copy"), term("send"));
  static final Attribute ROLE = term(1, "subject.role", "身份", term("staff"), term("guest"));
  static final Attribute LEVEL =
      new Attribute(
          2,
          "resource.classification",
          AttributeType.LEVEL,
          label("密级"),
          "",
          TermSource.OWN,
          List.of(term("public"), term("internal"), term("secret")));
  static final Attribute HOURS = attribute(3, "context.hours", AttributeType.NUMBER, "小时");
  static final Attribute NEEDED = attribute(4, "context.needed", AttributeType.BOOLEAN, "需要");
  static final Attribute SAFEGUARDS =
      new Attribute(
          5,
          "context.safeguards",
          AttributeType.SET,
          label("措施"),
          "",
          TermSource.OWN,
          List.of(term("lock"), term("safe", "lock"), term("log")));
  static final Attribute APPROVALS =
      new Attribute(
          6,
          "context.approvals",
          AttributeType.SET,
          label("批准"),
          "",
          TermSource.APPROVER_LEVELS,
          List.of(term("chief"), term("head"), term("bureau")));
  static final Attribute VIOLATED =
      new Attribute(
          7,
          "incident.violatedClauses",
          AttributeType.SET,
          label("违反的条款"),
          "",
          TermSource.CLAUSES,
          List.of());
  static final Attribute INTENT =
      term(8, "incident.intent", "主观", term("wilful"), term("careless"));
  static final Attribute MADE = attribute(9, "resource.made", AttributeType.DATE, "制成日");
  static final Attribute OWNER = attribute(10, "resource.owner", AttributeType.TEXT, "所有人");

  static final List<Attribute> ATTRIBUTES =
      List.of(
          ACTION, ROLE, LEVEL, HOURS, NEEDED, SAFEGUARDS, APPROVALS, VIOLATED, INTENT, MADE, OWNER);

  static final ApproverLevel CHIEF =
      new ApproverLevel("chief", label("主任"), OptionalInt.of(20), true);
  static final ApproverLevel HEAD =
      new ApproverLevel("head", label("科长"), OptionalInt.of(10), true);
  static final ApproverLevel BUREAU =
      new ApproverLevel("bureau", label("保密局"), OptionalInt.empty(), false);
  static final Obligation REGISTER = new Obligation("register", label("登记"));
  static final Obligation WITNESS = new Obligation("witness", label("见证"));
  static final SanctionType WARNING = new SanctionType("warning", label("警告"), false);
  static final SanctionType DISMISSAL = new SanctionType("dismissal", label("辞退"), false);

  static final Vocabulary VOCABULARY =
      new Vocabulary(
          ATTRIBUTES,
          List.of(CHIEF, HEAD, BUREAU),
          List.of(REGISTER, WITNESS),
          List.of(WARNING, DISMISSAL));

  private static final List<String> CODES = List.of("1", "2", "3", "4", "5");

  private static final int REQUESTS = 800;

  private final Random random;
  private List<Attribute> used = List.of();
  private SmallFreedom freedom = SmallFreedom.PUBLIC;

  SmallPolicies(Random random) {
    this.random = random;
  }

  static Label label(String zh) {
    return new Label(zh, zh);
  }

  static Term term(String code) {
    return new Term(code, label(code), List.of(), Optional.empty());
  }

  private static Term term(String code, String broader) {
    return new Term(code, label(code), List.of(), Optional.of(broader));
  }

  private static Attribute term(int index, String path, String zh, Term... terms) {
    return new Attribute(
        index, path, AttributeType.TERM, label(zh), "", TermSource.OWN, List.of(terms));
  }

  private static Attribute attribute(int index, String path, AttributeType type, String zh) {
    return new Attribute(index, path, type, label(zh), "", TermSource.OWN, List.of());
  }

  static Clause clause(String code) {
    return new Clause("p/" + code, code, "第" + code + "条", "", label(code), "高", "", List.of());
  }

  static Policy policy(List<Row> rows) {
    List<Row> numbered = new ArrayList<>();
    rows.forEach(row -> numbered.add(at(row, numbered.size())));
    return new Policy(
        "p",
        label("制度"),
        "",
        "",
        "",
        "",
        InForce.ALWAYS,
        VOCABULARY,
        CODES.stream().map(SmallPolicies::clause).toList(),
        numbered,
        List.of());
  }

  static Row row(String clause, Effect effect, Condition... when) {
    return new Row(
        0,
        clause(clause),
        Place.of("p.xlsx"),
        List.of(when),
        effect,
        List.of(),
        List.of(),
        label(""),
        InForce.ALWAYS,
        "");
  }

  private static Row at(Row row, int index) {
    String sheet =
        row.effect() instanceof Effect.Punish
            ? "处分"
            : row.effect() instanceof Effect.Classify
                ? "定密"
                : row.effect() instanceof Effect.Define ? "释义" : "许可";
    return new Row(
        index,
        row.clause(),
        Place.of("p.xlsx").inSheet(sheet).atRow(index + 2),
        row.when(),
        row.effect(),
        row.obligations(),
        row.overrides(),
        row.summary(),
        row.inForce(),
        row.acknowledged());
  }

  /** A policy whose rows ask for a few attributes only. */
  Policy next() {
    freedom = pick(SmallFreedom.ALL);
    List<Attribute> others = new ArrayList<>(ATTRIBUTES);
    others.removeAll(List.of(ACTION, VIOLATED));
    java.util.Collections.shuffle(others, random);
    if (random.nextInt(3) == 0) {
      others.add(0, VIOLATED);
    }
    if (random.nextBoolean()) {
      others.remove(APPROVALS);
      others.add(0, APPROVALS);
    }
    used = new ArrayList<>(List.of(ACTION));
    int requests = 4;
    for (Attribute attribute : others) {
      requests *= values(attribute).size() + 1;
      if (requests > REQUESTS) {
        break;
      }
      used.add(attribute);
    }
    List<Row> rows = new ArrayList<>();
    int size = 2 + random.nextInt(7);
    for (int i = 0; i < size; i++) {
      rows.add(row());
    }
    return policy(rows);
  }

  /** What is free beside the rows; drawn anew with each policy. */
  SmallFreedom freedom() {
    return freedom;
  }

  /** Another version: some rows removed, changed, added or moved. */
  Policy changed(Policy policy) {
    List<Row> rows = new ArrayList<>(policy.rows());
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      switch (rows.isEmpty() ? 0 : random.nextInt(4)) {
        case 0 -> rows.add(random.nextInt(rows.size() + 1), row());
        case 1 -> rows.remove(random.nextInt(rows.size()));
        case 2 -> rows.set(random.nextInt(rows.size()), row());
        default ->
            java.util.Collections.swap(
                rows, random.nextInt(rows.size()), random.nextInt(rows.size()));
      }
    }
    return policy(rows);
  }

  /** Every request over the attributes that the last policy used. */
  List<Facts> requests() {
    List<Facts> requests = new ArrayList<>(List.of(Facts.none(VOCABULARY)));
    for (Attribute attribute : used) {
      List<Facts> more = new ArrayList<>(requests);
      for (Facts facts : requests) {
        values(attribute).forEach(value -> more.add(facts.with(attribute, value)));
      }
      requests = more;
    }
    return requests;
  }

  private static List<Value> values(Attribute attribute) {
    List<Value> values = new ArrayList<>();
    switch (attribute.type()) {
      case TERM, LEVEL -> attribute.terms().forEach(t -> values.add(new Value.Code(t.code())));
      case NUMBER -> {
        for (String number : List.of("-1", "0", "0.5", "1", "1.5", "2", "3")) {
          values.add(new Value.Amount(new BigDecimal(number)));
        }
      }
      case BOOLEAN -> {
        values.add(new Value.Flag(true));
        values.add(new Value.Flag(false));
      }
      case DATE -> {
        // One day before and one behind all that rows mention.
        for (int day = 0; day <= 6; day++) {
          values.add(new Value.Day(LocalDate.of(2025, 12, 31).plusDays(day)));
        }
      }
      case TEXT -> List.of("w", "x", "y", "z").forEach(text -> values.add(new Value.Text(text)));
      case SET -> {
        List<String> members = members(attribute);
        for (int subset = 0; subset < 1 << members.size(); subset++) {
          Set<String> codes = new LinkedHashSet<>();
          for (int i = 0; i < members.size(); i++) {
            if ((subset >> i & 1) == 1) {
              codes.add(members.get(i));
            }
          }
          values.add(Value.Codes.of(codes));
        }
      }
    }
    return values;
  }

  private static List<String> members(Attribute attribute) {
    return attribute.source() == TermSource.CLAUSES
        ? List.of("p/1", "p/2", "p/5")
        : attribute.terms().stream().map(Term::code).toList();
  }

  private Row row() {
    Effect effect = effect();
    List<Condition> when = new ArrayList<>();
    Map<Attribute, Boolean> taken = new LinkedHashMap<>();
    int conditions = 1 + random.nextInt(3);
    for (int i = 0; i < conditions; i++) {
      Attribute attribute = pick(used);
      if (taken.put(attribute, true) == null) {
        when.add(condition(attribute));
      }
    }
    boolean norm = !(effect instanceof Effect.Punish);
    if (!norm && used.contains(VIOLATED) && taken.put(VIOLATED, true) == null) {
      when.add(condition(VIOLATED));
    }
    List<Obligation> obligations =
        norm && random.nextInt(3) == 0 ? List.of(pick(List.of(REGISTER, WITNESS))) : List.of();
    List<String> overrides = random.nextInt(4) == 0 ? List.of(pick(CODES)) : List.of();
    InForce inForce =
        switch (random.nextInt(12)) {
          case 0 -> new InForce(Optional.of(DAY), Optional.empty());
          case 1 -> new InForce(Optional.empty(), Optional.of(DAY));
          default -> InForce.ALWAYS;
        };
    return new Row(
        0,
        clause(pick(CODES)),
        Place.of("p.xlsx"),
        when,
        effect,
        obligations,
        overrides,
        label(""),
        inForce,
        "");
  }

  private Effect effect() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> new Effect.Prohibit();
      case 2, 3 -> new Effect.Allow();
      // Without approvals among the requests no request would hold one.
      case 4, 5 ->
          used.contains(APPROVALS) ? new Effect.Approve(requirement()) : new Effect.Prohibit();
      case 6, 7 -> {
        List<List<Condition>> breaches = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          breaches.add(List.of(condition(pick(used))));
        }
        yield new Effect.Duty(breaches);
      }
      case 8 -> new Effect.Classify(pick(List.of("internal", "secret")), Optional.empty());
      case 9 -> new Effect.Define(List.of(assignment()));
      default ->
          new Effect.Punish(
              new Sanction(
                  pick(List.of(WARNING, DISMISSAL)),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  false,
                  ""));
    };
  }

  private ApproverRequirement requirement() {
    return switch (random.nextInt(5)) {
      case 0 -> new ApproverRequirement(true, List.of(HEAD, CHIEF), "");
      case 1 -> new ApproverRequirement(false, List.of(CHIEF, BUREAU), "");
      case 2 -> new ApproverRequirement(false, List.of(BUREAU), "");
      case 3 -> new ApproverRequirement(false, List.of(CHIEF), "");
      default -> new ApproverRequirement(false, List.of(HEAD), "");
    };
  }

  private Assignment assignment() {
    if (used.contains(LEVEL) && random.nextBoolean()) {
      return new Assignment.AtLeast(LEVEL, pick(List.of("internal", "secret")));
    }
    Attribute attribute = pick(used.stream().filter(a -> a != VIOLATED && a != APPROVALS).toList());
    return new Assignment.Becomes(attribute, pick(assignable(attribute)));
  }

  /** Requests have values on both sides of these, and others besides. */
  private static List<Value> assignable(Attribute attribute) {
    return switch (attribute.type()) {
      case NUMBER -> List.of(Value.Amount.of(1), Value.Amount.of(2));
      case DATE -> List.of(new Value.Day(LocalDate.of(2026, 1, 3)));
      case TEXT -> List.of(new Value.Text("x"), new Value.Text("z"));
      default -> values(attribute);
    };
  }

  private Condition condition(Attribute attribute) {
    return new Condition(attribute, test(attribute));
  }

  private Test test(Attribute attribute) {
    return switch (attribute.type()) {
      case TERM -> {
        List<String> listed = some(members(attribute));
        yield random.nextInt(4) == 0
            ? new Test.NoneOf(listed, covered(attribute, listed))
            : new Test.AnyOf(listed, covered(attribute, listed));
      }
      case LEVEL -> {
        List<String> listed = some(members(attribute));
        yield new Test.AnyOf(listed, Set.copyOf(listed));
      }
      case TEXT -> {
        List<String> listed = some(List.of("x", "y"));
        yield random.nextBoolean()
            ? new Test.AnyOf(listed, Set.copyOf(listed))
            : new Test.NoneOf(listed, Set.copyOf(listed));
      }
      case BOOLEAN -> new Test.Is(random.nextBoolean());
      case NUMBER -> {
        BigDecimal low = BigDecimal.valueOf(random.nextInt(3));
        boolean bounded = random.nextBoolean();
        yield switch (random.nextInt(3)) {
          case 0 -> new Test.Between(Optional.of(low), bounded, Optional.empty(), false);
          case 1 -> new Test.Between(Optional.empty(), false, Optional.of(low), bounded);
          default -> new Test.Between(Optional.of(low), true, Optional.of(low), true);
        };
      }
      case DATE -> {
        LocalDate day = LocalDate.of(2026, 1, 1 + random.nextInt(5));
        yield random.nextBoolean()
            ? new Test.Within(Optional.of(day), Optional.empty())
            : new Test.Within(Optional.empty(), Optional.of(day));
      }
      case SET -> {
        List<String> listed = some(members(attribute));
        List<Set<String>> covered = new ArrayList<>();
        listed.forEach(code -> covered.add(attribute.covered(code)));
        List<String> named =
            listed.stream().map(code -> code.startsWith("p/") ? code.substring(2) : code).toList();
        yield new Test.Members(pick(List.of(Test.Membership.values())), named, covered);
      }
    };
  }

  private static Set<String> covered(Attribute attribute, List<String> listed) {
    Set<String> covered = new LinkedHashSet<>();
    listed.forEach(code -> covered.addAll(attribute.covered(code)));
    return covered;
  }

  private List<String> some(List<String> from) {
    Set<String> some = new LinkedHashSet<>();
    some.add(pick(from));
    if (random.nextInt(3) == 0) {
      some.add(pick(from));
    }
    return List.copyOf(some);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
