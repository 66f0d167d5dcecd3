package dev.clearance.web;

import dev.clearance.decision.Digest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.finding.Finding;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.core.JsonGenerator;

/** What is in force, for people and for clients that build forms. */
@RestController
final class CatalogueController {

  private final CurrentRules rules;

  private final PolicyRepository repository;

  CatalogueController(CurrentRules rules, PolicyRepository repository) {
    this.rules = rules;
    this.repository = repository;
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
              inForce.policies().forEach(policy -> writer.entry(policy, warnings(policy)));
              json.writeEndArray();
              json.writeArrayPropertyStart("defaults");
              inForce.defaults().forEach(json::writeString);
              json.writeEndArray();
              rejected(json);
              json.writeEndObject();
            });
    sendUnlessKnown(request, response, Digest.of(answer), answer);
  }

  @GetMapping(path = "/v1/policies/{id}", produces = Json.MEDIA_TYPE)
  void policy(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RulesInForce inForce = rules.now().rules();
    Optional<Rejection> rejected = repository.rejected(id);
    if (rejected.isPresent() && inForce.policy(id).isEmpty()) {
      throw new ProblemException(PublicationProblems.nothingButRejected(rejected.get()));
    }
    PolicyRules policy = PolicyNames.inPath(inForce, id);
    byte[] answer =
        Json.bytes(json -> new PolicyWriter(json).policy(policy, warnings(policy), rejected));
    // What is rejected comes and goes while the version stays.
    String tag = rejected.isEmpty() ? policy.version() : policy.version() + "." + Digest.of(answer);
    sendUnlessKnown(request, response, tag, answer);
  }

  /** What was found in the workbook of a policy that is in force. */
  private List<Finding> warnings(PolicyRules policy) {
    return repository
        .current()
        .file(policy.policy().id())
        .filter(file -> file.version().equals(policy.version()))
        .map(PolicyFile::warnings)
        .orElse(List.of());
  }

  private void rejected(JsonGenerator json) {
    json.writeArrayPropertyStart("rejected");
    for (Rejection rejection : repository.rejections()) {
      json.writeStartObject();
      json.writeStringProperty("file", rejection.file());
      json.writeStringProperty("at", rejection.at().toString());
      json.writeNumberProperty("findings", rejection.findings().size());
      json.writeEndObject();
    }
    json.writeEndArray();
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
