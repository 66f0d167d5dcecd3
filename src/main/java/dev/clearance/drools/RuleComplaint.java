package dev.clearance.drools;

import dev.clearance.source.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the compiler of rules says, in its words.
 *
 * @param file empty when it does not say
 * @param line of the file; 0 or less when it does not say
 * @param code the line of generated code that it is about; empty when it is not about such
 */
record RuleComplaint(String file, int line, String code, String text) {

  /** Its sentences about a part of a rule, and ours; {@code $1} is that part. */
  private static final Map<Pattern, String> SENTENCES = new LinkedHashMap<>();

  private static final Pattern UNPARSED =
      Pattern.compile("\\(line (\\d+),\\s*col \\d+\\)\\s*Parse error\\. Found +(\\S+?),? .*");
  private static final Pattern PARSER = Pattern.compile("\\[ERR \\d+] Line -?\\d+:-?\\d+ ?(.*)");
  private static final Pattern GENERATED_NAME =
      Pattern.compile("( for the type | in the type )?\\b(Lambda[A-Za-z]*|Rules)[0-9A-F]{32}\\w*");

  static {
    sentence("Unable to find class: (\\S+)", "there is no type $1");
    sentence("Unable to parse left part of expression: (.*)", "$1 means nothing here");
    sentence("Unable to Analyse Expression (?:_this\\.)?(.*?):?", "$1 cannot be understood");
    sentence(
        "Method (\\w+) on class (?:\\w+\\.)*(\\w+) with arguments \\[(.*)] is missing",
        "$2 has no method $1($3)");
    sentence("(mismatched) input '(?:<eof>|)'(.*)", "the file ends too soon$2");
    sentence("(mismatched) input '(.*?)'(.*)", "\"$2\" is not expected here$3");
    sentence("(Duplicate) rule name: (.*)", "there is another rule \"$2\"");
  }

  private static void sentence(String theirs, String ours) {
    SENTENCES.put(Pattern.compile("^" + theirs + "$", Pattern.DOTALL), ours);
  }

  /** A part of a longer complaint that says nothing by itself. */
  boolean isMeaningless() {
    return text.equals("Parser returned a null Package");
  }

  /** It is about what rules are to each other: each may be right by itself. */
  boolean isOfSeveral() {
    return text.startsWith("Duplicate");
  }

  Place place(String allFiles) {
    return file.isEmpty() ? Place.of(allFiles) : Place.of(file).atRow(Math.max(line, 0));
  }

  /** The line of the file that it is about, where that is in the passage; 0 where it is not. */
  int lineIn(Passage passage) {
    if (!file.isEmpty() && !file.equals(passage.file())) {
      return 0;
    }
    Matcher unparsed = UNPARSED.matcher(firstLine());
    if (unparsed.find() && passage.consequence() > 0) {
      return passage.consequence() + Integer.parseInt(unparsed.group(1)) - 1;
    }
    int found = passage.lineOf(code);
    for (Pattern theirs : SENTENCES.keySet()) {
      Matcher matcher = theirs.matcher(firstLine());
      if (found == 0 && matcher.matches()) {
        found = passage.lineOf(matcher.group(1));
      }
    }
    if (found == 0) {
      found = passage.lineOf(code.replaceFirst(";\\s*$", ""));
    }
    return found > 0 || passage.rule().isEmpty() ? Math.max(found, line) : passage.line();
  }

  private String firstLine() {
    return text.strip().lines().findFirst().orElse("");
  }

  /** One sentence that names nothing generated. */
  String sentence() {
    Matcher parser = PARSER.matcher(firstLine());
    String said = parser.matches() ? parser.group(1) : firstLine();
    for (Map.Entry<Pattern, String> sentence : SENTENCES.entrySet()) {
      Matcher matcher = sentence.getKey().matcher(said);
      if (matcher.matches()) {
        return matcher.replaceFirst(sentence.getValue()).replaceAll("class (\\w+\\.)*", "");
      }
    }
    Matcher unparsed = UNPARSED.matcher(said);
    return unparsed.find()
        ? "the consequence cannot be read at " + unparsed.group(2)
        : GENERATED_NAME.matcher(said).replaceAll("");
  }
}
