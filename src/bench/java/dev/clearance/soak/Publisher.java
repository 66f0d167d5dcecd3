package dev.clearance.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Changes what is in force, in every way in which it can change. */
final class Publisher {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Connection connection;
  private final Variants variants;
  private final Path tables;
  private final Path otherRules;
  private final byte[] rules;
  private final String key;
  private final Results results;
  private int count;
  private int taken;

  /** One state, or two while one gives way to the other. */
  private volatile List<Variants.State> inForce = List.of(new Variants.State(0, Set.of()));

  private enum Way {
    PUBLISHED,
    SAVED,
    BROKEN,
    RULES
  }

  private static final List<Way> TURNS =
      List.of(Way.PUBLISHED, Way.SAVED, Way.BROKEN, Way.PUBLISHED, Way.SAVED, Way.RULES);

  Publisher(int port, Variants variants, Path tables, Path rules, String key, Results results)
      throws IOException {
    this.connection = new Connection(port);
    this.variants = variants;
    this.tables = tables;
    this.otherRules = Variants.otherRules(rules);
    this.rules = Files.readAllBytes(otherRules);
    this.key = key;
    this.results = results;
  }

  List<Variants.State> inForce() {
    return inForce;
  }

  /** Changes that came into force. */
  int taken() {
    return taken;
  }

  /** The next change; returns when it is in force, or was refused as it should. */
  void change() throws IOException, InterruptedException {
    Variants.State before = inForce.get(0);
    Way way = TURNS.get(count % TURNS.size());
    String policy = Variants.EDITED.get(count % Variants.EDITED.size());
    count++;
    if (way == Way.BROKEN) {
      byte[] half = variants.workbook(before, policy);
      Connection.Answer answer = put(before, policy, Arrays.copyOf(half, half.length / 2));
      expect(answer.status() == 422, "a broken workbook got status " + answer.status());
      return;
    }
    Variants.State after = way == Way.RULES ? otherRules(before) : toggled(before, policy);
    inForce = List.of(before, after);
    switch (way) {
      case PUBLISHED -> {
        Connection.Answer answer = put(before, policy, variants.workbook(after, policy));
        expect(
            answer.status() == 200,
            "publishing got " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      case SAVED -> save(tables.resolve(policy + ".xlsx"), variants.workbook(after, policy));
      default -> {
        save(otherRules, after.rules() == 0 ? rules : other());
      }
    }
    awaitVersion(policy, variants.version(after, policy));
    inForce = List.of(after);
    taken++;
  }

  private byte[] other() {
    byte[] other = Arrays.copyOf(rules, rules.length + Variants.OTHER.length());
    byte[] more = Variants.OTHER.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(more, 0, other, rules.length, more.length);
    return other;
  }

  private static Variants.State otherRules(Variants.State before) {
    return new Variants.State(1 - before.rules(), before.edited());
  }

  private static Variants.State toggled(Variants.State before, String policy) {
    Set<String> edited = new TreeSet<>(before.edited());
    if (!edited.remove(policy)) {
      edited.add(policy);
    }
    return new Variants.State(before.rules(), edited);
  }

  private Connection.Answer put(Variants.State before, String policy, byte[] bytes)
      throws IOException {
    String headers =
        "X-API-Key: "
            + key
            + "\r\nIf-Match: \""
            + variants.version(before, policy)
            + "\"\r\nContent-Type: application/octet-stream\r\n";
    return connection.send("PUT", "/v1/policies/" + policy + "/workbook", headers, bytes);
  }

  /** As office programs do: aside, then renamed. */
  private static void save(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling("A1B2C3D4.tmp");
    Files.write(aside, bytes);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitVersion(String policy, String version) throws IOException, InterruptedException {
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < patience) {
      Connection.Answer answer =
          connection.send("GET", "/v1/policies/" + policy, "", new byte[0]);
      if (answer.etag().contains(version)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IOException(policy + " did not come into force as " + version);
  }

  private void expect(boolean held, String otherwise) {
    if (!held) {
      results.failed.increment();
      results.note(otherwise);
    }
  }
}
