package dev.clearance.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.finding.Finding;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an author reads of each check, and that he can say that he means it. */
class FindingTextTest {

  private static final Condition COPY = is(SmallPolicies.ACTION, "copy");
  private static final Condition SEND = is(SmallPolicies.ACTION, "send");
  private static final Condition STAFF = is(SmallPolicies.ROLE, "staff");
  private static final Condition SECRET = is(SmallPolicies.LEVEL, "secret");

  private static Condition is(Attribute attribute, String code) {
    return new Condition(
        attribute, new dev.clearance.policy.Test.AnyOf(List.of(code), Set.of(code)));
  }

  private static List<String> found(Row... rows) {
    return Analysis.of(SmallPolicies.policy(List.of(rows)), SmallFreedom.PUBLIC).stream()
        .map(Finding::toString)
        .toList();
  }

  private static Row acknowledged(Row row, String text) {
    return new Row(
        row.index(),
        row.clause(),
        row.place(),
        row.when(),
        row.effect(),
        row.obligations(),
        row.overrides(),
        row.summary(),
        row.inForce(),
        text);
  }

  @Test
  void twoRowsThatSayDifferentThings() {
    Row prohibits = SmallPolicies.row("1", new Effect.Prohibit(), SEND);
    Row allows = SmallPolicies.row("2", new Effect.Allow(), STAFF);
    assertThat(found(prohibits, allows))
        .containsExactly(
            "p.xlsx!许可!3: warning conflict: this row (2) allows (允许) what 第1条 (1, 许可!2)"
                + " prohibits (禁止), both for 行为=send，身份=staff (name the clause that yields in"
                + " 优先于 of the one that prevails, or write 冲突 in 确认)");
    assertThat(found(prohibits, acknowledged(allows, "冲突 1:已核"))).isEmpty();
  }

  @Test
  void aRowThatChangesNothing() {
    Row all = SmallPolicies.row("1", new Effect.Prohibit(), SEND);
    Row some = SmallPolicies.row("2", new Effect.Prohibit(), SEND, STAFF);
    assertThat(found(all, some))
        .containsExactly(
            "p.xlsx!许可!3: warning shadowed-row: this row (2) decides nothing: without it every"
                + " request gets the same outcome, approvals, obligations and sanctions (delete it,"
                + " correct its conditions, or write 遮蔽 in 确认)");
    assertThat(found(all, acknowledged(some, "遮蔽"))).isEmpty();
  }

  @Test
  void aRowThatStandsTwice() {
    Row once = SmallPolicies.row("1", new Effect.Prohibit(), SEND);
    Row again = SmallPolicies.row("1", new Effect.Prohibit(), SEND);
    assertThat(found(once, again))
        .containsExactly(
            "p.xlsx!许可!3: warning duplicate-row: this row (1) has the conditions and the effect of"
                + " 第1条 (1, 许可!2) (delete one of them, or write 重复 in 确认)");
    assertThat(found(once, acknowledged(again, "重复"))).isEmpty();
  }

  @Test
  void actsThatAreCoveredInPart() {
    Row part = SmallPolicies.row("1", new Effect.Allow(), SEND, STAFF);
    assertThat(found(part))
        .containsExactly(
            "p.xlsx!许可!2: warning gap: 1 act is covered for some of the cases only that the rows"
                + " tell apart: 行为 send when 身份 guest (1 of 2 combinations) (add a row that says"
                + " what holds there; where that is meant, write 空缺 in 确认 of a row that names the act)");
    assertThat(found(acknowledged(part, "空缺"))).isEmpty();
  }

  @Test
  void aPartOfAScaleThatIsLeftOut() {
    Row secret = SmallPolicies.row("1", new Effect.Prohibit(), COPY, SECRET);
    assertThat(found(secret))
        .containsExactly(
            "p.xlsx!许可!2: warning gap: no row covers 行为 copy when 密级 internal (1 of 3"
                + " combinations) (add a row that says what holds there; where that is meant, write 空缺"
                + " in 确认 of a row that names the act)");
  }

  @Test
  void aSanctionThatNothingReaches() {
    Row never =
        SmallPolicies.row(
            "1",
            new Effect.Punish(
                new Sanction(
                    SmallPolicies.WARNING,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    "")),
            is(SmallPolicies.INTENT, "wilful"),
            is(SmallPolicies.INTENT, "careless"));
    assertThat(found(never))
        .containsExactly(
            "p.xlsx!处分!2: warning unreachable-sanction: this sanction (1) can never follow: its"
                + " conditions exclude each other, or it is always set aside (correct its conditions, or"
                + " write 不可达 in 确认)");
    assertThat(found(acknowledged(never, "不可达"))).isEmpty();
  }

  @Test
  void anObligationThatNoRowUses() {
    Policy policy = SmallPolicies.policy(new ArrayList<>());
    assertThat(
            Analysis.unusedObligations(
                    SmallPolicies.VOCABULARY,
                    Place.of("vocabulary.xlsx").inSheet("义务"),
                    List.of(policy))
                .stream()
                .map(Finding::toString))
        .containsExactly(
            "vocabulary.xlsx!义务: warning unused-obligation: no row of any policy asks for 登记"
                + " (register) (delete it from 义务, or use it in 须履行)",
            "vocabulary.xlsx!义务: warning unused-obligation: no row of any policy asks for 见证"
                + " (witness) (delete it from 义务, or use it in 须履行)");
  }
}
