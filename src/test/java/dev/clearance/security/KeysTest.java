package dev.clearance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from the command that makes them to the file that lets them in. */
class KeysTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--file");
    all.add(file().toString());
    return new KeyCommand(CLOCK).run(all, new PrintStream(out), new PrintStream(err));
  }

  private Path file() {
    return folder.resolve("clearance.keys");
  }

  private String printed() {
    String text = out.toString(StandardCharsets.UTF_8).strip();
    out.reset();
    return text;
  }

  private static Optional<Set<Role>> roles(KeyFile keys, String text) {
    return keys.find(text).map(ApiKey::roles);
  }

  @Test
  void aKeyThatWasMadeLetsIn() throws IOException {
    assertThat(run("create", "--role", "decide,editor", "--note", "the 文档\nsystem")).isZero();
    String text = printed();
    assertThat(text).matches("clr_[0-9a-f]{10}_[A-Za-z0-9_-]{43}");

    KeyFile keys = new KeyFile(file(), CLOCK);
    assertThat(roles(keys, text)).contains(Set.of(Role.DECIDE, Role.EDITOR));
    assertThat(roles(keys, text + "x")).isEmpty();
    assertThat(roles(keys, text.substring(0, text.length() - 1))).isEmpty();
    assertThat(Files.readString(file()))
        .doesNotContain(text.substring(15))
        .contains("the 文档 system");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyEndsWithTheMomentThatItNames() throws IOException {
    run("create", "--role", "reviewer", "--expires", "2027-01-01");
    String text = printed();

    assertThat(keysAt("2026-12-31T23:59:59Z").find(text)).isPresent();
    assertThat(keysAt("2027-01-01T00:00:00Z").find(text)).isEmpty();
    assertThat(keysAt("2027-01-01T00:00:00Z").hasUsableKey()).isFalse();
  }

  private KeyFile keysAt(String moment) {
    return new KeyFile(file(), Clock.fixed(Instant.parse(moment), ZoneOffset.UTC));
  }

  @Test
  void keysAreListedWithoutTheirSecretsAndWithdrawn() throws IOException {
    run("create", "--role", "decide", "--note", "one");
    String id = printed().substring(4, 14);
    run("create", "--role", "editor");
    String other = printed();

    assertThat(run("list")).isZero();
    assertThat(printed())
        .isEqualTo(
            id
                + " decide created 2026-11-22T08:00:00Z never expires one\n"
                + other.substring(4, 14)
                + " editor created 2026-11-22T08:00:00Z never expires");
    assertThat(run("revoke", id)).isZero();
    KeyFile keys = new KeyFile(file(), CLOCK);
    assertThat(keys.hasUsableKey()).isTrue();
    assertThat(keys.find(other)).isPresent();
    assertThat(run("revoke", id)).isEqualTo(1);
  }

  @Test
  void whatCannotBeUnderstoodIsToldWithTheWayToSayIt() {
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("make"),
            List.of("create"),
            List.of("create", "--role", "king"),
            List.of("create", "--role", "decide", "--expires", "soon"),
            List.of("create", "--role", "decide", "--expires", "2026-11-22"),
            List.of("create", "--rolle", "decide"),
            List.of("revoke"))) {
      assertThat(run(wrong.toArray(String[]::new))).isEqualTo(2);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("there is no role king; the roles are decide, editor, reviewer")
        .contains("key create --role decide");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aChangedFileIsReadAgainAndABrokenOneChangesNothing() throws Exception {
    KeyFile keys = new KeyFile(file(), CLOCK);
    assertThat(keys.hasUsableKey()).isFalse();
    run("create", "--role", "decide");
    String text = printed();
    Thread.sleep(600);
    assertThat(keys.find(text)).isPresent();

    Files.writeString(file(), "half a li");
    Thread.sleep(600);
    assertThat(keys.find(text)).isPresent();

    Files.delete(file());
    Thread.sleep(600);
    assertThat(keys.find(text)).isEmpty();
  }

  @Test
  void aFileThatIsBrokenFromTheStartIsToldWithTheLine() throws IOException {
    Files.writeString(file(), "# keys\nabc decide 00 2026-11-22 -\n");

    assertThatThrownBy(() -> new KeyFile(file(), CLOCK))
        .hasMessage(file() + ", line 2: the hash is not 64 hexadecimal digits");
  }
}
