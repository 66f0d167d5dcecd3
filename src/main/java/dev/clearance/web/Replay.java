package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Asks logged questions again, under the rules that answered them then. */
final class Replay {

  private static final int MOST_DIFFERENCES = 100;

  /** Why a decision could not be had again as it was. */
  enum Reason {
    VERSION_UNKNOWN("The rules that answered then are not kept here."),
    REQUEST_UNREADABLE("The logged request is not one that those rules can read."),
    MASKED("The log hides values that the answer depends on."),
    ANSWERS_DIFFER("The line was changed, or this service answers differently than the one then.");

    private final String detail;

    Reason(String detail) {
      this.detail = detail;
    }
  }

  /** What came of it. */
  sealed interface Result {

    /**
     * The bytes that were given then.
     *
     * @param masked whether values are hidden that the answer does not depend on. The id of a
     *     decision is a digest of all values, so then it is the one of the line
     */
    record Same(byte[] answer, boolean masked) implements Result {}

    record Differs(Problem problem) implements Result {}
  }

  private record Difference(String pointer, @Nullable JsonNode logged, @Nullable JsonNode now) {}

  /** Lines of one run mostly name the same few versions. */
  private record Then(DecisionPoint point, RequestShape shape) {}

  private final PastRules past;
  private Map<String, String> versions = Map.of();
  private Optional<Then> then = Optional.empty();

  Replay(PastRules past) {
    this.past = past;
  }

  /**
   * @param line of the log
   * @throws ProblemException when it is none
   */
  Result of(Body line) {
    Logged logged = Logged.read(line);
    if (!logged.policies().equals(versions)) {
      versions = logged.policies();
      then = past.at(versions).map(this::then);
    }
    if (then.isEmpty()) {
      return differs(Reason.VERSION_UNKNOWN, logged, Optional.empty());
    }
    LoggedRequest asked;
    try {
      asked = LoggedRequest.read(logged, then.get().shape());
    } catch (LoggedRequest.Unreadable unreadable) {
      return differs(Reason.REQUEST_UNREADABLE, logged, Optional.empty());
    }
    Question.Reply reply = logged.question().ask(then.get().point(), asked.request());
    byte[] again = asked.isMasked() ? withId(logged.decisionId(), reply) : reply.answer().bytes();
    if (Arrays.equals(again, logged.answer())) {
      return new Result.Same(again, asked.isMasked());
    }
    Reason reason = asked.isMasked() ? Reason.MASKED : Reason.ANSWERS_DIFFER;
    return differs(reason, logged, Optional.of(again));
  }

  private Then then(DecisionPoint point) {
    boolean sameWords =
        then.isPresent() && then.get().shape().vocabulary == point.rules().vocabulary();
    return new Then(
        point, sameWords ? then.get().shape() : new RequestShape(point.rules().vocabulary()));
  }

  private static byte[] withId(String id, Question.Reply reply) {
    String json = new String(reply.answer().bytes(), StandardCharsets.UTF_8);
    return json.replace(idMember(reply.decisionId()), idMember(id))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String idMember(String id) {
    return "\"decisionId\":\"" + id + "\"";
  }

  private static Result differs(Reason reason, Logged logged, Optional<byte[]> again) {
    List<Difference> differences = new ArrayList<>();
    again.ifPresent(
        bytes ->
            compare(
                Pointer.ROOT,
                Logged.MAPPER.readTree(logged.answer()),
                Logged.MAPPER.readTree(bytes),
                differences));
    return new Result.Differs(
        new Problem(
            409,
            "replay-differs",
            "The answer is not the same",
            reason.detail,
            List.of(),
            json -> more(reason, differences, json)));
  }

  private static void more(Reason reason, List<Difference> differences, JsonGenerator json) {
    json.writeStringProperty("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.writeArrayPropertyStart("differences");
    for (Difference one : differences) {
      json.writeStartObject();
      json.writeStringProperty("pointer", one.pointer());
      member("logged", one.logged(), json);
      member("replayed", one.now(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void member(String name, @Nullable JsonNode value, JsonGenerator json) {
    if (value != null) {
      json.writeName(name);
      json.writeRawValue(
          new String(Logged.MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8));
    }
  }

  private static void compare(
      Pointer at, @Nullable JsonNode logged, @Nullable JsonNode now, List<Difference> into) {
    if (into.size() == MOST_DIFFERENCES || logged != null && logged.equals(now)) {
      return;
    }
    if (logged != null && now != null && logged.isObject() && now.isObject()) {
      Set<String> names = new LinkedHashSet<>(logged.propertyNames());
      names.addAll(now.propertyNames());
      names.forEach(name -> compare(at.member(name), logged.get(name), now.get(name), into));
    } else if (logged != null && now != null && logged.isArray() && now.isArray()) {
      for (int i = 0; i < Math.max(logged.size(), now.size()); i++) {
        compare(at.item(i), logged.get(i), now.get(i), into);
      }
    } else {
      into.add(new Difference(at.toString(), logged, now));
    }
  }
}
