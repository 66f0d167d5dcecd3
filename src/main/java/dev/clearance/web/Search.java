package dev.clearance.web;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Who may do it, to what may it be done, what may be done: each candidate is put into the question,
 * and those that an evaluation of the same question permits are the results.
 *
 * @param type the one that the request names; empty for actions
 * @param candidates ids or names, in a fixed order
 * @param digest of the question and of the rules
 */
record Search(
    Kind kind, String type, List<String> candidates, Question question, Page page, String digest) {

  /** A page that finds little in a long directory ends here all the same, and tells where. */
  private static final int MOST_ASKED = 10_000;

  enum Kind {
    SUBJECT,
    RESOURCE,
    ACTION
  }

  /** The whole question with one candidate in it. */
  @FunctionalInterface
  interface Question {
    DecisionRequest about(String candidate);
  }

  /**
   * @throws ProblemException when the page's token does not fit
   */
  byte[] answer(DecisionPoint point) {
    Page.Start start = page.start(digest, candidates.size());
    int end = Math.min(candidates.size(), start.position() + MOST_ASKED);
    List<String> found = new ArrayList<>();
    String next = end < candidates.size() ? new Page.Start(start.limit(), end).token(digest) : "";
    for (int i = start.position(); i < end; i++) {
      if (!point.permits(question.about(candidates.get(i)))) {
        continue;
      }
      if (found.size() == start.limit()) {
        next = new Page.Start(start.limit(), i).token(digest);
        break;
      }
      found.add(candidates.get(i));
    }
    String token = next;
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("page");
          json.writeStringProperty("next_token", token);
          json.writeEndObject();
          json.writeArrayPropertyStart("results");
          found.forEach(one -> result(one, json));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void result(String candidate, JsonGenerator json) {
    json.writeStartObject();
    if (kind == Kind.ACTION) {
      json.writeStringProperty("name", candidate);
    } else {
      json.writeStringProperty("type", type);
      json.writeStringProperty("id", candidate);
    }
    json.writeEndObject();
  }
}
