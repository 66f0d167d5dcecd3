package dev.clearance.bench;

import dev.clearance.analysis.Analysis;
import dev.clearance.analysis.Difference;
import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.decision.Freedom;
import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.Vocabulary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Times the check and the difference on large policies; in processor time of the asking thread. */
public final class AnalysisBenchmark {

  private static final List<String> PATHS =
      List.of(
          "resource.type",
          "resource.classification",
          "resource.category",
          "subject.role",
          "context.channel",
          "context.recipient",
          "context.purpose",
          "context.location",
          "context.necessary",
          "subject.needToKnow",
          "resource.origin",
          "context.deviceAuthorised");

  private final Vocabulary vocabulary = ShippedPolicies.release().vocabulary();
  private static final Freedom FREEDOM = ShippedPolicies.release().freedom();

  private final Random random;

  private AnalysisBenchmark(long seed) {
    this.random = new Random(seed);
  }

  /** Takes the numbers of rows. */
  public static void main(String[] sizes) {
    for (String size : sizes) {
      new AnalysisBenchmark(7).run(Integer.parseInt(size));
    }
  }

  private void run(int size) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(row(i));
    }
    Policy policy = policy(rows);
    for (int round = 0; round < 2; round++) {
      long start = cpu();
      List<Finding> findings = Analysis.of(policy, FREEDOM);
      Map<Check, Integer> kinds = new EnumMap<>(Check.class);
      findings.forEach(finding -> kinds.merge(finding.check(), 1, Integer::sum));
      System.out.println(size + " rows: check " + millis(start) + " ms, " + kinds);
      for (int changes : List.of(1, size / 100, size / 10)) {
        List<Row> other = new ArrayList<>(rows);
        for (int i = 0; i < changes; i++) {
          other.set(random.nextInt(size), row(random.nextInt(size)));
        }
        start = cpu();
        Difference difference = Difference.between(policy, policy(other), FREEDOM);
        System.out.println(
            size
                + " rows, "
                + changes
                + " changed: difference "
                + millis(start)
                + " ms, "
                + difference.answers().size()
                + " kinds of change, "
                + difference.unexamined().size()
                + " acts not examined, heap "
                + heap()
                + " MiB");
      }
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long millis(long start) {
    return (cpu() - start) / 1_000_000;
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() >> 20;
  }

  private Policy policy(List<Row> rows) {
    List<Row> numbered = new ArrayList<>();
    for (Row row : rows) {
      int index = numbered.size();
      numbered.add(
          new Row(
              index,
              row.clause(),
              Place.of("large.xlsx").inSheet("许可").atRow(index + 2),
              row.when(),
              row.effect(),
              row.obligations(),
              row.overrides(),
              row.summary(),
              InForce.ALWAYS,
              ""));
    }
    return new Policy(
        "large",
        new Label("大", "large"),
        "",
        "",
        "",
        "",
        InForce.ALWAYS,
        vocabulary,
        List.of(),
        numbered,
        List.of());
  }

  private Row row(int number) {
    List<Condition> when = new ArrayList<>();
    Attribute action = vocabulary.attribute(Vocabulary.ACTION).orElseThrow();
    when.add(condition(action));
    Map<Attribute, Boolean> taken = new LinkedHashMap<>();
    int more = 2 + random.nextInt(4);
    while (taken.size() < more) {
      Attribute attribute = vocabulary.attribute(pick(PATHS)).orElseThrow();
      if (taken.put(attribute, true) == null) {
        when.add(condition(attribute));
      }
    }
    List<Obligation> obligations =
        random.nextInt(3) == 0
            ? List.of(pick(List.copyOf(vocabulary.obligations().all())))
            : List.of();
    return new Row(
        0,
        new Clause(
            "large/" + number,
            "" + number,
            "第" + number + "条",
            "",
            new Label("", ""),
            "",
            "",
            List.of()),
        Place.of("large.xlsx"),
        when,
        effect(),
        obligations,
        List.of(),
        new Label("", ""),
        InForce.ALWAYS,
        "");
  }

  private Effect effect() {
    return switch (random.nextInt(4)) {
      case 0 -> new Effect.Prohibit();
      case 1 -> new Effect.Allow();
      case 2 -> {
        List<ApproverLevel> levels = List.copyOf(vocabulary.approverLevels().all());
        yield new Effect.Approve(new ApproverRequirement(false, List.of(pick(levels)), ""));
      }
      default -> new Effect.Duty(List.of());
    };
  }

  private Condition condition(Attribute attribute) {
    if (attribute.type() == AttributeType.BOOLEAN) {
      return new Condition(attribute, new dev.clearance.policy.Test.Is(random.nextBoolean()));
    }
    List<String> codes = attribute.terms().stream().map(Term::code).toList();
    List<String> listed = List.of(pick(codes));
    Set<String> covered = new LinkedHashSet<>(attribute.covered(listed.get(0)));
    return new Condition(attribute, new dev.clearance.policy.Test.AnyOf(listed, covered));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
