package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file under {@code golden/findings} is named after a kind of finding and shows it in one or
 * more small workbooks: message, place and hint are what an author reads. The sheets 制度 and 条款 are
 * those of {@code golden/policy.txt} unless a case has its own ({@code :without SHEET} leaves one
 * out). {@code -Dgolden=update} writes what is found into the files.
 */
class GoldenFindingsTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/findings");
  private static final String FOUND = "-- found";

  /** These need the rows to be analysed, the examples to be run, or the rules to be loaded. */
  private static final Set<Check> OF_LATER_STAGES =
      EnumSet.of(
          Check.CONFLICT,
          Check.SHADOWED_ROW,
          Check.DUPLICATE_ROW,
          Check.GAP,
          Check.UNREACHABLE_SANCTION,
          Check.UNUSED_OBLIGATION,
          Check.FAILING_EXAMPLE,
          Check.ROW_WITHOUT_EXAMPLE,
          Check.BROKEN_RULE);

  @Test
  void everyKindOfFindingThatReadingGivesHasAGoldenCase() throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (Check check : EnumSet.complementOf(EnumSet.copyOf(OF_LATER_STAGES))) {
      kinds.add(check.code() + ".txt");
    }
    Set<String> files = new TreeSet<>();
    for (Path file : files()) {
      files.add(file.getFileName().toString());
    }
    assertEquals(kinds, files);
  }

  @TestFactory
  Stream<DynamicTest> everyGoldenWorkbookShowsItsFindings() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      for (Case one : cases(file)) {
        String name = file.getFileName() + ": " + one.title;
        tests.add(DynamicTest.dynamicTest(name, () -> one.check(file)));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyGoldenFileShowsTheKindItIsNamedAfter() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      String code = file.getFileName().toString().replace(".txt", "");
                      for (Case one : cases(file)) {
                        assertEquals(
                            true,
                            one.findings().stream().anyMatch(it -> it.check().code().equals(code)),
                            one.title);
                      }
                    }));
  }

  @Test
  void theWorkbookThatTheCasesBuildOnIsClean() {
    assertEquals(List.of(), new Case("base", "", "").findings());
  }

  private record Case(String title, String sheets, String found) {

    List<Finding> findings() {
      boolean vocabulary = sheets.contains("== 属性") || sheets.contains("== 词条");
      if (vocabulary) {
        return VocabularyReader.read("vocabulary.xlsx", TextWorkbook.xlsx(sheets)).findings();
      }
      StringBuilder text = new StringBuilder();
      for (String sheet : TextWorkbook.resource("/golden/policy.txt").split("(?m)^(?=== )")) {
        String name = sheet.lines().findFirst().orElse("").replace("== ", "");
        boolean without = sheets.contains(":without " + name + "\n");
        if (!without && !sheets.contains("== " + name + "\n")) {
          text.append(sheet);
        }
      }
      text.append(sheets.replaceAll("(?m)^:without .*\n", ""));
      Checked<PolicyWorkbook> read =
          new PolicyReader(TextWorkbook.vocabulary())
              .read("demo.xlsx", TextWorkbook.xlsx(text.toString()));
      return read.findings();
    }

    void check(Path file) throws IOException {
      StringBuilder actual = new StringBuilder();
      findings().forEach(finding -> actual.append(finding).append('\n'));
      if ("update".equals(System.getProperty("golden"))) {
        String all = Files.readString(file);
        String before = "## " + title + "\n" + sheets + FOUND + "\n";
        Files.writeString(file, all.replace(before + found, before + actual));
        return;
      }
      assertEquals(found.strip(), actual.toString().strip());
    }
  }

  private static List<Case> cases(Path file) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String part : Files.readString(file).split("(?m)^## ")) {
      if (part.isBlank()) {
        continue;
      }
      String title = part.lines().findFirst().orElse("");
      String rest = part.substring(title.length() + 1);
      int at = rest.indexOf(FOUND);
      cases.add(new Case(title, rest.substring(0, at), rest.substring(at + FOUND.length() + 1)));
    }
    return cases;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }
}
