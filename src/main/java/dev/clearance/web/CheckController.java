package dev.clearance.web;

import dev.clearance.analysis.Difference;
import dev.clearance.decision.Freedom;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.repository.PolicyFile;
import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Release;
import dev.clearance.workbook.AddedSheet;
import dev.clearance.workbook.Annotator;
import dev.clearance.workbook.ChangeSheet;
import dev.clearance.workbook.ExampleRows;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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
  private final Analyst analyst;

  CheckController(PolicyRepository repository, Clock clock, Desk desk, Analyst analyst) {
    this.repository = repository;
    this.clock = clock;
    this.desk = desk;
    this.analyst = analyst;
  }

  @PostMapping(
      path = "/v1/workbooks/check",
      consumes = {Workbooks.MEDIA_TYPE, Workbooks.ANY_BYTES},
      produces = {Json.MEDIA_TYPE, Workbooks.MEDIA_TYPE})
  void check(
      @RequestParam(name = "policy", required = false) @Nullable String policy,
      @RequestParam(name = "propose", defaultValue = "false") boolean propose,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<String> asked = Optional.ofNullable(policy);
    if (asked.isPresent() && !isId(asked.get())) {
      String detail = "No policy can be called " + Text.mended(Text.quoted(asked.get())) + ".";
      throw new ProblemException(Problem.ofStatus(400, detail));
    }
    byte[] workbook = Workbooks.read(request);
    Tried tried = desk.at(() -> trial(asked, request, workbook));
    // What rows mean together takes longest, and is found out away from the desk: a publication
    // must not wait for it.
    boolean asWorkbook = Workbooks.arePreferred(request);
    Review review = review(tried, propose || asWorkbook);
    if (asWorkbook) {
      Copy copy = desk.at(() -> annotated(review, workbook));
      Workbooks.send(response, copy.name(), copy.bytes());
    } else {
      Answers.send(response, Json.bytes(json -> write(json, review)));
    }
  }

  /** What there is to say of the workbook that is in force. */
  @GetMapping(path = "/v1/policies/{id}/findings", produces = Json.MEDIA_TYPE)
  void findings(
      @PathVariable String id,
      @RequestParam(name = "propose", defaultValue = "false") boolean propose,
      HttpServletResponse response)
      throws IOException {
    Release release = repository.current();
    PolicyNames.inPath(release.point().rules(), id);
    PolicyFile file = release.file(id).orElseThrow();
    Policy policy = file.workbook().policy();
    Optional<List<Finding>> meaning = analyst.findings(file.version(), policy, release.freedom());
    List<Finding> all = new ArrayList<>(file.warnings());
    meaning.ifPresent(all::addAll);
    Optional<ExampleRows> proposals =
        propose
            ? proposals(file.version(), file.workbook(), file.uncovered(), release.freedom())
            : Optional.empty();
    response.setHeader("Cache-Control", "no-cache");
    Answers.send(
        response,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringProperty("policy", id);
              json.writeStringProperty("version", file.version());
              FindingWriter.write(json, "findings", all.stream().sorted().toList());
              json.writeStringProperty("analysis", analysis(meaning));
              proposals.ifPresent(rows -> ExampleWriter.write(json, rows));
              json.writeEndObject();
            }));
  }

  private Optional<ExampleRows> proposals(
      String version, PolicyWorkbook workbook, List<Row> uncovered, Freedom freedom) {
    return analyst
        .examples(version, workbook.policy(), freedom, uncovered)
        .map(proposals -> ExampleRows.of(workbook, proposals));
  }

  /**
   * A workbook that was tried against what was in force at that moment.
   *
   * @param version that it would be in force as
   */
  private record Tried(
      String id,
      String version,
      Freedom freedom,
      Optional<PolicyFile> inForce,
      Release.Trial trial) {

    Optional<Policy> before() {
      return inForce.map(file -> file.workbook().policy());
    }

    Optional<Policy> after() {
      return trial.workbook().map(PolicyWorkbook::policy);
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
    return new Tried(id, release.version(workbook), release.freedom(), release.file(id), trial);
  }

  /**
   * What is known of a workbook that was tried.
   *
   * @param meaning what its rows mean together; empty where that is not known
   * @param difference to what is in force, likewise
   * @param proposals examples for rows that have none, where they are wanted
   */
  private record Review(
      Tried tried,
      Optional<List<Finding>> meaning,
      Optional<Difference> difference,
      Optional<ExampleRows> proposals) {

    List<Finding> findings() {
      List<Finding> all = new ArrayList<>(tried.trial().checked().findings());
      meaning.ifPresent(all::addAll);
      return all.stream().sorted().distinct().toList();
    }
  }

  private Review review(Tried tried, boolean propose) {
    Optional<Policy> after = tried.after();
    Optional<List<Finding>> meaning =
        after.flatMap(policy -> analyst.findings(tried.version(), policy, tried.freedom()));
    Optional<ExampleRows> proposals =
        propose
            ? tried
                .trial()
                .workbook()
                .flatMap(
                    workbook ->
                        proposals(
                            tried.version(),
                            workbook,
                            tried.trial().examples().uncovered(),
                            tried.freedom()))
            : Optional.empty();
    if (after.isEmpty() || tried.before().isEmpty()) {
      return new Review(tried, meaning, Optional.empty(), proposals);
    }
    Optional<Difference> difference =
        analyst.difference(
            tried.inForce().orElseThrow().version(),
            tried.before().get(),
            tried.version(),
            after.get(),
            tried.freedom());
    return new Review(tried, meaning, difference, proposals);
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

  private static Copy annotated(Review review, byte[] workbook) {
    String name = review.tried().id() + ".xlsx";
    List<Finding> findings = review.findings();
    Tried tried = review.tried();
    Optional<AddedSheet> changes =
        tried
            .before()
            .flatMap(
                before ->
                    tried.after().map(after -> ChangeSheet.of(before, after, review.difference())));
    Checked<byte[]> copy =
        Annotator.annotate(name, workbook, findings, changes, review.proposals());
    byte[] bytes =
        copy.value()
            .orElseThrow(
                () ->
                    new ProblemException(
                        PublicationProblems.notClean(
                            "The workbook cannot be opened safely, so there is no copy of it.",
                            findings.isEmpty() ? copy.findings() : findings)));
    return new Copy(tried.id() + ".checked.xlsx", bytes);
  }

  private static void write(JsonGenerator json, Review review) {
    Tried tried = review.tried();
    boolean clean = tried.trial().checked().isClean();
    json.writeStartObject();
    json.writeStringProperty("policy", tried.id());
    json.writeBooleanProperty("clean", clean);
    if (clean) {
      json.writeStringProperty("version", tried.version());
    }
    tried.inForce().ifPresent(file -> json.writeStringProperty("inForce", file.version()));
    FindingWriter.write(json, "findings", review.findings());
    json.writeStringProperty(
        "analysis", tried.after().isEmpty() ? "not-possible" : analysis(review.meaning()));
    ExampleWriter.write(json, tried.trial().examples());
    review.proposals().ifPresent(rows -> ExampleWriter.write(json, rows));
    json.writeName("difference");
    if (tried.before().isPresent() && tried.after().isPresent()) {
      json.writeStartObject();
      new DifferenceWriter(json, tried.before().get(), tried.after().get())
          .members(review.difference());
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static String analysis(Optional<?> result) {
    return result.isPresent() ? "done" : "not-finished";
  }
}
