package dev.clearance.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.clearance.security.KeyCommand;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** {@code java -jar clearance.jar check …} and its like; they run without the service. */
public final class Commands {

  /** Nothing is wrong, or nothing differs. */
  static final int CLEAN = 0;

  /** There are errors, or differences. */
  static final int FOUND = 1;

  /** The command could not be carried out. */
  static final int FAILED = 2;

  private static final String LANGUAGE = "--lang";
  private static final Set<String> HELP = Set.of("--help", "-h", "help");

  private final List<Command> commands =
      List.of(new CheckCommand(), new AnnotateCommand(), new DiffCommand(), new ExamplesCommand());

  /** Whether these words ask for a command; if not, they are for the service. */
  public static boolean isCommand(String... arguments) {
    return arguments.length > 0 && (!arguments[0].startsWith("-") || HELP.contains(arguments[0]));
  }

  /** Runs a command on the streams of the process. */
  public int run(String... arguments) {
    return run(arguments, readable(System.out), readable(System.err));
  }

  /**
   * Runs a command.
   *
   * @return the exit status: 0 when all is clean, 1 when something was found, 2 when it failed
   */
  public int run(String[] arguments, PrintStream out, PrintStream err) {
    quiet();
    List<String> words = List.of(arguments);
    if (!words.isEmpty() && words.get(0).equals(KeyCommand.NAME)) {
      return new KeyCommand(Clock.systemDefaultZone())
          .run(words.subList(1, words.size()), out, err);
    }
    if (words.isEmpty() || words.stream().anyMatch(HELP::contains)) {
      out.print(help());
      out.flush();
      return CLEAN;
    }
    try {
      Command command = command(words.get(0));
      Set<String> options = new HashSet<>(command.options());
      options.add(LANGUAGE);
      return command.run(
          Words.of(command.name(), words.subList(1, words.size()), options), new Console(out, err));
    } catch (UsageError error) {
      err.println(error.getMessage());
      err.println("clearance --help says how commands are written");
      return FAILED;
    } catch (UncheckedIOException failure) {
      err.println(failure.getMessage());
      return FAILED;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private Command command(String name) {
    Optional<Command> command =
        commands.stream().filter(one -> one.name().equals(name)).findFirst();
    return command.orElseThrow(
        () ->
            new UsageError(
                "there is no command "
                    + name
                    + ", only "
                    + commands.stream().map(Command::name).collect(Collectors.joining(", "))
                    + ", "
                    + KeyCommand.NAME));
  }

  private String help() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        java -jar clearance.jar                starts the service
        java -jar clearance.jar <command> …    runs a command

        """);
    commands.forEach(command -> text.append(command.help()).append('\n'));
    text.append(
        """
        key create|list|revoke …
          makes, lists and withdraws the keys by which callers are known

        Options
          --format text|json   how it is told; text unless said otherwise
          --lang en|zh         in English, or in Chinese
          --vocabulary <file>  unless it is the vocabulary.xlsx beside the workbook
          --rules <folder>     unless it is the folder rules beside that of the workbook, or here

        Exit status: 0 nothing found, 1 errors or differences found, 2 the command failed
        """);
    return text.toString();
  }

  /** What the service would log is said by the command itself. */
  private static void quiet() {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.OFF);
    }
  }

  /** Findings are partly Chinese; a stream that cannot write Chinese gets UTF-8. */
  private static PrintStream readable(PrintStream stream) {
    Charset charset = Charset.defaultCharset();
    return charset.newEncoder().canEncode('制')
        ? stream
        : new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
