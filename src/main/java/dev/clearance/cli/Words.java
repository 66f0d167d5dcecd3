package dev.clearance.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a command line: names of files, and options with a value each. */
final class Words {

  private final List<String> files = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();

  private Words() {}

  /**
   * Reads the words after the command.
   *
   * @param command its name
   * @param known the options of the command, such as {@code --format}
   */
  static Words of(String command, List<String> words, Set<String> known) {
    Words read = new Words();
    boolean onlyFiles = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (onlyFiles || !word.startsWith("-") || word.equals("-")) {
        read.files.add(word);
        continue;
      }
      if (word.equals("--")) {
        onlyFiles = true;
        continue;
      }
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      if (!known.contains(option)) {
        throw new UsageError(command + " has no option " + option);
      }
      if (equals < 0 && i + 1 == words.size()) {
        throw new UsageError("the option " + option + " needs a value");
      }
      String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
      if (read.options.put(option, value) != null) {
        throw new UsageError("the option " + option + " is given twice");
      }
    }
    return read;
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  List<String> files(int count, String what) {
    if (files.size() != count) {
      throw new UsageError("name " + what);
    }
    return files;
  }
}
