package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.Matches;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RuleBase;
import dev.clearance.decision.RulesInForce;
import dev.clearance.policy.Facts;
import dev.clearance.policy.InForce;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.TermSource;
import dev.clearance.vocabulary.Value;
import dev.clearance.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages of a long directory in which one out of a thousand may do it. */
class SearchTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final List<String> CANDIDATES =
      IntStream.range(0, 25_500).mapToObj(i -> "u-" + i).toList();
  private static final List<String> PERMITTED =
      IntStream.rangeClosed(0, 25).mapToObj(i -> "u-" + 1000 * i).toList();

  private final Attribute id =
      new Attribute(
          0,
          "subject.id",
          AttributeType.TEXT,
          new Label("编号", "Id"),
          "",
          TermSource.OWN,
          List.of());
  private final Vocabulary vocabulary =
      new Vocabulary(List.of(id), List.of(), List.of(), List.of());
  private int asked;

  private final DecisionPoint point = point();

  private DecisionPoint point() {
    RuleBase rules =
        new RuleBase() {
          @Override
          public Matches match(Facts facts, LocalDate asOf) {
            asked++;
            return new Matches(facts, List.of(), List.of(), isFree(facts, asOf));
          }

          @Override
          public boolean isFree(Facts reading, LocalDate asOf) {
            return reading.get(id).orElseThrow().toString().matches("u-([0-9]+000|0)");
          }

          @Override
          public List<Row> sanctions(Facts facts, Set<String> broken, LocalDate asOf) {
            return List.of();
          }
        };
    Label title = new Label("测试", "Test");
    Policy policy =
        new Policy(
            "test",
            title,
            "",
            "",
            "",
            "",
            InForce.ALWAYS,
            vocabulary,
            List.of(),
            List.of(),
            List.of());
    return new DecisionPoint(
        new RulesInForce(
            vocabulary, List.of(new PolicyRules(policy, rules, "1")), List.of("test")));
  }

  private JsonNode page(Optional<Integer> limit, String token) {
    Page page = new Page(limit, token.isEmpty() ? Optional.empty() : Optional.of(token));
    Search search =
        new Search(
            Search.Kind.SUBJECT,
            "user",
            CANDIDATES,
            name ->
                new DecisionRequest(
                    List.of(), TODAY, Facts.none(vocabulary).with(id, new Value.Text(name))),
            page,
            "digest");
    byte[] answer = search.answer(point);
    return new JsonMapper().readTree(new String(answer, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 26, 100})
  void thePagesTogetherHoldEveryResultOnceAndInOrder(int limit) {
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      asked = 0;
      // The limit is said once; the token remembers it.
      JsonNode page = page(token.isEmpty() ? Optional.of(limit) : Optional.empty(), token);
      assertThat(asked).isLessThanOrEqualTo(10_000);
      assertThat(page.get("results").size()).isLessThanOrEqualTo(limit);
      page.get("results").forEach(result -> found.add(result.get("id").asString()));
      token = page.get("page").get("next_token").asString();
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(PERMITTED);
  }

  @Test
  void aTokenFitsOneQuestionUnderOneVersionOfTheRules() {
    String token = new Page.Start(5, 10).token("digest");
    Page page = new Page(Optional.empty(), Optional.of(token));
    assertThat(page.start("digest", 10)).isEqualTo(new Page.Start(5, 10));
    assertThat(new Page(Optional.of(7), Optional.of(token)).start("digest", 10))
        .isEqualTo(new Page.Start(7, 10));
    assertThatThrownBy(() -> page.start("other", 10)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> page.start("digest", 9)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "MS4y", "%", "MTAwMS4xLmRpZ2VzdA", "MS4tMS5kaWdlc3Q", "é"})
  void aTokenThatIsNoneOfOursIsRefused(String token) {
    Page page = new Page(Optional.empty(), Optional.of(token));
    assertThatThrownBy(() -> page.start("digest", 10)).isInstanceOf(ProblemException.class);
  }
}
