package dev.clearance.web;

import dev.clearance.decision.PolicyRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The AuthZEN Authorization API 1.0, for all policies and for each by itself. What it does not know
 * it passes over; what the standard demands it insists on, with status 400.
 */
@RestController
final class AuthzenController {

  private static final String OF_POLICY = "/policies/{policy}";

  private final Questions questions;

  AuthzenController(Questions questions) {
    this.questions = questions;
  }

  /** What one call is asked under. */
  private record Call(
      Questions.Moment moment, Optional<PolicyRules> named, JsonValue.Members request) {}

  @PostMapping({"/access/v1/evaluation", OF_POLICY + "/access/v1/evaluation"})
  void evaluation(
      @PathVariable Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Call call = call(policy, request);
    Answers.send(response, evaluations(call, request).one(call.request()));
  }

  @PostMapping({"/access/v1/evaluations", OF_POLICY + "/access/v1/evaluations"})
  void evaluations(
      @PathVariable Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Call call = call(policy, request);
    Answers.send(response, evaluations(call, request).many(call.request()));
  }

  @PostMapping({"/access/v1/search/subject", OF_POLICY + "/access/v1/search/subject"})
  void subjects(
      @PathVariable Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    search(Search.Kind.SUBJECT, policy, request, response);
  }

  @PostMapping({"/access/v1/search/resource", OF_POLICY + "/access/v1/search/resource"})
  void resources(
      @PathVariable Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    search(Search.Kind.RESOURCE, policy, request, response);
  }

  @PostMapping({"/access/v1/search/action", OF_POLICY + "/access/v1/search/action"})
  void actions(
      @PathVariable Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    search(Search.Kind.ACTION, policy, request, response);
  }

  private void search(
      Search.Kind kind,
      Optional<String> policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Call call = call(policy, request);
    Search search =
        new AuthzenReader(call.moment(), call.named(), new Hints()).search(kind, call.request());
    Answers.send(response, search.answer(call.moment().point()));
  }

  private Evaluations evaluations(Call call, HttpServletRequest request) {
    return new Evaluations(
        call.moment(), call.named(), questions.ledger(), Ledger.Call.of(request));
  }

  private Call call(Optional<String> policy, HttpServletRequest request) throws IOException {
    Questions.Moment moment = questions.now();
    Optional<PolicyRules> named = policy.map(id -> PolicyNames.inPath(moment.point().rules(), id));
    requireJson(request);
    JsonValue body = JsonValue.read(Body.read(request, Body.MOST_JSON));
    if (body instanceof JsonValue.Members members) {
      return new Call(moment, named, members);
    }
    throw invalid("wrong-type", "A request must be an object, not " + body.kind() + ".");
  }

  /** The standard's certification expects 400 where other paths answer 415. */
  private static void requireJson(HttpServletRequest request) {
    String type = request.getContentType();
    try {
      MediaType sent = MediaType.parseMediaType(type == null ? "" : type);
      String charset = sent.getParameter("charset");
      boolean json = sent.equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
      if (json && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"))) {
        return;
      }
    } catch (InvalidMediaTypeException unreadable) {
      // Told below, as any other type that is not JSON.
    }
    throw invalid("not-json", "The content type must be application/json, in UTF-8.");
  }

  private static ProblemException invalid(String code, String detail) {
    return new ProblemException(Problem.invalid(List.of(new Fault("", code, detail, ""))));
  }
}
