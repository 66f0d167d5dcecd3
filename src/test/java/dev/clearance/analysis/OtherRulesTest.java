package dev.clearance.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.decision.RuleBase;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is free is said by {@code rules/*.drl}, and the checks follow it. */
class OtherRulesTest {

  private static final Policy POLICY =
      SmallPolicies.policy(
          List.of(
              SmallPolicies.row(
                  "1",
                  new Effect.Prohibit(),
                  new Condition(
                      SmallPolicies.ACTION,
                      new dev.clearance.policy.Test.AnyOf(List.of("send"), Set.of("send"))),
                  new Condition(
                      SmallPolicies.LEVEL,
                      new dev.clearance.policy.Test.AnyOf(List.of("secret"), Set.of("secret"))))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          code("resource.classification") == "public"   | 密级 internal (1 of 3 combinations)
          code("resource.classification") == "internal" | 密级 public (1 of 3 combinations)
          code("subject.role") == "guest"               | 密级 internal及以下 (1 of 2 combinations)
          facts().known().size() > 3                    | 密级 internal及以下 (1 of 2 combinations)
          """)
  void theGapIsWhatNeitherARowNorTheRulesSpeakOf(String free, String gap) {
    String drl =
        """
        package clearance.rules;
        import dev.clearance.drools.Act;
        rule "free" when $act : Act( %s ) then $act.isFree(); end
        """
            .formatted(free);
    RuleBase rules =
        RuleCompiler.of(Map.of("freedom.drl", drl)).value().orElseThrow().compile(POLICY);
    assertThat(Analysis.of(POLICY, rules))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("行为 send when " + gap));
  }
}
