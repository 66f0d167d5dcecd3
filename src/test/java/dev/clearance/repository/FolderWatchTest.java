package dev.clearance.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyRepository.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an editor saves into the folder, the way office programs save. */
class FolderWatchTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  /** Promised to editors. */
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  /** Longer than any file is left to rest. */
  private static final Duration A_WHILE = Duration.ofMillis(2500);

  private static final byte[] ALLOWS = SmallFolder.policy("desk", "允许");
  private static final byte[] BROKEN = SmallFolder.policy("desk", "复印", "允许", "样例");

  @TempDir Path root;
  private SmallFolder folder;
  private PolicyRepository repository;

  @BeforeEach
  void start() {
    folder = SmallFolder.in(root);
    repository =
        PolicyRepository.open(
            new Settings(folder.folder(), folder.history(), List.of("desk"), List.of()),
            Clock.fixed(NOW, ZoneOffset.UTC));
    repository.watch();
  }

  @AfterEach
  void stop() {
    repository.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("clearance-folder-watch");
  }

  private Path desk() {
    return folder.tables().resolve("desk.xlsx");
  }

  private String outcome() {
    return repository
        .current()
        .file("desk")
        .orElseThrow()
        .rules()
        .policy()
        .rows()
        .get(0)
        .effect()
        .code();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + AT_MOST.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 5 s: " + what).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private void awaitOutcome(String code) throws InterruptedException {
    await(code, () -> outcome().equals(code));
  }

  private void awaitRejected(String policyId) throws InterruptedException {
    await(policyId + " rejected", () -> repository.rejected(policyId).isPresent());
  }

  private List<String> rejected(String policyId) {
    return repository.rejected(policyId).orElseThrow().findings().stream()
        .map(Finding::toString)
        .toList();
  }

  @Test
  void aWorkbookSavedAsideAndRenamedIsInForceWithinFiveSeconds() throws Exception {
    folder.save("desk.xlsx", ALLOWS);
    awaitOutcome("allow");
    assertThat(repository.rejections()).isEmpty();
    assertThat(repository.versions("desk"))
        .extracting(Version::author, Version::note)
        .startsWith(org.assertj.core.groups.Tuple.tuple("folder", "saved in the folder"));
  }

  @Test
  void aWorkbookWrittenInPlaceIsInForceWithinFiveSeconds() throws Exception {
    Files.write(desk(), ALLOWS);
    awaitOutcome("allow");
  }

  @Test
  void lockFilesAndTemporaryFilesAreNoWorkbooks() throws Exception {
    Files.write(folder.tables().resolve("~$desk.xlsx"), new byte[] {1});
    Files.write(folder.tables().resolve(".~lock.desk.xlsx#"), new byte[] {1});
    Files.write(folder.tables().resolve(".hidden.xlsx"), new byte[] {1});
    Files.write(folder.tables().resolve("A1B2C3D4"), new byte[] {1});
    Files.write(folder.tables().resolve("lu1234.tmp"), new byte[] {1});
    folder.save("desk.xlsx", ALLOWS);
    awaitOutcome("allow");
    Thread.sleep(A_WHILE.toMillis());
    assertThat(repository.rejections()).isEmpty();
  }

  @Test
  void aWorkbookWrittenInPiecesIsReadWhenItIsWhole() throws Exception {
    int half = ALLOWS.length / 2;
    Files.write(desk(), Arrays.copyOf(ALLOWS, half));
    Thread.sleep(1000);
    assertThat(repository.rejections()).isEmpty();
    try (OutputStream out = Files.newOutputStream(desk(), StandardOpenOption.APPEND)) {
      out.write(ALLOWS, half, ALLOWS.length - half);
    }
    awaitOutcome("allow");
    assertThat(repository.rejections()).isEmpty();
  }

  @Test
  void aWorkbookThatStaysHalfIsRejectedUntilItIsWhole() throws Exception {
    Files.write(desk(), Arrays.copyOf(ALLOWS, ALLOWS.length / 2));
    awaitRejected("desk");
    assertThat(rejected("desk"))
        .containsExactly(
            "desk.xlsx: error unreadable-file: the file is damaged and cannot be read as a"
                + " workbook (open it in Excel and save it again as .xlsx)");
    assertThat(outcome()).isEqualTo("prohibit");
    Files.write(desk(), ALLOWS);
    awaitOutcome("allow");
    await("nothing rejected", () -> repository.rejections().isEmpty());
  }

  @Test
  void aBrokenWorkbookLeavesTheOldOneInForceUntilItIsRepaired() throws Exception {
    folder.save("desk.xlsx", BROKEN);
    awaitRejected("desk");
    assertThat(outcome()).isEqualTo("prohibit");
    assertThat(rejected("desk"))
        .containsExactly(
            "desk.xlsx!许可!B2: error unknown-term: 行为 has no term \"复印\" (did you mean 复制?)");
    assertThat(repository.rejected("desk").orElseThrow().at()).isEqualTo(NOW);
    folder.save("desk.xlsx", ALLOWS);
    awaitOutcome("allow");
    await("nothing rejected", () -> repository.rejections().isEmpty());
  }

  @Test
  void aBrokenWorkbookPutBackAsItWasIsNoLongerRejected() throws Exception {
    byte[] old = Files.readAllBytes(desk());
    folder.save("desk.xlsx", BROKEN);
    awaitRejected("desk");
    folder.save("desk.xlsx", old);
    await("nothing rejected", () -> repository.rejections().isEmpty());
    assertThat(repository.versions("desk")).hasSize(1);
  }

  @Test
  void aNewWorkbookIsANewPolicyAndANewDraftIsOnlyADraft() throws Exception {
    folder.save("draft.xlsx", "hello".getBytes(StandardCharsets.UTF_8));
    folder.save("shelf.xlsx", SmallFolder.policy("shelf", "允许"));
    await("shelf", () -> repository.current().file("shelf").isPresent());
    awaitRejected("draft");
    Files.delete(folder.tables().resolve("draft.xlsx"));
    await("nothing rejected", () -> repository.rejections().isEmpty());
    assertThat(repository.current().files()).hasSize(2);
  }

  @Test
  void aDeletedWorkbookStaysInForceAndIsReported() throws Exception {
    byte[] old = Files.readAllBytes(desk());
    Files.delete(desk());
    awaitRejected("desk");
    assertThat(outcome()).isEqualTo("prohibit");
    assertThat(rejected("desk"))
        .containsExactly(
            "desk.xlsx: error unreadable-file: the workbook was deleted; what it said stays in"
                + " force until the next start (put it back, or give the policy a 失效日期 before it"
                + " goes)");
    Files.write(desk(), old);
    await("nothing rejected", () -> repository.rejections().isEmpty());
  }

  @Test
  void aChangedVocabularyIsTakenInWithAllPoliciesOrNotAtAll() throws Exception {
    folder.save("vocabulary.xlsx", SmallFolder.vocabulary("复印", "阅读"));
    awaitRejected("vocabulary");
    assertThat(rejected("vocabulary"))
        .containsExactly(
            "desk.xlsx!许可!B2: error unknown-term: 行为 has no term \"复制\" (did you mean 复印?)");
    String before = repository.current().file("desk").orElseThrow().version();
    // The word and the workbook that uses it change together.
    folder.save("desk.xlsx", BROKEN);
    awaitOutcome("allow");
    await("nothing rejected", () -> repository.rejections().isEmpty());
    assertThat(
            repository
                .current()
                .vocabulary()
                .attribute("action")
                .orElseThrow()
                .labelOf("act-1")
                .zh())
        .isEqualTo("复印");
    assertThat(repository.current().file("desk").orElseThrow().version()).isNotEqualTo(before);
  }

  @Test
  void aWordMayBeAddedWhileAnotherWorkbookIsADraft() throws Exception {
    folder.save("desk.xlsx", BROKEN);
    awaitRejected("desk");
    folder.save("vocabulary.xlsx", SmallFolder.vocabulary("复制", "阅读", "销毁"));
    await(
        "the new word",
        () ->
            repository.current().vocabulary().attribute("action").orElseThrow().terms().size()
                == 3);
    assertThat(outcome()).isEqualTo("prohibit");
    awaitRejected("desk");
  }

  @Test
  void brokenRulesLeaveTheOldOnesInForceUntilTheyAreRepaired() throws Exception {
    Path rules = folder.rules().resolve("more.drl");
    Files.writeString(rules, "rule broken when then");
    await("rules rejected", () -> !repository.rejections().isEmpty());
    assertThat(repository.rejections()).extracting(Rejection::file).containsExactly("more.drl");
    Files.delete(rules);
    await("nothing rejected", () -> repository.rejections().isEmpty());
    assertThat(outcome()).isEqualTo("prohibit");
  }

  @Test
  void aPublicationIsNoEditOfTheFolder() throws Exception {
    repository.publish("desk", ALLOWS, new Precondition.Whatever(), "li", "");
    Thread.sleep(A_WHILE.toMillis());
    assertThat(repository.versions("desk"))
        .extracting(Version::author)
        .containsExactly("li", "folder");
    assertThat(repository.rejections()).isEmpty();
  }

  @Test
  void readersNeverSeeAMixtureWhileWorkbooksAreSaved() throws Exception {
    for (int i = 0; i < 3; i++) {
      Release release = repository.current();
      PolicyFile file = release.file("desk").orElseThrow();
      folder.save("desk.xlsx", i % 2 == 0 ? ALLOWS : SmallFolder.policy("desk", "禁止"));
      await("the next release", () -> repository.current() != release);
      assertThat(release.file("desk")).containsSame(file);
      assertThat(release.point().rules().policy("desk").orElseThrow()).isSameAs(file.rules());
    }
  }

  @Test
  void aFolderThatIsUnreadableForAWhileCostsNothing() throws IOException, InterruptedException {
    Path away = root.resolve("away");
    Files.move(folder.tables(), away);
    await("reported", () -> !repository.rejections().isEmpty());
    assertThat(outcome()).isEqualTo("prohibit");
    Files.move(away, folder.tables());
    folder.save("desk.xlsx", ALLOWS);
    awaitOutcome("allow");
    await("nothing rejected", () -> repository.rejections().isEmpty());
  }
}
