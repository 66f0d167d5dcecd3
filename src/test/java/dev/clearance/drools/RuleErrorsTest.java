package dev.clearance.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clearance.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code golden/broken-rules.txt} shows files that do not compile and what their author reads.
 * {@code -Dgolden=update} writes what is found into it.
 */
class RuleErrorsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/broken-rules.txt");
  private static final String FOUND = "-- found\n";
  private static final String GOOD =
      """
      package clearance.rules;
      import dev.clearance.drools.Act;
      rule "A good one" when $act : Act() then $act.isFree(); end
      """;

  @TestFactory
  List<DynamicTest> whatIsWrongIsSaidAtItsFileAndLine() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String part : Files.readString(GOLDEN).split("(?m)^## ")) {
      if (!part.isBlank()) {
        String[] head = part.split("\n", 2);
        String[] body = head[1].split(FOUND, 2);
        tests.add(DynamicTest.dynamicTest(head[0], () -> check(body[0], body[1])));
      }
    }
    return tests;
  }

  private static void check(String rules, String expected) throws IOException {
    String found = String.join("\n", found(rules)) + "\n\n";
    if ("update".equals(System.getProperty("golden"))) {
      String all = Files.readString(GOLDEN);
      Files.writeString(GOLDEN, all.replace(rules + FOUND + expected, rules + FOUND + found));
      return;
    }
    assertEquals(expected.strip(), found.strip());
  }

  private static List<String> found(String rules) {
    Map<String, String> files = new TreeMap<>(Map.of("good.drl", GOOD));
    String[] several = rules.split("-- b.drl\n");
    files.put("a.drl", several[0]);
    if (several.length > 1) {
      files.put("b.drl", several[1]);
    }
    return RuleCompiler.of(files).findings().stream().map(Finding::toString).toList();
  }

  @Test
  void linesCountAlikeHoweverTheyEnd() {
    String rules = GOOD + "\nrule \"A\"\nwhen\n  $act : Act()\nthen\n  $act.isFre();\nend\n";
    assertThat(found(rules.replace("good", "bad")))
        .isEqualTo(found(rules.replace("good", "bad").replace("\n", "\r\n")))
        .containsExactly(
            "a.drl:9: error broken-rule: in the rule \"A\": The method isFre() is undefined for the"
                + " type Act");
  }
}
