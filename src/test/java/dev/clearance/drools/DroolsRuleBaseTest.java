package dev.clearance.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.decision.Derivation;
import dev.clearance.decision.Matches;
import dev.clearance.decision.RuleBase;
import dev.clearance.policy.Assignment;
import dev.clearance.policy.Clause;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test.AnyOf;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Term;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy made by hand, small enough to follow by eye. */
class DroolsRuleBaseTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private final Attribute action = attribute(0, "action", AttributeType.TERM, "copy", "read");
  private final Attribute level =
      attribute(
          1, Vocabulary.CLASSIFICATION, AttributeType.LEVEL, "public", "internal", "secret", "top");
  private final Attribute category =
      attribute(2, "resource.category", AttributeType.TERM, "finance", "plan");
  private final Attribute kind =
      attribute(3, "resource.type", AttributeType.TERM, "original", "copy", "archive");
  private final Attribute owner = attribute(4, "subject.id", AttributeType.TEXT);
  private final Vocabulary vocabulary =
      new Vocabulary(
          List.of(action, level, category, kind, owner), List.of(), List.of(), List.of());

  private final List<Row> rows = new ArrayList<>();

  @Test
  void theHighestLevelThatFollowsFromTheCategoryIsAFloor() throws IOException {
    Row low =
        row(List.of(is(category, "finance")), new Effect.Classify("internal", Optional.empty()));
    Row high =
        row(List.of(is(category, "finance")), new Effect.Classify("secret", Optional.empty()));
    Row deny = row(List.of(is(level, "secret", "top")), new Effect.Prohibit());
    RuleBase rules = compile();

    Matches raised = rules.match(facts(Map.of(category, "finance", level, "public")), TODAY);
    assertThat(raised.derivations())
        .containsExactly(
            new Derivation(
                level, new Value.Code("secret"), Optional.of(new Value.Code("public")), high));
    assertThat(raised.rows()).containsExactly(low, high, deny);

    Matches kept = rules.match(facts(Map.of(category, "finance", level, "top")), TODAY);
    assertThat(kept.derivations()).isEmpty();
    assertThat(kept.facts().get(level)).contains(new Value.Code("top"));
    assertThat(kept.rows()).containsExactly(low, high, deny);
  }

  @Test
  void definitionsApplyInTheOrderOfTheSheetAgainAndAgainEachAtMostOnce() throws IOException {
    Row third = row(List.of(is(kind, "archive")), becomes(category, "plan"));
    Row first = row(List.of(is(kind, "copy")), becomes(kind, "original"));
    Row second = row(List.of(is(kind, "original")), becomes(kind, "archive"));
    Row after = row(List.of(is(category, "plan")), new Effect.Allow());
    RuleBase rules = compile();

    Matches matches = rules.match(facts(Map.of(kind, "copy")), TODAY);

    assertThat(matches.derivations())
        .extracting(Derivation::row)
        .containsExactly(first, second, third);
    assertThat(matches.rows()).containsExactly(third, first, second, after);
    assertThat(matches.facts()).isEqualTo(facts(Map.of(kind, "archive", category, "plan")));
  }

  @Test
  void publicInformationIsFree() throws IOException {
    RuleBase rules = compile();

    assertThat(rules.match(facts(Map.of(level, "public")), TODAY).free()).isTrue();
    assertThat(rules.match(facts(Map.of(level, "internal")), TODAY).free()).isFalse();
    assertThat(rules.match(facts(Map.of()), TODAY).free()).isFalse();
  }

  @Test
  void aRowWithSeveralAlternativesIsFoundOnce() throws IOException {
    Row row = row(List.of(is(action, "copy", "read"), is(kind, "original")), new Effect.Allow());
    RuleBase rules = compile();

    Matches matches = rules.match(facts(Map.of(action, "read", kind, "original")), TODAY);

    assertThat(matches.rows()).containsExactly(row);
    assertThat(rules.match(facts(Map.of(action, "read")), TODAY).rows()).isEmpty();
  }

  @Test
  void ofManyRowsOfAnActThoseAreFoundWhoseOtherCodesAreAsked() throws IOException {
    Row copies = row(List.of(is(action, "copy")), new Effect.Allow());
    Row original = row(List.of(is(action, "copy"), is(kind, "original")), new Effect.Allow());
    row(List.of(is(action, "copy"), is(kind, "draft")), new Effect.Allow());
    row(List.of(is(action, "copy"), is(kind, "plan")), new Effect.Allow());
    row(List.of(is(action, "read"), is(kind, "original")), new Effect.Allow());
    Row either = row(List.of(is(action, "copy"), is(kind, "original", "plan")), new Effect.Allow());
    RuleBase rules = compile();

    assertThat(rules.match(facts(Map.of(action, "copy", kind, "original")), TODAY).rows())
        .containsExactly(copies, original, either);
    assertThat(rules.match(facts(Map.of(action, "copy")), TODAY).rows()).containsExactly(copies);
    assertThat(rules.match(facts(Map.of(kind, "original")), TODAY).rows()).isEmpty();
  }

  @Test
  void aRowThatAsksForTextAloneIsFound() throws IOException {
    Row row = row(List.of(is(owner, "alice", "bob")), new Effect.Prohibit());
    RuleBase rules = compile();

    Facts bob = Facts.none(vocabulary).with(owner, new Value.Text("bob"));
    assertThat(rules.match(bob, TODAY).rows()).containsExactly(row);
    Facts carol = Facts.none(vocabulary).with(owner, new Value.Text("carol"));
    assertThat(rules.match(carol, TODAY).rows()).isEmpty();
  }

  /** Whether or not a rule can do without a session, it says the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$act : Act( code(\"resource.category\") == \"plan\" )",
        "$act : Act( code(\"resource.category\") == \"plan\" ) not Level()",
        "$act : Act() exists Act( code(\"resource.category\") == \"plan\" )",
        "$act : Act() Situation( this == $act, code(\"resource.category\") == \"plan\" )",
      })
  void sharedRulesHoldHoweverTheyAskForTheAct(String conditions) throws IOException {
    Row first = row(List.of(is(action, "copy")), new Effect.Allow());
    RuleBase rules = compile(rule(conditions, "$act.isFree();"));

    Matches plan = rules.match(facts(Map.of(action, "copy", category, "plan")), TODAY);
    assertThat(plan.free()).isTrue();
    assertThat(plan.rows()).containsExactly(first);
    Matches finance = rules.match(facts(Map.of(action, "copy", category, "finance")), TODAY);
    assertThat(finance.free()).isFalse();
    assertThat(finance.rows()).containsExactly(first);
  }

  @Test
  void sharedRulesMayReadARequestThatNoRowReadsOtherwise() throws IOException {
    Row archive = row(List.of(is(kind, "archive")), becomes(category, "plan"));
    String reading = "$it : Wording( code(\"subject.id\") == null ) not Definition()";
    RuleBase rules = compile(rule(reading, "insert( new Boolean(true) );") + FREE_WHEN_READ);

    assertThat(rules.match(facts(Map.of(kind, "copy")), TODAY).free()).isTrue();
    Matches read = rules.match(facts(Map.of(kind, "archive")), TODAY);
    assertThat(read.rows()).containsExactly(archive);
  }

  private static final String FREE_WHEN_READ =
      """
      rule "What was read is free" when $act : Act() Boolean() then $act.isFree(); end
      """;

  private static String rule(String conditions, String consequence) {
    return """
        package clearance.rules;
        import dev.clearance.drools.*;
        rule "One more" when %s then %s end
        """
        .formatted(conditions, consequence);
  }

  private RuleBase compile() throws IOException {
    return compile("");
  }

  private RuleBase compile(String more) throws IOException {
    Map<String, String> files = new LinkedHashMap<>(ShippedRules.texts());
    if (!more.isEmpty()) {
      files.put("more.drl", more);
    }
    Policy policy =
        new Policy(
            "test",
            new Label("测试", "Test"),
            "",
            "",
            "",
            "",
            InForce.ALWAYS,
            vocabulary,
            List.of(),
            rows,
            List.of());
    return RuleCompiler.of(files).value().orElseThrow().compile(policy);
  }

  private Facts facts(Map<Attribute, String> codes) {
    Map<Attribute, Value> given = new LinkedHashMap<>();
    codes.forEach((attribute, code) -> given.put(attribute, new Value.Code(code)));
    return Facts.of(vocabulary, given);
  }

  private Row row(List<Condition> when, Effect effect) {
    int index = rows.size();
    Label summary = new Label("第" + index + "行", "row " + index);
    Clause clause =
        new Clause("test/" + index, "" + index, "第" + index + "条", "", summary, "", "", List.of());
    Place place = Place.of("test.xlsx").inSheet("许可").atRow(index + 2);
    Row row =
        new Row(
            index, clause, place, when, effect, List.of(), List.of(), summary, InForce.ALWAYS, "");
    rows.add(row);
    return row;
  }

  private static Condition is(Attribute attribute, String... codes) {
    return new Condition(attribute, new AnyOf(List.of(codes), Set.of(codes)));
  }

  private static Effect becomes(Attribute attribute, String code) {
    return new Effect.Define(List.of(new Assignment.Becomes(attribute, new Value.Code(code))));
  }

  private static Attribute attribute(int index, String path, AttributeType type, String... codes) {
    List<Term> terms = new ArrayList<>();
    for (String code : codes) {
      terms.add(new Term(code, new Label(code, code), List.of(), Optional.empty()));
    }
    return new Attribute(index, path, type, new Label(path, path), "", TermSource.OWN, terms);
  }
}
