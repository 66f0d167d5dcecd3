package dev.clearance.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.clearance.decision.Digest;
import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyRepository.Settings;
import dev.clearance.repository.Precondition.Creates;
import dev.clearance.repository.Precondition.Replaces;
import dev.clearance.repository.Precondition.Whatever;
import dev.clearance.repository.Publication.NoSuchVersion;
import dev.clearance.repository.Publication.NotClean;
import dev.clearance.repository.Publication.Published;
import dev.clearance.repository.Publication.VersionMoved;
import dev.clearance.source.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journeys of an editor who publishes, is stopped, looks back and restores. */
class PublicationTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path root;
  private SmallFolder folder;

  @BeforeEach
  void folder() {
    folder = SmallFolder.in(root);
  }

  private PolicyRepository open() {
    return open(List.of());
  }

  private PolicyRepository open(List<PolicyCheck> checks) {
    return PolicyRepository.open(
        new Settings(folder.folder(), folder.history(), List.of(), checks), CLOCK);
  }

  private static String version(PolicyRepository repository) {
    return repository.current().file("desk").orElseThrow().version();
  }

  private static String outcome(PolicyRepository repository) {
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

  @Test
  void aCleanWorkbookIsInForceAtOnceAndAfterARestart() throws IOException {
    byte[] allows = SmallFolder.policy("desk", "允许");
    String published;
    try (PolicyRepository repository = open()) {
      Release before = repository.current();
      String version = version(repository);
      Publication result =
          repository.publish("desk", allows, new Replaces(Set.of(version)), "li", "relaxed");
      assertThat(result).isInstanceOf(Published.class);
      assertThat(((Published) result).created()).isFalse();
      assertThat(outcome(repository)).isEqualTo("allow");
      assertThat(before.file("desk").orElseThrow().version()).isEqualTo(version);
      published = version(repository);
    }
    assertThat(Files.readAllBytes(folder.tables().resolve("desk.xlsx"))).isEqualTo(allows);
    try (PolicyRepository repository = open()) {
      assertThat(version(repository)).isEqualTo(published);
      assertThat(outcome(repository)).isEqualTo("allow");
    }
  }

  @Test
  void aPublicationOverAnotherVersionThanTheOneEditedIsRefused() {
    try (PolicyRepository repository = open()) {
      String version = version(repository);
      byte[] allows = SmallFolder.policy("desk", "允许");
      assertThat(repository.publish("desk", allows, new Replaces(Set.of("0")), "li", ""))
          .isEqualTo(new VersionMoved(Optional.of(version)));
      assertThat(repository.publish("desk", allows, new Creates(), "li", ""))
          .isEqualTo(new VersionMoved(Optional.of(version)));
      assertThat(repository.publish("new", allows, new Replaces(Set.of(version)), "li", ""))
          .isEqualTo(new VersionMoved(Optional.empty()));
      assertThat(outcome(repository)).isEqualTo("prohibit");
    }
  }

  @Test
  void aPublicationBuildsNoOtherPolicyAnew() {
    folder.save("room.xlsx", SmallFolder.policy("room", "禁止"));
    try (PolicyRepository repository = open()) {
      Release before = repository.current();
      repository.publish(
          "desk",
          SmallFolder.policy("desk", "允许"),
          new Replaces(Set.of(version(repository))),
          "li",
          "");
      Release after = repository.current();
      assertThat(after.file("room").orElseThrow().rules())
          .isSameAs(before.file("room").orElseThrow().rules());
      assertThat(after.file("desk").orElseThrow().rules())
          .isNotSameAs(before.file("desk").orElseThrow().rules());
    }
  }

  @Test
  void aWorkbookThatIsNotCleanChangesNothing() throws IOException {
    try (PolicyRepository repository = open()) {
      byte[] before = Files.readAllBytes(folder.tables().resolve("desk.xlsx"));
      Publication result =
          repository.publish(
              "desk", SmallFolder.policy("desk", "复印", "禁止", "样例"), new Whatever(), "li", "");
      assertThat(((NotClean) result).findings())
          .extracting(Finding::check, finding -> finding.place().toString())
          .containsExactly(tuple(Check.UNKNOWN_TERM, "desk.xlsx!许可!B2"));
      assertThat(Files.readAllBytes(folder.tables().resolve("desk.xlsx"))).isEqualTo(before);
      assertThat(repository.versions("desk")).hasSize(1);
    }
  }

  @Test
  void aPolicyMayBeNew() {
    try (PolicyRepository repository = open()) {
      Publication result =
          repository.publish(
              "shelf", SmallFolder.policy("shelf", "允许"), new Creates(), "li", "new");
      assertThat(((Published) result).created()).isTrue();
      assertThat(repository.current().files())
          .extracting(PolicyFile::policyId)
          .containsExactly("desk", "shelf");
      assertThat(repository.versions("shelf"))
          .extracting(Version::author, Version::previous)
          .containsExactly(tuple("li", Optional.empty()));
    }
  }

  @Test
  void anIdThatIsNoNameOfAPolicyIsRefused() throws IOException {
    try (PolicyRepository repository = open()) {
      byte[] bytes = SmallFolder.policy("desk", "允许");
      for (String id :
          List.of("../desk", "vocabulary", "", "Desk", "a/b", "desk\0", "x".repeat(101))) {
        assertThat(repository.publish(id, bytes, new Whatever(), "li", ""))
            .as(id)
            .isInstanceOf(NotClean.class);
      }
      assertThat(repository.publish("shelf", bytes, new Whatever(), "li", ""))
          .isInstanceOf(NotClean.class);
      try (Stream<Path> files = Files.list(folder.tables())) {
        assertThat(files).hasSize(2);
      }
    }
  }

  @Test
  void everyVersionIsListedComparableAndRestorable() {
    byte[] prohibits;
    byte[] allows = SmallFolder.policy("desk", "允许");
    try (PolicyRepository repository = open()) {
      String first = version(repository);
      prohibits = repository.current().file("desk").orElseThrow().bytes();
      repository.publish("desk", allows, new Whatever(), "li", "relaxed\tby\nlaw \\ 放宽");
      String second = version(repository);
      assertThat(repository.versions("desk"))
          .containsExactly(
              new Version(
                  "desk",
                  second,
                  Digest.full(allows),
                  NOW,
                  "li",
                  "relaxed\tby\nlaw \\ 放宽",
                  Optional.of(first)),
              new Version(
                  "desk",
                  first,
                  Digest.full(prohibits),
                  NOW,
                  "folder",
                  "found at the first start",
                  Optional.empty()));
      assertThat(repository.workbook("desk", first)).hasValue(prohibits);
      assertThat(repository.workbook("desk", second)).hasValue(allows);

      assertThat(repository.restore("desk", "none", new Whatever(), "wang", ""))
          .isEqualTo(new NoSuchVersion());
      assertThat(repository.restore("desk", first, new Replaces(Set.of(second)), "wang", "wrong"))
          .isInstanceOf(Published.class);
      assertThat(version(repository)).isEqualTo(first);
      assertThat(outcome(repository)).isEqualTo("prohibit");
      assertThat(repository.versions("desk").get(0))
          .extracting(Version::author, Version::note)
          .containsExactly("wang", "restores " + first + ": wrong");
    }
    try (PolicyRepository repository = open()) {
      assertThat(repository.versions("desk")).hasSize(3);
      assertThat(repository.versions("desk").get(1).note()).isEqualTo("relaxed\tby\nlaw \\ 放宽");
    }
  }

  @Test
  void theSameBytesAgainAreNoNewVersion() {
    try (PolicyRepository repository = open()) {
      byte[] same = repository.current().file("desk").orElseThrow().bytes();
      Publication result = repository.publish("desk", same, new Whatever(), "li", "");
      assertThat(result).isInstanceOf(Published.class);
      assertThat(repository.versions("desk")).hasSize(1);
    }
  }

  @Test
  void whatIsWrongWithAnyFileRefusesTheStartAndIsAllPrinted() {
    folder.save("desk.xlsx", SmallFolder.policy("desk", "复印", "禁止", "样例"));
    folder.save("shelf.xlsx", "no zip".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::open)
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            """
            The service does not start: its rules are not clean.
            desk.xlsx!许可!B2: error unknown-term: 行为 has no term "复印" (did you mean 复制?)
            shelf.xlsx: error unreadable-file: the file is not an .xlsx workbook (open it in Excel and save it as .xlsx)""");
    folder.save("desk.xlsx", SmallFolder.policy("desk", "禁止"));
    folder.save("shelf.xlsx", SmallFolder.policy("shelf", "禁止"));
    open().close();
  }

  @Test
  void aFolderThatIsNotThereRefusesTheStart() throws IOException {
    Files.delete(folder.rules());
    assertThatThrownBy(this::open)
        .isInstanceOf(StartRefused.class)
        .hasMessage("The service does not start: cannot read the folder " + folder.rules());
  }

  @Test
  void ofTwoServicesOnOneFolderOnlyTheFirstPublishes() {
    byte[] allows = SmallFolder.policy("desk", "允许");
    try (PolicyRepository first = open();
        PolicyRepository second = open()) {
      assertThat(second.publish("desk", allows, new Whatever(), "li", ""))
          .isEqualTo(new Publication.ReadOnly("versions cannot be kept in " + folder.history()));
      assertThat(outcome(second)).isEqualTo("prohibit");
      assertThat(second.versions("desk")).isEmpty();
      assertThat(second.workbook("desk", version(second))).isPresent();
      second.watch();
      assertThat(first.publish("desk", allows, new Whatever(), "li", ""))
          .isInstanceOf(Published.class);
      await().atMost(Duration.ofSeconds(5)).until(() -> outcome(second).equals("allow"));
      assertThat(version(second)).isEqualTo(version(first));
    }
    try (PolicyRepository next = open()) {
      assertThat(next.versions("desk")).hasSize(2);
    }
  }

  @Test
  void whereVersionsCannotBeKeptTheServiceAnswersAllTheSame() throws IOException {
    Files.writeString(folder.history(), "a file where a folder should be");
    try (PolicyRepository repository = open()) {
      assertThat(outcome(repository)).isEqualTo("prohibit");
      assertThat(
              repository.publish(
                  "desk", SmallFolder.policy("desk", "允许"), new Whatever(), "li", ""))
          .isInstanceOf(Publication.ReadOnly.class);
    }
  }

  @Test
  void anEditWhileTheServiceWasDownIsAVersionOfTheFolder() {
    open().close();
    folder.save("desk.xlsx", SmallFolder.policy("desk", "允许"));
    try (PolicyRepository repository = open()) {
      assertThat(repository.versions("desk"))
          .extracting(Version::author, Version::note)
          .containsExactly(
              tuple("folder", "saved while the service was down"),
              tuple("folder", "found at the first start"));
    }
    folder.save("vocabulary.xlsx", SmallFolder.vocabulary("复制", "阅读", "销毁"));
    try (PolicyRepository repository = open()) {
      assertThat(repository.versions("desk").get(0).note())
          .isEqualTo("the vocabulary or the rules changed while the service was down");
      assertThat(repository.versions("desk").get(0).version()).isEqualTo(version(repository));
    }
  }

  @Test
  void aWorkbookRemovedWhileTheServiceWasDownIsJournalledAndMayComeBack() throws IOException {
    byte[] desk = Files.readAllBytes(folder.tables().resolve("desk.xlsx"));
    open().close();
    Files.delete(folder.tables().resolve("desk.xlsx"));
    try (PolicyRepository repository = open()) {
      assertThat(repository.current().files()).isEmpty();
      assertThat(repository.versions("desk")).hasSize(1);
      assertThat(repository.publish("desk", desk, new Creates(), "li", "back"))
          .isInstanceOf(Published.class);
      assertThat(repository.versions("desk").get(0))
          .extracting(Version::author, Version::note, Version::previous)
          .containsExactly("li", "back", Optional.empty());
    }
  }

  @Test
  void aDraftInTheFolderIsSetAsideNotLost() throws IOException {
    try (PolicyRepository repository = open()) {
      byte[] draft = SmallFolder.policy("desk", "复印", "禁止", "样例");
      folder.save("desk.xlsx", draft);
      byte[] allows = SmallFolder.policy("desk", "允许");
      repository.publish("desk", allows, new Whatever(), "li", "");
      assertThat(Files.readAllBytes(folder.tables().resolve("desk.xlsx"))).isEqualTo(allows);
      try (Stream<Path> drafts = Files.list(folder.history().resolve("set-aside"))) {
        assertThat(drafts.toList())
            .singleElement()
            .satisfies(kept -> assertThat(Files.readAllBytes(kept)).isEqualTo(draft))
            .satisfies(
                kept ->
                    assertThat(kept.getFileName().toString())
                        .matches("20261122T080000Z-[0-9a-f]{8}-desk\\.xlsx"));
      }
    }
  }

  @Test
  void aCleanEditInTheFolderCountsBeforeThePublicationThatDidNotSeeIt() {
    try (PolicyRepository repository = open()) {
      String seen = version(repository);
      folder.save("desk.xlsx", SmallFolder.policy("desk", "复制", "允许", "改过"));
      Publication result =
          repository.publish(
              "desk", SmallFolder.policy("desk", "允许"), new Replaces(Set.of(seen)), "li", "");
      assertThat(result).isEqualTo(new VersionMoved(Optional.of(version(repository))));
      assertThat(version(repository)).isNotEqualTo(seen);
    }
  }

  @Test
  void aFurtherCheckMayKeepAWorkbookOutOrWarn() {
    Finding warning = new Finding(Check.GAP, Place.of("desk.xlsx"), "a gap", "");
    Finding error = new Finding(Check.BROKEN_RULE, Place.of("desk.xlsx"), "an error", "");
    PolicyCheck check =
        (workbook, rules) ->
            workbook.policy().rows().get(0).effect().code().equals("prohibit")
                ? List.of(warning)
                : List.of(error);
    try (PolicyRepository repository = open(List.of(check))) {
      assertThat(repository.current().file("desk").orElseThrow().warnings())
          .containsExactly(warning);
      assertThat(
              repository.publish(
                  "desk", SmallFolder.policy("desk", "允许"), new Whatever(), "li", ""))
          .isEqualTo(new NotClean(List.of(error)));
    }
  }

  @Test
  void aCheckThatFailsIsAFindingNotACrash() {
    PolicyCheck check =
        (workbook, rules) -> {
          if (workbook.policy().rows().get(0).effect().code().equals("allow")) {
            throw new IllegalStateException("broken check");
          }
          return List.of();
        };
    try (PolicyRepository repository = open(List.of(check))) {
      Publication result =
          repository.publish("desk", SmallFolder.policy("desk", "允许"), new Whatever(), "li", "");
      assertThat(((NotClean) result).findings())
          .extracting(Finding::toString)
          .containsExactly(
              "desk.xlsx: error broken-rule: the rules of the workbook could not be tried"
                  + " (the log says why)");
    }
  }

  @Test
  void ofTwoWhoEditTheSameVersionOneIsFirst() throws Exception {
    try (PolicyRepository repository = open()) {
      Precondition seen = new Replaces(Set.of(version(repository)));
      List<Callable<Publication>> editors = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        byte[] edited = SmallFolder.policy("desk", "复制", "允许", "第" + i + "稿");
        editors.add(() -> repository.publish("desk", edited, seen, "li", ""));
      }
      ExecutorService threads = Executors.newFixedThreadPool(editors.size());
      try {
        List<Publication> results = new ArrayList<>();
        for (Future<Publication> result : threads.invokeAll(editors)) {
          results.add(result.get());
        }
        assertThat(results).filteredOn(Published.class::isInstance).hasSize(1);
        assertThat(results)
            .filteredOn(VersionMoved.class::isInstance)
            .hasSize(5)
            .containsOnly(new VersionMoved(Optional.of(version(repository))));
      } finally {
        threads.shutdownNow();
      }
      assertThat(repository.versions("desk")).hasSize(2);
    }
  }

  @Test
  void anExampleThatFailsKeepsTheWorkbookOutOfForce() throws IOException {
    folder.withShippedRules();
    Map<String, List<List<String>>> sheets = new HashMap<>(SmallFolder.sheets("desk", "允许"));
    sheets.put("用例", List.of(List.of("编号", "问题", "行为", "预期结论"), List.of("1", "可以复制吗", "复制", "禁止")));
    try (PolicyRepository repository = open()) {
      Publication result =
          repository.publish("desk", SmallFolder.workbook(sheets), new Whatever(), "li", "");
      assertThat(((NotClean) result).findings())
          .extracting(Finding::toString)
          .containsExactly(
              "desk.xlsx!用例!D2: error failing-example: example 1 expects 预期结论 禁止 but the rules give 允许"
                  + " (correct the rows or the expectation)");
      assertThat(outcome(repository)).isEqualTo("prohibit");
    }
  }
}
