package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clearance.finding.Checked;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Wording;
import dev.clearance.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The workbooks that the service starts with. */
class ShippedWorkbooksTest {

  private static final Path FOLDER = Path.of("decision-tables");

  @Test
  void theVocabularyReadsClean() throws IOException {
    assertEquals(List.of(), vocabulary().findings());
  }

  @TestFactory
  Stream<DynamicTest> everyPolicyReadsClean() throws IOException {
    Vocabulary vocabulary = vocabulary().value().orElseThrow();
    PolicyReader reader = new PolicyReader(vocabulary);
    List<Path> policies = policies();
    assertTrue(policies.size() >= 20, "twenty policies, found " + policies);
    return policies.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      Checked<PolicyWorkbook> read =
                          reader.read(file.getFileName().toString(), Files.readAllBytes(file));
                      assertEquals(List.of(), read.findings());
                    }));
  }

  @Test
  void theWordingOfEveryConditionReadsBackAsTheSameCondition() throws IOException {
    Vocabulary vocabulary = vocabulary().value().orElseThrow();
    PolicyReader reader = new PolicyReader(vocabulary);
    for (Path file : policies()) {
      String name = file.getFileName().toString();
      Policy policy = reader.read(name, Files.readAllBytes(file)).value().orElseThrow().policy();
      Conditions conditions = new Conditions(new ClauseNames(policy.id(), policy.clauses()));
      for (Row row : policy.rows()) {
        Spot spot = new Spot(new Findings(), row.place(), "");
        for (Condition condition : row.when()) {
          String wording = Wording.of(condition.attribute(), condition.test());
          assertEquals(
              Optional.of(condition.test()),
              conditions.read(condition.attribute(), wording, spot),
              row.place() + " " + wording);
        }
      }
    }
  }

  static Checked<Vocabulary> vocabulary() throws IOException {
    return VocabularyReader.read(
        "vocabulary.xlsx", Files.readAllBytes(FOLDER.resolve("vocabulary.xlsx")));
  }

  static List<Path> policies() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".xlsx"))
          .filter(file -> !file.endsWith("vocabulary.xlsx"))
          .sorted()
          .toList();
    }
  }
}
