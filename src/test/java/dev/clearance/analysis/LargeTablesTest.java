package dev.clearance.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.conformance.ShippedPolicies;
import dev.clearance.decision.Freedom;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test.Between;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables that nobody would write, unless to keep the service busy. */
class LargeTablesTest {

  private static final Vocabulary VOCABULARY = ShippedPolicies.release().vocabulary();
  private static final Freedom FREEDOM = ShippedPolicies.release().freedom();

  private final Random random = new Random(7);

  @Test
  void whatTakesTooMuchTimeOrMemoryIsSaidToBeUnexamined() {
    List<Attribute> numbers =
        VOCABULARY.attributes().stream()
            .filter(attribute -> attribute.type() == AttributeType.NUMBER)
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      List<Condition> when = new ArrayList<>();
      for (Attribute number : numbers) {
        when.add(new Condition(number, atLeast(random.nextInt(1_000_000))));
      }
      rows.add(row(i, when, i % 2 == 0 ? new Effect.Allow() : new Effect.Prohibit()));
    }
    List<Finding> findings = Analysis.of(policy(rows), FREEDOM);
    assertThat(unexamined(findings))
        .containsExactly(
            "large.xlsx!许可!2: warning shadowed-row: the rows tell apart too much: for this one (0)"
                + " and 999 more it was not examined whether it decides anything (name the act in"
                + " more rows, and ask for fewer different values)",
            "large.xlsx!许可!141: warning conflict: the rows tell apart too much: for this one (139)"
                + " and 860 more it was not examined whether another row says otherwise (name the"
                + " act in more rows, and ask for fewer different values)");
    List<Row> some = rows.subList(0, 300);
    List<Row> changed = new ArrayList<>(some);
    changed.set(7, row(7, rows.get(8).when(), new Effect.Allow()));
    Difference difference = Difference.between(policy(some), policy(changed), FREEDOM);
    assertThat(difference.rows()).hasSize(1);
    assertThat(difference.unexamined()).containsExactly("未给出");
    assertThat(difference.isSilent()).isFalse();
  }

  private static List<String> unexamined(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.message().contains("it was not examined"))
        .map(Finding::toString)
        .toList();
  }

  private static Between atLeast(int number) {
    return new Between(Optional.of(BigDecimal.valueOf(number)), true, Optional.empty(), true);
  }

  private static Row row(int number, List<Condition> when, Effect effect) {
    return new Row(
        number,
        new Clause(
            "large/" + number,
            "" + number,
            "第" + number + "条",
            "",
            new Label("", ""),
            "",
            "",
            List.of()),
        Place.of("large.xlsx").inSheet("许可").atRow(number + 2),
        when,
        effect,
        List.of(),
        List.of(),
        new Label("", ""),
        InForce.ALWAYS,
        "");
  }

  private static Policy policy(List<Row> rows) {
    return new Policy(
        "large",
        new Label("大", "large"),
        "",
        "",
        "",
        "",
        InForce.ALWAYS,
        VOCABULARY,
        List.of(),
        rows,
        List.of());
  }
}
