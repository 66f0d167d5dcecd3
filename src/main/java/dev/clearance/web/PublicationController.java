package dev.clearance.web;

import dev.clearance.analysis.Difference;
import dev.clearance.finding.Checked;
import dev.clearance.policy.Policy;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Precondition;
import dev.clearance.repository.Publication;
import dev.clearance.repository.Release;
import dev.clearance.repository.Version;
import dev.clearance.security.Caller;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** The workbook of a policy, to be taken, edited and brought back, and the versions it had. */
@RestController
final class PublicationController {

  private static final Logger LOG = LoggerFactory.getLogger(PublicationController.class);

  private static final String WORKBOOK = "/v1/policies/{id}/workbook";
  private static final String VERSIONS = "/v1/policies/{id}/versions";
  private static final String NOTE = "Publication-Note";
  private static final int LONGEST_NOTE = 1_000;

  /** Stands for the version in force. */
  private static final String CURRENT = "current";

  private final PolicyRepository repository;
  private final Desk desk;
  private final Analyst analyst;

  PublicationController(PolicyRepository repository, Desk desk, Analyst analyst) {
    this.repository = repository;
    this.desk = desk;
    this.analyst = analyst;
  }

  @GetMapping(path = WORKBOOK, produces = Workbooks.MEDIA_TYPE)
  void workbook(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PolicyFile file = inForce(repository.current(), id);
    Workbooks.sendVersion(request, response, id, file.version(), file.bytes());
  }

  @PutMapping(
      path = WORKBOOK,
      consumes = {Workbooks.MEDIA_TYPE, Workbooks.ANY_BYTES},
      produces = Json.MEDIA_TYPE)
  void publish(
      @PathVariable String id,
      @RequestParam(name = "note", required = false) @Nullable String note,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Precondition precondition = Preconditions.of(request);
    String why = note(note, request);
    String author = Caller.of(request).name();
    byte[] bytes = Workbooks.read(request);
    tell(
        desk.at(() -> saved(() -> repository.publish(id, bytes, precondition, author, why))),
        request,
        response);
  }

  @PostMapping(path = VERSIONS + "/{version}/restore", produces = Json.MEDIA_TYPE)
  void restore(
      @PathVariable String id,
      @PathVariable String version,
      @RequestParam(name = "note", required = false) @Nullable String note,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Precondition precondition = Preconditions.of(request);
    String why = note(note, request);
    String author = Caller.of(request).name();
    tell(
        desk.at(() -> saved(() -> repository.restore(id, version, precondition, author, why))),
        request,
        response);
  }

  private interface Attempt {
    Publication go();
  }

  private static Publication saved(Attempt attempt) {
    try {
      return attempt.go();
    } catch (UncheckedIOException unwritable) {
      LOG.error("a workbook could not be published", unwritable);
      throw new ProblemException(PublicationProblems.notSaved());
    }
  }

  /** A header travels as bytes, which clients mean as UTF-8. */
  private static String note(@Nullable String parameter, HttpServletRequest request) {
    String header = request.getHeader(NOTE);
    String note =
        parameter != null
            ? parameter
            : header == null
                ? ""
                : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl)) {
      String detail = "The note must be one line of at most " + LONGEST_NOTE + " characters.";
      throw new ProblemException(Problem.ofStatus(400, detail));
    }
    return Text.mended(note.strip());
  }

  private static void tell(
      Publication publication, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (publication instanceof Publication.Published published) {
      PolicyFile file = published.file();
      response.setStatus(published.created() ? 201 : 200);
      response.setHeader("ETag", Workbooks.tag(file.version()));
      if (published.created()) {
        response.setHeader("Location", WORKBOOK.replace("{id}", file.policyId()));
      }
      Answers.send(
          response,
          Json.bytes(
              json -> {
                json.writeStartObject();
                json.writeStringProperty("policy", file.policyId());
                json.writeStringProperty("version", file.version());
                json.writeStringProperty("digest", file.digest());
                FindingWriter.write(json, "warnings", file.warnings());
                json.writeEndObject();
              }));
      return;
    }
    throw new ProblemException(problem(publication));
  }

  private static Problem problem(Publication publication) {
    if (publication instanceof Publication.VersionMoved moved) {
      return PublicationProblems.moved(moved.current());
    }
    if (publication instanceof Publication.NotClean notClean) {
      return PublicationProblems.notClean(
          "The workbook is not clean, and what was in force still is.", notClean.findings());
    }
    if (publication instanceof Publication.ReadOnly readOnly) {
      return PublicationProblems.readOnly(readOnly.reason());
    }
    return Problem.notFound("The policy never had this version.");
  }

  @GetMapping(path = VERSIONS, produces = Json.MEDIA_TYPE)
  void versions(@PathVariable String id, HttpServletResponse response) throws IOException {
    Release release = repository.current();
    List<Version> versions = repository.versions(id);
    if (versions.isEmpty()) {
      inForce(release, id);
    }
    response.setHeader("Cache-Control", "no-cache");
    Answers.send(
        response,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("policy", id);
              release
                  .file(id)
                  .ifPresent(file -> json.writeStringProperty("inForce", file.version()));
              json.writeArrayPropertyStart("versions");
              versions.forEach(version -> write(json, version));
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private static void write(JsonGenerator json, Version version) {
    json.writeStartObject();
    json.writeStringProperty("version", version.version());
    json.writeStringProperty("digest", version.digest());
    json.writeStringProperty("at", version.at().toString());
    json.writeStringProperty("author", version.author());
    json.writeStringProperty("note", version.note());
    version.previous().ifPresent(one -> json.writeStringProperty("previous", one));
    json.writeEndObject();
  }

  @GetMapping(path = VERSIONS + "/{version}/workbook", produces = Workbooks.MEDIA_TYPE)
  void workbookOf(
      @PathVariable String id,
      @PathVariable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Workbooks.sendVersion(request, response, id, version, bytes(id, version));
  }

  @GetMapping(path = VERSIONS + "/{before}/compare/{after}", produces = Json.MEDIA_TYPE)
  void compare(
      @PathVariable String id,
      @PathVariable String before,
      @PathVariable String after,
      HttpServletResponse response)
      throws IOException {
    Release release = repository.current();
    String from = before.equals(CURRENT) ? inForce(release, id).version() : before;
    String to = after.equals(CURRENT) ? inForce(release, id).version() : after;
    Policy old = desk.at(() -> policy(release, id, from));
    Policy fresh = desk.at(() -> policy(release, id, to));
    // Versions from before a change of the vocabulary read otherwise under another one.
    String words = release.foundationVersion();
    Optional<Difference> difference =
        analyst.difference(words + from, old, words + to, fresh, release.freedom());
    Answers.send(
        response,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("policy", id);
              json.writeStringProperty("from", from);
              json.writeStringProperty("to", to);
              json.writeObjectPropertyStart("difference");
              new DifferenceWriter(json, old, fresh).members(difference);
              json.writeEndObject();
              json.writeEndObject();
            }));
  }

  /** A version as it reads with the words of today. */
  private Policy policy(Release release, String id, String version) {
    Optional<PolicyFile> file = release.file(id).filter(one -> one.version().equals(version));
    if (file.isPresent()) {
      return file.get().workbook().policy();
    }
    Checked<PolicyWorkbook> read =
        new PolicyReader(release.vocabulary()).read(id + ".xlsx", bytes(id, version));
    return read.value()
        .map(PolicyWorkbook::policy)
        .orElseThrow(
            () ->
                new ProblemException(
                    PublicationProblems.notClean(
                        "Version "
                            + version
                            + " cannot be read with the vocabulary that is in force now.",
                        read.findings())));
  }

  private byte[] bytes(String id, String version) {
    return repository
        .workbook(id, version)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "The policy "
                            + Text.mended(Text.quoted(id))
                            + " never had the version "
                            + Text.mended(Text.quoted(version))
                            + ".")));
  }

  /**
   * @throws ProblemException (404) when the policy is not in force
   */
  private static PolicyFile inForce(Release release, String id) {
    PolicyNames.inPath(release.point().rules(), id);
    return release.file(id).orElseThrow();
  }
}
