package dev.clearance.drools;

import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.source.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.Message;

/**
 * What is wrong with {@code .drl} files, at the file and the line. The compiler says most of it of
 * Java code that it has generated, so the rules that it does not take are found by compiling them
 * without the others.
 */
final class RuleErrors {

  private static final String EXTENSION = ".drl";
  private static final String GENERATED = "Java source of ";

  private final Map<String, String> files;
  private final Function<Map<String, String>, KieBuilder> builder;
  private final TreeSet<Finding> findings = new TreeSet<>();

  private RuleErrors(Map<String, String> files, Function<Map<String, String>, KieBuilder> builder) {
    this.files = new TreeMap<>(files);
    this.builder = builder;
  }

  /** Compiles; when that fails, {@link #of} says why. */
  static boolean builds(KieBuilder builder) {
    return complaints(builder).isEmpty();
  }

  /**
   * What is wrong with files that do not compile.
   *
   * @param files file name to text
   * @param builder of such files, before it builds
   */
  static List<Finding> of(
      Map<String, String> files, Function<Map<String, String>, KieBuilder> builder) {
    RuleErrors errors = new RuleErrors(files, builder);
    errors.find();
    return List.copyOf(errors.findings);
  }

  private void find() {
    List<Passage> rules = parse();
    if (!findings.isEmpty()) {
      return;
    }
    List<Passage> whole = new ArrayList<>();
    files.forEach((file, text) -> whole.add(Passage.ofFile(file, text)));
    // Imports, functions and the like.
    complaints(builder.apply(without(rules))).forEach(complaint -> add(complaint, whole));
    if (!findings.isEmpty()) {
      return;
    }
    isolate(rules, rules);
    for (RuleComplaint complaint : complaints(builder.apply(files))) {
      if (complaint.isOfSeveral() || findings.isEmpty()) {
        add(complaint, whole);
      }
    }
  }

  /** The rules of all files; what cannot be read as rules is found. */
  private List<Passage> parse() {
    List<Passage> rules = new ArrayList<>();
    files.forEach(
        (file, text) -> {
          DrlParser parser = new DrlParser();
          try {
            PackageDescr parsed = parser.parse(false, new StringReader(text));
            for (DroolsError error : parser.getErrors()) {
              int line = error.getLines().length == 0 ? 0 : error.getLines()[0];
              add(new RuleComplaint(file, line, "", error.getMessage()), List.of());
            }
            if (parsed != null && !parser.hasErrors()) {
              for (RuleDescr rule : parsed.getRules()) {
                rules.add(Passage.ofRule(file, text, rule));
              }
            }
          } catch (DroolsParserException unreadable) {
            add(new RuleComplaint(file, 0, "", String.valueOf(unreadable.getMessage())), List.of());
          }
        });
    return rules;
  }

  /** Halves the rules until those are left that do not compile by themselves. */
  private void isolate(List<Passage> some, List<Passage> all) {
    List<Passage> others = new ArrayList<>(all);
    others.removeAll(some);
    List<RuleComplaint> complaints = complaints(builder.apply(without(others)));
    if (complaints.isEmpty()) {
      return;
    }
    if (some.size() == 1) {
      complaints.forEach(complaint -> add(complaint, some));
      return;
    }
    int half = some.size() / 2;
    isolate(some.subList(0, half), all);
    isolate(some.subList(half, some.size()), all);
  }

  /** Rules are blanked out, so that every line keeps its number. */
  private Map<String, String> without(List<Passage> rules) {
    Map<String, String> rest = new TreeMap<>(files);
    rules.forEach(rule -> rest.computeIfPresent(rule.file(), (file, text) -> rule.blankIn(text)));
    return rest;
  }

  private void add(RuleComplaint complaint, List<Passage> candidates) {
    if (complaint.isMeaningless()) {
      return;
    }
    Place place = complaint.place(String.join(", ", files.keySet()));
    String message = complaint.sentence();
    for (Passage passage : candidates) {
      int line = complaint.lineIn(passage);
      if (line > 0) {
        place = Place.of(passage.file()).atRow(line);
        message = passage.inWords() + message;
        break;
      }
    }
    findings.add(new Finding(Check.BROKEN_RULE, place, message, ""));
  }

  private static List<RuleComplaint> complaints(KieBuilder builder) {
    try {
      builder.buildAll(ExecutableModelProject.class);
    } catch (RuntimeException | StackOverflowError refused) {
      return List.of(
          new RuleComplaint("", 0, "", "the compiler gives up, " + refused.getMessage()));
    }
    List<Message> messages = builder.getResults().getMessages(Message.Level.ERROR);
    Map<String, String> generated = new HashMap<>();
    for (Message message : messages) {
      if (message.getText().startsWith(GENERATED)) {
        generated.put(message.getPath(), message.getText().replaceFirst(".*\n", ""));
      }
    }
    List<RuleComplaint> complaints = new ArrayList<>();
    for (Message message : messages) {
      String path = String.valueOf(message.getPath());
      if (path.endsWith(EXTENSION)) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        complaints.add(new RuleComplaint(file, message.getLine(), "", message.getText()));
      } else if (!message.getText().startsWith(GENERATED)) {
        String code = line(generated.getOrDefault(path, ""), message.getLine());
        complaints.add(new RuleComplaint("", 0, code, message.getText()));
      }
    }
    return complaints;
  }

  private static String line(String text, int number) {
    return text.lines().skip(Math.max(number - 1, 0)).findFirst().orElse("");
  }
}
