package dev.clearance.web;

import dev.clearance.analysis.Change;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Asks the questions of the past again, under the rules of before and of after. Each line is a
 * request, or a line of the log of decisions. Lines are read one at a time, however many there are.
 */
public final class PastRequests {

  /** A line of the log holds the answer too. */
  private static final int LONGEST = 1 << 20;

  private static final String UNKNOWN_POLICY = "unknown-policy";

  private final Asker before;
  private final Asker after;

  /**
   * @param today the day on which a request is asked that names none
   */
  public PastRequests(DecisionPoint before, DecisionPoint after, LocalDate today) {
    this.before = new Asker(before, today);
    this.after = new Asker(after, today);
  }

  /** What became of a line. */
  public sealed interface Line {

    /** Counting from 1. */
    long number();
  }

  /**
   * It was asked of both.
   *
   * @param question decision, sanctions or classification
   * @param parts what differs; empty when nothing does
   * @param masked whether the log hides facts of it, so that it was asked without them
   */
  public record Asked(long number, String question, List<Change.Part> parts, boolean masked)
      implements Line {
    public Asked {
      parts = List.copyOf(parts);
    }
  }

  /** It asks policies that are not compared here. */
  public record OfOthers(long number) implements Line {}

  /** It cannot be read; the faults say where and why. */
  public record Unreadable(long number, List<Unread> faults) implements Line {
    public Unreadable {
      faults = List.copyOf(faults);
    }
  }

  /**
   * One thing that is wrong in a line.
   *
   * @param pointer where, as a JSON pointer into the line
   */
  public record Unread(String pointer, String code, String detail, String hint) {}

  /** Takes the lines one by one. */
  @FunctionalInterface
  public interface Reader {
    void take(Line line);
  }

  /** Reads and asks until the end; blank lines count, but nothing is said of them. */
  public void read(InputStream in, Reader reader) throws IOException {
    Lines lines = new Lines(in, LONGEST, () -> {});
    for (long number = 1; lines.next(); number++) {
      if (lines.isTooLong()) {
        String detail = "The line is longer than " + LONGEST + " bytes.";
        reader.take(new Unreadable(number, List.of(new Unread("", "too-long", detail, ""))));
      } else if (!lines.isBlank()) {
        reader.take(line(number, lines.bytes(), lines.length()));
      }
    }
  }

  private Line line(long number, byte[] bytes, int length) {
    try {
      return isLogged(bytes, length)
          ? logged(number, Logged.read(new Body(bytes, length)))
          : asked(
              number,
              Question.DECISION,
              before.read(bytes, length),
              after.read(bytes, length),
              false);
    } catch (ProblemException unreadable) {
      boolean ofOthers =
          unreadable.problem().faults().stream()
              .allMatch(fault -> fault.code().equals(UNKNOWN_POLICY));
      return ofOthers ? new OfOthers(number) : unreadable(number, unreadable.problem(), "");
    }
  }

  private Line logged(long number, Logged logged) {
    if (!before.answersAll(logged) || !after.answersAll(logged)) {
      return new OfOthers(number);
    }
    try {
      LoggedRequest old = LoggedRequest.read(logged, before.moment.shape());
      LoggedRequest now = LoggedRequest.read(logged, after.moment.shape());
      return asked(number, logged.question(), old.request(), now.request(), now.isMasked());
    } catch (LoggedRequest.Unreadable unreadable) {
      return unreadable(number, logged);
    }
  }

  private Asked asked(
      long number, Question question, DecisionRequest old, DecisionRequest now, boolean masked) {
    List<Change.Part> parts = question.difference(before.point, old, after.point, now);
    return new Asked(number, question.code(), parts, masked);
  }

  /** A line of the log that these words do not fit: read as a new request, it says where. */
  private Line unreadable(long number, Logged logged) {
    byte[] request = logged.requestWithoutMasks();
    try {
      return asked(
          number,
          logged.question(),
          before.read(request, request.length),
          after.read(request, request.length),
          false);
    } catch (ProblemException unreadable) {
      return unreadable(number, unreadable.problem(), "/request");
    }
  }

  /** A line of the log names the decision that it is about, which no request does. */
  private static boolean isLogged(byte[] bytes, int length) {
    try (JsonParser parser = Json.parser(bytes, length)) {
      try {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return false;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          if (name.equals("decisionId")) {
            return true;
          }
          parser.skipChildren();
        }
        return false;
      } catch (JacksonException malformed) {
        throw Json.problem(parser, malformed);
      }
    }
  }

  private static Unreadable unreadable(long number, Problem problem, String under) {
    if (problem.faults().isEmpty()) {
      return new Unreadable(
          number, List.of(new Unread(under, problem.type(), problem.detail(), "")));
    }
    return new Unreadable(
        number,
        problem.faults().stream()
            .map(
                one ->
                    new Unread(under + one.pointer(), one.code(), ofLine(one.detail()), one.hint()))
            .toList());
  }

  /** What is said of a body, said of a line. */
  private static String ofLine(String detail) {
    return detail.replaceFirst("^The body", "The line").replaceFirst(" at line 1,", " at");
  }

  /** Reads requests in the words of one side. */
  private static final class Asker {
    private final DecisionPoint point;
    private final Questions.Moment moment;

    Asker(DecisionPoint point, LocalDate today) {
      Vocabulary vocabulary = point.rules().vocabulary();
      this.point = point;
      this.moment = new Questions.Moment(point, new RequestShape(vocabulary), today);
    }

    DecisionRequest read(byte[] request, int length) {
      return moment.request(request, length);
    }

    boolean answersAll(Logged logged) {
      return logged.policies().keySet().stream()
          .allMatch(id -> point.rules().policy(id).isPresent());
    }
  }
}
