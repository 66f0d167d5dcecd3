package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clearance.finding.Checked;
import dev.clearance.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
