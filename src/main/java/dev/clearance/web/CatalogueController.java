package dev.clearance.web;

import dev.clearance.decision.Digest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** What is in force, for people and for clients that build forms. */
@RestController
final class CatalogueController {

  private final CurrentRules rules;

  CatalogueController(CurrentRules rules) {
    this.rules = rules;
  }

  @GetMapping(path = "/v1/policies", produces = Json.MEDIA_TYPE)
  void policies(HttpServletRequest request, HttpServletResponse response) throws IOException {
    RulesInForce inForce = rules.now().rules();
    byte[] answer =
        Json.bytes(
            json -> {
              PolicyWriter writer = new PolicyWriter(json);
              json.writeStartObject();
              json.writeArrayPropertyStart("policies");
              inForce.policies().forEach(writer::entry);
              json.writeEndArray();
              json.writeArrayPropertyStart("defaults");
              inForce.defaults().forEach(json::writeString);
              json.writeEndArray();
              json.writeEndObject();
            });
    sendUnlessKnown(request, response, Digest.of(answer), answer);
  }

  @GetMapping(path = "/v1/policies/{id}", produces = Json.MEDIA_TYPE)
  void policy(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RulesInForce inForce = rules.now().rules();
    PolicyRules policy = PolicyNames.inPath(inForce, id);
    byte[] answer = Json.bytes(json -> new PolicyWriter(json).policy(policy));
    sendUnlessKnown(request, response, policy.version(), answer);
  }

  @GetMapping(path = "/v1/vocabulary", produces = Json.MEDIA_TYPE)
  void vocabulary(HttpServletRequest request, HttpServletResponse response) throws IOException {
    RulesInForce inForce = rules.now().rules();
    byte[] answer = Json.bytes(json -> new VocabularyWriter(json).vocabulary(inForce.vocabulary()));
    sendUnlessKnown(request, response, Digest.of(answer), answer);
  }

  private static void sendUnlessKnown(
      HttpServletRequest request, HttpServletResponse response, String tag, byte[] answer)
      throws IOException {
    // A client may keep what it has, but must ask whether it still holds.
    response.setHeader("Cache-Control", "no-cache");
    if (!new ServletWebRequest(request, response).checkNotModified("\"" + tag + "\"")) {
      Answers.send(response, answer);
    }
  }
}
