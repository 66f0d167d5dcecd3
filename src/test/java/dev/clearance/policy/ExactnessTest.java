package dev.clearance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.policy.Formula.Operation;
import dev.clearance.policy.Formula.Operator;
import dev.clearance.policy.Test.AnyOf;
import dev.clearance.policy.Test.Between;
import dev.clearance.policy.Test.Is;
import dev.clearance.policy.Test.Members;
import dev.clearance.policy.Test.Membership;
import dev.clearance.policy.Test.NoneOf;
import dev.clearance.policy.Test.Within;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts are exact, and texts that stand for meanings differ whenever the meanings do. */
class ExactnessTest {

  private static final Attribute ID = attribute(0, "subject.id", AttributeType.TEXT);
  private static final Attribute NOTE = attribute(1, "subject.note", AttributeType.TEXT);
  private static final Attribute TOTAL = attribute(2, "incident.total", AttributeType.NUMBER);
  private static final Attribute BRIBE = attribute(3, "incident.bribe", AttributeType.NUMBER);
  private static final Attribute TAGS = attribute(4, "context.tags", AttributeType.SET);
  private static final Vocabulary VOCABULARY =
      new Vocabulary(List.of(ID, NOTE, TOTAL, BRIBE, TAGS), List.of(), List.of(), List.of());

  @ParameterizedTest
  @CsvSource({
    "1000000, 5000.05, 150000.50",
    "0, 0, 0",
    "0.01, 0.001, 0.011",
    "99999999999999999.99, 0, 9999999999999999.999",
  })
  void aFormulaIsExact(BigDecimal total, BigDecimal bribe, BigDecimal amount) {
    Formula tenth = new Operation(Operator.TIMES, number("0.1"), new Formula.Reference(TOTAL));
    Formula tenfold = new Operation(Operator.TIMES, number("10"), new Formula.Reference(BRIBE));
    Formula sum = new Operation(Operator.PLUS, tenth, tenfold);

    assertThat(sum.attributes()).containsExactly(TOTAL, BRIBE);
    assertThat(sum.amount(amounts(total, bribe)).orElseThrow()).isEqualByComparingTo(amount);
    assertThat(sum.amount(amounts(total, bribe).without(BRIBE))).isEmpty();
  }

  @Test
  void aQuotientIsRoundedOnlyWhereItDoesNotEndAndNothingIsDividedByZero() {
    Formula quotient =
        new Operation(
            Operator.DIVIDED_BY, new Formula.Reference(TOTAL), new Formula.Reference(BRIBE));
    Formula difference = new Operation(Operator.MINUS, number("1"), number("3"));

    assertThat(quotient.amount(amounts(BigDecimal.ONE, new BigDecimal("8"))))
        .contains(new BigDecimal("0.125"));
    assertThat(
            quotient.amount(amounts(BigDecimal.ONE, new BigDecimal("3"))).orElseThrow().precision())
        .isEqualTo(34);
    assertThat(quotient.amount(amounts(BigDecimal.ONE, BigDecimal.ZERO))).isEmpty();
    assertThat(difference.amount(Facts.none(VOCABULARY))).contains(new BigDecimal("-2"));
  }

  @Test
  void testsOfDifferentMeaningHaveDifferentKeys() {
    List<dev.clearance.policy.Test> tests =
        List.of(
            anyOf("a", "b"),
            anyOf("ab"),
            anyOf("a"),
            anyOf("a1:b"),
            anyOf("1:a", "b"),
            anyOf("a}", "b"),
            anyOf("a", "}b"),
            new NoneOf(List.of("a"), Set.of("a")),
            members(Membership.HAS_ALL, Set.of("a"), Set.of("b")),
            members(Membership.HAS_ALL, Set.of("a", "b")),
            members(Membership.HAS_ALL, Set.of("ab")),
            members(Membership.HAS_ANY, Set.of("a"), Set.of("b")),
            members(Membership.LACKS_ANY, Set.of("a"), Set.of("b")),
            members(Membership.LACKS_ALL, Set.of("a"), Set.of("b")),
            between("1", true, "2", true),
            between("1", false, "2", true),
            between("1", true, "2", false),
            between("1", true, "12", true),
            between("1", true, "", false),
            between("", false, "1", true),
            new Is(true),
            new Is(false),
            within("2026-01-01", ""),
            within("", "2026-01-01"),
            within("2026-01-01", "2026-01-01"));

    assertThat(tests.stream().map(dev.clearance.policy.Test::key)).doesNotHaveDuplicates();
  }

  @Test
  void testsOfOneMeaningShareTheirKey() {
    assertThat(anyOf("a", "b").key()).isEqualTo(anyOf("b", "a").key());
    assertThat(between("1.0", true, "2", true).key())
        .isEqualTo(between("1", true, "2.00", true).key());
    assertThat(members(Membership.HAS_ALL, Set.of("a"), Set.of("b")).key())
        .isEqualTo(members(Membership.HAS_ALL, Set.of("b"), Set.of("a")).key());
  }

  @Test
  void conditionsOnDifferentAttributesHaveDifferentKeys() {
    assertThat(new Condition(ID, anyOf("a")).key())
        .isNotEqualTo(new Condition(NOTE, anyOf("a")).key());
  }

  @Test
  void differentFactsHaveDifferentCanonicalTextsWhateverTheirTextsHold() {
    Value joined = new Value.Text("a; subject.note=b");
    Facts one = Facts.of(VOCABULARY, Map.of(ID, joined));
    Facts two = Facts.of(VOCABULARY, Map.of(ID, new Value.Text("a"), NOTE, new Value.Text("b")));
    assertThat(one).hasToString(two.toString()).isNotEqualTo(two);
    assertThat(canonical(one)).isNotEqualTo(canonical(two));

    Value forged = new Value.Text("a" + NOTE.index() + "=1:b");
    assertThat(canonical(Facts.of(VOCABULARY, Map.of(ID, forged)))).isNotEqualTo(canonical(two));

    Facts pair = Facts.of(VOCABULARY, Map.of(TAGS, Value.Codes.of(List.of("a, b"))));
    Facts both = Facts.of(VOCABULARY, Map.of(TAGS, Value.Codes.of(List.of("a", "b"))));
    Facts none = Facts.of(VOCABULARY, Map.of(TAGS, Value.Codes.of(List.of())));
    assertThat(canonical(pair)).isNotEqualTo(canonical(both));
    assertThat(canonical(none)).isNotEqualTo(canonical(Facts.none(VOCABULARY)));
  }

  @Test
  void oneAmountHasOneTextHoweverItIsWritten() {
    Facts one = amounts(new BigDecimal("7.00"), new BigDecimal("1E+3"));
    Facts two = amounts(new BigDecimal("7"), new BigDecimal("1000.0"));

    assertThat(one).isEqualTo(two);
    assertThat(canonical(one)).isEqualTo(canonical(two));
  }

  private static String canonical(Facts facts) {
    StringBuilder text = new StringBuilder();
    facts.appendTo(text);
    return text.toString();
  }

  private static Facts amounts(BigDecimal total, BigDecimal bribe) {
    return Facts.of(
        VOCABULARY, Map.of(TOTAL, new Value.Amount(total), BRIBE, new Value.Amount(bribe)));
  }

  private static Formula number(String text) {
    return new Formula.Constant(new BigDecimal(text));
  }

  private static AnyOf anyOf(String... codes) {
    return new AnyOf(List.of(codes), Set.of(codes));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Members members(Membership membership, Set<String>... covered) {
    return new Members(membership, List.of(), List.of(covered));
  }

  private static Between between(String low, boolean from, String high, boolean to) {
    return new Between(
        Optional.of(low).filter(text -> !text.isEmpty()).map(BigDecimal::new),
        from,
        Optional.of(high).filter(text -> !text.isEmpty()).map(BigDecimal::new),
        to);
  }

  private static Within within(String first, String last) {
    return new Within(
        Optional.of(first).filter(text -> !text.isEmpty()).map(LocalDate::parse),
        Optional.of(last).filter(text -> !text.isEmpty()).map(LocalDate::parse));
  }

  private static Attribute attribute(int index, String path, AttributeType type) {
    return new Attribute(index, path, type, new Label(path, path), "", TermSource.OWN, List.of());
  }
}
