package dev.clearance.soak;

import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.Release;
import dev.clearance.repository.RulesFolder;
import dev.clearance.web.RightAnswers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The rules that will be in force by turns, and what each of them must answer to each request. Some
 * policies come in two texts, and all of them on two sets of rules.
 */
final class Variants {

  static final List<String> EDITED = List.of("housing-centre", "vendor-pledge", "coal-mine");

  /** What makes another set of the rules. */
  static final String OTHER = "// Another set.\n";

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  private final List<Request> requests = new ArrayList<>();
  private final Map<String, byte[]> original = new HashMap<>();
  private final Map<String, byte[]> edited = new HashMap<>();

  /** By set of rules, by text. */
  private final List<List<Text>> texts = new ArrayList<>();

  record Request(String json, String policy) {}

  private record Text(Map<String, String> versions, List<byte[]> answers) {}

  /** What is in force at one moment: which set of rules, and which policies are the edited ones. */
  record State(int rules, Set<String> edited) {}

  /**
   * @param tables a copy that may be written to
   * @param rules likewise
   */
  Variants(Path tables, Path rules, Path requestLines) throws IOException {
    for (String line : Files.readAllLines(requestLines)) {
      String json = "{\"asOf\":\"" + DAY + "\"," + line.substring(1);
      String policy = line.substring(line.indexOf("[\"") + 2, line.indexOf("\"]"));
      requests.add(new Request(json, policy));
    }
    for (String id : EDITED) {
      byte[] bytes = Files.readAllBytes(tables.resolve(id + ".xlsx"));
      original.put(id, bytes);
      edited.put(id, edit(bytes));
    }
    byte[] first = Files.readAllBytes(otherRules(rules));
    for (int set = 0; set < 2; set++) {
      List<Text> both = new ArrayList<>();
      for (Map<String, byte[]> text : List.of(original, edited)) {
        for (String id : EDITED) {
          Files.write(tables.resolve(id + ".xlsx"), text.get(id));
        }
        both.add(read(tables, rules));
      }
      texts.add(both);
      if (set == 0) {
        Files.writeString(otherRules(rules), OTHER, StandardOpenOption.APPEND);
      }
    }
    for (String id : EDITED) {
      Files.write(tables.resolve(id + ".xlsx"), original.get(id));
    }
    Files.write(otherRules(rules), first);
  }

  static Path otherRules(Path rules) throws IOException {
    try (Stream<Path> files = Files.list(rules)) {
      return files.filter(file -> file.toString().endsWith(".drl")).sorted().findFirst().orElseThrow();
    }
  }

  private Text read(Path tables, Path rules) {
    Release release = new RulesFolder(tables, rules).load(List.of(), DAY).value().orElseThrow();
    Map<String, String> versions = new TreeMap<>();
    for (PolicyFile file : release.files()) {
      versions.put(file.policyId(), file.version());
    }
    RightAnswers right = new RightAnswers(release.point(), DAY);
    return new Text(versions, requests.stream().map(request -> right.to(request.json())).toList());
  }

  /** The workbook with other summaries, which every answer that cites a row repeats. */
  private static byte[] edit(byte[] bytes) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
      Sheet sheet = workbook.getSheet("许可");
      for (Row row : sheet) {
        for (Cell cell : row) {
          String header = sheet.getRow(0).getCell(cell.getColumnIndex()).getStringCellValue();
          if (row.getRowNum() > 0 && header.equals("Summary")) {
            cell.setCellValue(cell.getStringCellValue() + " (amended)");
          }
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      workbook.write(out);
      return out.toByteArray();
    }
  }

  List<Request> requests() {
    return requests;
  }

  byte[] workbook(State state, String policy) {
    return state.edited().contains(policy) ? edited.get(policy) : original.get(policy);
  }

  String version(State state, String policy) {
    return text(state, policy).versions().get(policy);
  }

  byte[] answer(State state, int request) {
    return text(state, requests.get(request).policy()).answers().get(request);
  }

  private Text text(State state, String policy) {
    return texts.get(state.rules()).get(state.edited().contains(policy) ? 1 : 0);
  }
}
