package dev.clearance.web;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Release;
import dev.clearance.workbook.Annotator;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** Says what is wrong with a workbook and what it would change; nothing in force changes. */
@RestController
final class CheckController {

  private static final Pattern AN_ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int LONGEST_ID = 100;
  private static final String NAMELESS = "workbook";

  private final PolicyRepository repository;
  private final Clock clock;
  private final Desk desk;

  CheckController(PolicyRepository repository, Clock clock, Desk desk) {
    this.repository = repository;
    this.clock = clock;
    this.desk = desk;
  }

  @PostMapping(
      path = "/v1/workbooks/check",
      consumes = {Workbooks.MEDIA_TYPE, Workbooks.ANY_BYTES},
      produces = {Json.MEDIA_TYPE, Workbooks.MEDIA_TYPE})
  void check(
      @RequestParam(name = "policy", required = false) @Nullable String policy,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<String> asked = Optional.ofNullable(policy);
    if (asked.isPresent() && !isId(asked.get())) {
      String detail = "No policy can be called " + Text.mended(Text.quoted(asked.get())) + ".";
      throw new ProblemException(Problem.ofStatus(400, detail));
    }
    byte[] workbook = Workbooks.read(request);
    if (Workbooks.arePreferred(request)) {
      Copy copy = desk.at(() -> annotated(trial(asked, request, workbook), workbook));
      Workbooks.send(response, copy.name(), copy.bytes());
    } else {
      Answers.send(response, desk.at(() -> answer(trial(asked, request, workbook))));
    }
  }

  /** A workbook that was tried against what was in force at that moment. */
  private record Tried(String id, Optional<PolicyFile> inForce, Release.Trial trial) {
    List<Finding> findings() {
      return trial.checked().findings();
    }
  }

  private Tried trial(Optional<String> asked, HttpServletRequest request, byte[] workbook) {
    String id =
        asked
            .or(() -> sentName(request))
            .or(() -> PolicyReader.idIn(workbook).filter(CheckController::isId))
            .orElse(NAMELESS);
    Release release = repository.current();
    Release.Trial trial = release.attempt(id + ".xlsx", workbook, LocalDate.now(clock));
    return new Tried(id, release.file(id), trial);
  }

  /** The id that the name of the file stands for, if the client sent a name. */
  private static Optional<String> sentName(HttpServletRequest request) {
    String header = request.getHeader("Content-Disposition");
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(ContentDisposition.parse(header).getFilename())
          .filter(name -> name.endsWith(".xlsx"))
          .map(name -> name.substring(0, name.length() - ".xlsx".length()))
          .filter(CheckController::isId);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isId(String text) {
    return text.length() <= LONGEST_ID && AN_ID.matcher(text).matches();
  }

  private record Copy(String name, byte[] bytes) {}

  private static Copy annotated(Tried tried, byte[] workbook) {
    String name = tried.id() + ".xlsx";
    Checked<byte[]> copy = Annotator.annotate(name, workbook, tried.findings());
    byte[] bytes =
        copy.value()
            .orElseThrow(
                () ->
                    new ProblemException(
                        PublicationProblems.notClean(
                            "The workbook cannot be opened safely, so there is no copy of it.",
                            tried.findings().isEmpty() ? copy.findings() : tried.findings())));
    return new Copy(tried.id() + ".checked.xlsx", bytes);
  }

  private static byte[] answer(Tried tried) {
    return Json.bytes(json -> write(json, tried));
  }

  private static void write(JsonGenerator json, Tried tried) {
    Optional<PolicyFile> clean = tried.trial().checked().value();
    json.writeStartObject();
    json.writeStringProperty("policy", tried.id());
    json.writeBooleanProperty("clean", clean.isPresent());
    clean.ifPresent(file -> json.writeStringProperty("version", file.version()));
    tried.inForce().ifPresent(file -> json.writeStringProperty("inForce", file.version()));
    FindingWriter.write(json, "findings", tried.findings());
    examples(json, tried);
    json.writeName("difference");
    Optional<Policy> before = tried.inForce().map(file -> file.workbook().policy());
    Optional<Policy> after = tried.trial().workbook().map(PolicyWorkbook::policy);
    if (before.isPresent() && after.isPresent()) {
      json.writeStartObject();
      new DifferenceWriter(json).members(before.get(), after.get());
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static void examples(JsonGenerator json, Tried tried) {
    long failed =
        tried.findings().stream()
            .filter(finding -> finding.check() == Check.FAILING_EXAMPLE)
            .map(finding -> finding.place().row())
            .distinct()
            .count();
    json.writeObjectPropertyStart("examples");
    json.writeNumberProperty(
        "run", tried.trial().workbook().map(workbook -> workbook.examples().size()).orElse(0));
    json.writeNumberProperty("failed", failed);
    json.writeEndObject();
  }
}
