package dev.clearance.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.clearance.decision.Decision;
import dev.clearance.decision.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decisions as JSON. A verdict that answers many requests is written once; but for the id of the
 * decision its bytes are the same each time.
 */
final class DecisionJson {

  /** What is written where the id of a decision belongs. */
  private static final String NO_ID = "0".repeat(32);

  private static final byte[] ID_MEMBER = "\"decisionId\":\"".getBytes(StandardCharsets.US_ASCII);

  /** By the very object, and no longer than somebody else keeps it. */
  private final Cache<Verdict, Written> written =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  /** The JSON of a verdict, and where the id belongs. */
  private record Written(byte[] json, int idAt) {

    static Written of(Verdict verdict) {
      byte[] json = write(new Decision(verdict, NO_ID));
      return new Written(json, lastIndexOf(ID_MEMBER, json) + ID_MEMBER.length);
    }

    private static int lastIndexOf(byte[] part, byte[] whole) {
      int at = whole.length - part.length;
      while (!Arrays.equals(part, 0, part.length, whole, at, at + part.length)) {
        at--;
      }
      return at;
    }

    @SuppressWarnings("deprecation") // The id is ASCII; this copies its low bytes as they are.
    byte[] with(String id) {
      byte[] answer = json.clone();
      id.getBytes(0, id.length(), answer, idAt);
      return answer;
    }
  }

  /**
   * @param shared whether the verdict may answer other requests as well
   */
  byte[] of(Decision decision, boolean shared) {
    if (!shared || decision.decisionId().length() != NO_ID.length()) {
      return write(decision);
    }
    Verdict verdict = decision.verdict();
    Written known = written.getIfPresent(verdict);
    if (known == null) {
      known = Written.of(verdict);
      written.put(verdict, known);
    }
    return known.with(decision.decisionId());
  }

  private static byte[] write(Decision decision) {
    return Json.bytes(json -> new AnswerWriter(json).decision(decision));
  }
}
