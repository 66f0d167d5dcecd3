package dev.clearance.security;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command {@code key}: makes keys, lists them, withdraws them. */
public final class KeyCommand {

  public static final String NAME = "key";

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private static final String USAGE =
      """
      key create --role decide[,editor][,reviewer] [--expires 2027-01-01] [--note text] [--file clearance.keys]
      key list   [--file clearance.keys]
      key revoke <id> [--file clearance.keys]
      """;

  private final Clock clock;

  public KeyCommand(Clock clock) {
    this.clock = clock;
  }

  /** What was asked for cannot be understood. */
  private static final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
      super(message);
    }
  }

  /**
   * @param arguments those after {@code key}
   * @return the status with which the process ends
   */
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      String verb = arguments.isEmpty() ? "" : arguments.get(0);
      List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
      switch (verb) {
        case "create" -> create(Options.of(rest), out, err);
        case "list" -> list(Options.of(rest), out);
        case "revoke" -> revoke(Options.of(rest), err);
        default -> throw new Misuse("say what to do with keys");
      }
      return DONE;
    } catch (Misuse | IllegalArgumentException misuse) {
      err.println(misuse.getMessage());
      err.print(USAGE);
      return MISUSED;
    } catch (IOException | KeyFile.Unreadable failure) {
      err.println(failure.getMessage());
      return FAILED;
    }
  }

  private void create(Options options, PrintStream out, PrintStream err) throws IOException {
    if (!options.words().isEmpty()) {
      throw new Misuse("nothing is known of " + options.words().get(0));
    }
    Set<Role> roles =
        ApiKey.roles(options.get("role").orElseThrow(() -> new Misuse("a key needs --role")));
    Instant now = clock.instant();
    Optional<Instant> expires =
        options.get("expires").map(text -> ApiKey.instant(text, clock.getZone()));
    if (expires.isPresent() && !expires.get().isAfter(now)) {
      throw new Misuse("the key would have expired already");
    }
    ApiKey.Issued issued = ApiKey.issue(roles, now, expires, options.get("note").orElse(""));
    Path file = options.file();
    append(file, issued.key());
    out.println(issued.text());
    err.println(
        "Key " + issued.key().id() + " was added to " + file + ". It is shown only this once.");
  }

  private void append(Path file, ApiKey key) throws IOException {
    if (Files.notExists(file)) {
      createForOwnerOnly(file);
      Files.writeString(file, KeyFile.HEADING);
    }
    KeyFile.read(file, clock.getZone());
    byte[] before = Files.readAllBytes(file);
    boolean ended = before.length == 0 || before[before.length - 1] == '\n';
    Files.writeString(file, (ended ? "" : "\n") + key.line() + "\n", StandardOpenOption.APPEND);
  }

  private static void createForOwnerOnly(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  private void list(Options options, PrintStream out) {
    for (ApiKey key : KeyFile.read(options.file(), clock.getZone())) {
      out.printf(
          "%s %s created %s %s %s%n",
          key.id(),
          String.join(",", key.roles().stream().sorted().map(Role::code).toList()),
          key.created(),
          key.expires()
              .map(at -> (key.isUsable(clock.instant()) ? "expires " : "expired ") + at)
              .orElse("never expires"),
          key.note());
    }
  }

  private void revoke(Options options, PrintStream err) throws IOException {
    if (options.words().size() != 1) {
      throw new Misuse("say which key, by its id");
    }
    String id = options.words().get(0);
    Path file = options.file();
    List<String> left = new ArrayList<>();
    boolean found = false;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (line.strip().startsWith(id + " ")) {
        found = true;
      } else {
        left.add(line);
      }
    }
    if (!found) {
      throw new IOException(file + " holds no key " + id);
    }
    Files.write(file, left, StandardCharsets.UTF_8);
    err.println("Key " + id + " is withdrawn.");
  }

  private record Options(Map<String, String> values, List<String> words) {

    private static final Set<String> KNOWN = Set.of("role", "expires", "note", "file");

    static Options of(List<String> arguments) {
      Map<String, String> values = new HashMap<>();
      List<String> words = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (!argument.startsWith("--")) {
          words.add(argument);
          continue;
        }
        int equals = argument.indexOf('=');
        String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        if (!KNOWN.contains(name)) {
          throw new Misuse("there is no option --" + name);
        }
        if (equals < 0 && i + 1 == arguments.size()) {
          throw new Misuse("--" + name + " needs a value");
        }
        values.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
      }
      return new Options(values, words);
    }

    Optional<String> get(String name) {
      return Optional.ofNullable(values.get(name));
    }

    /** Where the service looks too, unless it is told otherwise. */
    Path file() {
      return Path.of(
          get("file")
              .or(() -> Optional.ofNullable(System.getenv("CLEARANCE_KEYS")))
              .orElse("clearance.keys"));
    }
  }
}
