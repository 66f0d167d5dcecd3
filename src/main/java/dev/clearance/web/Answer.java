package dev.clearance.web;

import dev.clearance.decision.Decision;
import dev.clearance.decision.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The JSON of an answer. Answers with the same verdict share its bytes, which are written once; but
 * for the id of the decision they are the same each time.
 */
public final class Answer {

  /** What is written where the id of a decision belongs. */
  private static final String NO_ID = "0".repeat(32);

  private static final byte[] NONE = {};

  private final byte[] shared;
  private final byte[] id;
  private final int idAt;

  private Answer(byte[] shared, byte[] id, int idAt) {
    this.shared = shared;
    this.id = id;
    this.idAt = idAt;
  }

  static Answer of(Consumer<AnswerWriter> content) {
    return new Answer(json(content), NONE, 0);
  }

  static Answer of(Decision decision) {
    String id = decision.decisionId();
    if (decision.text().isEmpty() || id.length() != NO_ID.length()) {
      return of(answer -> answer.decision(decision));
    }
    byte[] shared = decision.text().get();
    return new Answer(
        shared, id.getBytes(StandardCharsets.ISO_8859_1), idAt(shared, decision.verdict()));
  }

  /** All that answers with this verdict have in common. */
  public static byte[] text(Verdict verdict) {
    return json(answer -> answer.decision(new Decision(verdict, NO_ID)));
  }

  private static byte[] json(Consumer<AnswerWriter> content) {
    return Json.bytes(json -> content.accept(new AnswerWriter(json)));
  }

  /** The id and the version, neither of which JSON has to escape, are the last members. */
  private static int idAt(byte[] text, Verdict verdict) {
    int after = "\",\"version\":\"".length() + verdict.version().length() + "\"}".length();
    return text.length - after - NO_ID.length();
  }

  int length() {
    return shared.length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(shared, 0, idAt);
    out.write(id);
    int rest = idAt + id.length;
    out.write(shared, rest, shared.length - rest);
  }

  byte[] bytes() {
    byte[] bytes = shared.clone();
    System.arraycopy(id, 0, bytes, idAt, id.length);
    return bytes;
  }
}
