package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clearance.analysis.Analysis;
import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyCheck;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import dev.clearance.source.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Mistakes as authors make them, sown into copies of the shipped workbooks, one at a time. Below
 * each stands all that is reported because of it, at the cell by the names of its row and column;
 * {@code = reads the same} where it is no mistake. {@code -Dgolden=update} writes what is found.
 */
class SownDefectsTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/defects");
  private static final Path TABLES = Path.of("decision-tables");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String SAME = "= reads the same";
  private static final String OTHERWISE = "= reads otherwise";

  private static final Pattern CODE = Pattern.compile("(?m)(?:error|warning) ([a-z-]+)(?::|$)");
  private static final Pattern ADDRESS = Pattern.compile("(许可|定密|释义|处分)!([A-Z]*)(\\d+)");

  /**
   * These need the rows to be held against each other, which takes long. What each check of that
   * kind says has tests of its own; here only what is found, and where, counts.
   */
  private static final String OF_MEANING = "meaning.txt";

  /**
   * One defect.
   *
   * @param at workbook, sheet, row and column, as far as it is about one
   */
  private record Defect(Path file, String recipe, List<String> at, String verb, String what) {

    static Defect of(Path file, String recipe) {
      int colon = recipe.indexOf(": ");
      String[] words = recipe.substring(colon + 2).split(" ", 2);
      return new Defect(
          file,
          recipe,
          List.of(recipe.substring(0, colon).split(" ")),
          words[0],
          words.length == 1 ? "" : words[1]);
    }

    String workbook() {
      return at.get(0) + ".xlsx";
    }

    Place cell(SownCopy copy) {
      return copy.cell(at.get(1), at.get(2), at.get(3));
    }

    boolean ofMeaning() {
      return file.endsWith(OF_MEANING);
    }

    byte[] sow(SownCopy copy) throws IOException {
      String[] halves = what.split(" → ", 2);
      switch (verb) {
        case "write" -> copy.write(cell(copy), halves[0], halves[1]);
        case "clear" -> copy.clear(cell(copy));
        case "repeat" -> {
          String[] times = what.split(" ", 2);
          copy.fill(cell(copy), times[1].repeat(Integer.parseInt(times[0])));
        }
        case "type" -> copy.type(cell(copy), what.split(" ", 2)[0], what.split(" ", 2)[1]);
        case "merge" -> {
          String[] size = what.split("x");
          copy.merge(cell(copy), Integer.parseInt(size[0]), Integer.parseInt(size[1]));
        }
        case "paste-row" -> copy.paste(at.get(1), at.get(2), changes());
        case "remove-row" -> copy.removeRow(at.get(1), at.get(2));
        case "hide-row" -> copy.hideRow(at.get(1), at.get(2));
        case "hide-column" -> copy.hideColumn(at.get(1), at.get(3));
        case "remove-column" -> copy.removeColumn(at.get(1), at.get(3));
        case "rename-sheet" -> copy.renameSheet(at.get(1), what);
        case "hide-sheet" -> copy.hideSheet(at.get(1));
        case "remove-sheet" -> copy.removeSheet(at.get(1));
        case "add-sheet" -> copy.addSheet(at.get(1), what);
        case "add-part" -> copy.addPart(what);
        case "add-part-again" -> copy.addPartTwice(what);
        case "in-part" -> {
          String[] part = halves[0].split(" ", 2);
          copy.replace(part[0], part[1], halves[1]);
        }
        case "cut-off" -> {
          return Arrays.copyOf(copy.bytes(), Integer.parseInt(what));
        }
        case "bytes" -> {
          byte[] bytes = new byte[what.length() / 2];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(what.substring(2 * i, 2 * i + 2), 16);
          }
          return bytes;
        }
        default -> throw new IllegalArgumentException(recipe);
      }
      return copy.bytes();
    }

    private Map<String, String> changes() {
      Map<String, String> changes = new LinkedHashMap<>();
      for (String change : what.isEmpty() ? new String[0] : what.split("; ")) {
        changes.put(change.split("=", 2)[0], change.split("=", 2)[1]);
      }
      return changes;
    }
  }

  private static Map<Defect, String> defects() throws IOException {
    Map<Defect, String> defects = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        for (String part : Files.readString(file).split("(?m)^## ")) {
          if (!part.isBlank()) {
            String recipe = part.lines().findFirst().orElse("");
            defects.put(Defect.of(file, recipe), part.substring(recipe.length()).strip());
          }
        }
      }
    }
    return defects;
  }

  private static Release release(List<PolicyCheck> checks) {
    Checked<Release> read =
        RulesFolder.withoutPolicies(TABLES.resolve("vocabulary.xlsx"), Path.of("rules"), checks);
    return read.value().orElseThrow(() -> new AssertionError(read.findings()));
  }

  private static final Release READING = release(List.of());
  private static final Release MEANING =
      release(List.of((workbook, rules) -> Analysis.of(workbook.policy(), rules.rules())));

  private static final Map<String, SownCopy> COPIES = new ConcurrentHashMap<>();
  private static final Map<String, Seen> CLEAN = new ConcurrentHashMap<>();

  /** What is reported, and what the workbook says when nothing is wrong. */
  private record Seen(List<Finding> findings, String transcript) {

    static Seen of(String name, byte[] bytes, boolean ofMeaning) {
      if (name.equals("vocabulary.xlsx")) {
        return new Seen(VocabularyReader.read(name, bytes).findings(), "");
      }
      Checked<PolicyFile> checked = (ofMeaning ? MEANING : READING).check(name, bytes, TODAY);
      String transcript = checked.value().map(file -> Transcript.of(file.workbook())).orElse("");
      return new Seen(checked.findings(), transcript);
    }
  }

  private static SownCopy copy(String workbook) {
    return COPIES
        .computeIfAbsent(
            workbook,
            name -> {
              try {
                return new SownCopy(name, Files.readAllBytes(TABLES.resolve(name)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .copy();
  }

  private static Seen clean(Defect defect) {
    return CLEAN.computeIfAbsent(
        defect.workbook() + defect.ofMeaning(),
        any -> {
          try {
            return Seen.of(defect.workbook(), copy(defect.workbook()).bytes(), defect.ofMeaning());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String found(Defect defect) throws IOException {
    SownCopy copy = copy(defect.workbook());
    Seen clean = clean(defect);
    Seen sown = Seen.of(defect.workbook(), defect.sow(copy), defect.ofMeaning());
    Set<Finding> before = new HashSet<>(clean.findings());
    List<String> lines = new ArrayList<>();
    for (Finding finding : sown.findings()) {
      if (!before.contains(finding)) {
        Place named = Place.of(copy.named(finding.place()));
        String message = named(finding.message(), copy);
        Finding unplaced = new Finding(finding.check(), named, message, finding.hint());
        String line = unplaced.toString();
        String code = finding.check().code();
        lines.add(
            defect.ofMeaning() ? line.substring(0, line.indexOf(code) + code.length()) : line);
      }
    }
    if (lines.isEmpty()) {
      lines.add(sown.transcript().equals(clean.transcript()) ? SAME : OTHERWISE);
    }
    return lines.stream().distinct().collect(Collectors.joining("\n"));
  }

  /** Messages name other cells as 许可!C7. */
  private static String named(String message, SownCopy copy) {
    return ADDRESS
        .matcher(message)
        .replaceAll(
            found -> {
              Place row =
                  Place.of("").inSheet(found.group(1)).atRow(Integer.parseInt(found.group(3)));
              String letters = found.group(2);
              int column =
                  letters.isEmpty() ? 0 : CellReference.convertColStringToIndex(letters) + 1;
              return Matcher.quoteReplacement(copy.named(row.atColumn(column)));
            });
  }

  @TestFactory
  Stream<DynamicTest> everyDefectIsReportedWhereItIs() throws IOException {
    boolean update = "update".equals(System.getProperty("golden"));
    return defects().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().recipe(),
                    () -> {
                      Defect defect = entry.getKey();
                      String found = found(defect);
                      if (update) {
                        String all = Files.readString(defect.file());
                        String before = "## " + defect.recipe() + "\n";
                        Files.writeString(
                            defect.file(),
                            all.replace(before + entry.getValue() + "\n", before + found + "\n"));
                        return;
                      }
                      assertEquals(entry.getValue(), found);
                      assertIsAtItsCell(defect, found);
                    }));
  }

  /**
   * The golden text is what is found; this holds it against what the recipe says. What a row means
   * shows elsewhere: in the examples, and in other rows.
   */
  private static void assertIsAtItsCell(Defect defect, String found) {
    boolean elsewhere = defect.file().endsWith("examples.txt") || defect.ofMeaning();
    if (found.equals(SAME)
        || elsewhere
        || !Set.of("write", "clear", "type").contains(defect.verb())) {
      return;
    }
    String row = defect.at().get(1) + " " + defect.at().get(2);
    assertTrue(
        found.lines().anyMatch(line -> line.startsWith(row + " ") || line.startsWith(row + ":")),
        "nothing is reported at " + row);
  }

  @Test
  void thereAreTwoHundredOfAllKindsInAllWorkbooks() throws IOException {
    Map<Defect, String> defects = defects();
    long reported = defects.values().stream().filter(found -> !found.equals(SAME)).count();
    assertTrue(reported >= 200, reported + " defects");

    Set<String> missing = new TreeSet<>();
    // Rules are no workbook, and an obligation is unused by all workbooks together.
    for (Check check :
        EnumSet.complementOf(EnumSet.of(Check.BROKEN_RULE, Check.UNUSED_OBLIGATION))) {
      if (defects.values().stream()
          .noneMatch(
              found ->
                  CODE.matcher(found).results().anyMatch(it -> it.group(1).equals(check.code())))) {
        missing.add(check.code());
      }
    }
    assertEquals(Set.of(), missing);

    Set<String> workbooks = new TreeSet<>();
    defects.keySet().forEach(defect -> workbooks.add(defect.workbook()));
    Set<String> shipped = new TreeSet<>(Set.of("vocabulary.xlsx"));
    ShippedWorkbooksTest.policies().forEach(path -> shipped.add(path.getFileName().toString()));
    assertEquals(shipped, workbooks);
  }
}
