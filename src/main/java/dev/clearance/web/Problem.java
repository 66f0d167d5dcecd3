package dev.clearance.web;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A problem detail (RFC 9457).
 *
 * @param faults what exactly is wrong; empty where the detail says it all
 * @param more further members
 */
record Problem(
    int status, String type, String title, String detail, List<Fault> faults, Extension more) {

  /** Writes members that only this problem has. */
  @FunctionalInterface
  interface Extension {
    Extension NONE = json -> {};

    void write(JsonGenerator json);
  }

  Problem(int status, String type, String title, String detail, List<Fault> faults) {
    this(status, type, title, detail, faults, Extension.NONE);
  }

  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPES = "urn:clearance:problem:";

  Problem {
    faults = List.copyOf(faults);
  }

  static Problem invalid(List<Fault> faults) {
    String detail =
        faults.size() == 1
            ? faults.get(0).detail()
            : faults.size() + " things are wrong; each is listed with its place.";
    return new Problem(400, "invalid-request", "The request is not valid", detail, faults);
  }

  static Problem tooLarge(String detail) {
    return new Problem(413, "too-large", "The request is too large", detail, List.of());
  }

  static Problem unsupported(String detail) {
    return new Problem(
        415, "unsupported-media-type", "The content type is not supported", detail, List.of());
  }

  static Problem notFound(String detail) {
    return new Problem(404, "not-found", "There is nothing here", detail, List.of());
  }

  static Problem internal() {
    return new Problem(
        500,
        "internal-error",
        "The request could not be answered",
        "Something went wrong here; nothing is permitted by this answer.",
        List.of());
  }

  static Problem overloaded() {
    return new Problem(
        503,
        "overloaded",
        "Too much is going on",
        "The service is busy; try again in a second.",
        List.of());
  }

  /** What any other status is told as; the status itself says enough. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 ->
          new Problem(
              400,
              "invalid-request",
              "The request is not valid",
              "The request could not be read.",
              List.of());
      case 401 ->
          new Problem(
              401, "unauthenticated", "Who is asking?", "The request needs a key.", List.of());
      case 403 ->
          new Problem(
              403, "forbidden", "This is not allowed", "The key does not allow this.", List.of());
      case 404 -> notFound("This path leads nowhere.");
      case 405 ->
          new Problem(
              405,
              "method-not-allowed",
              "The method is not allowed",
              "This path does not take this method; the header Allow lists those that it takes.",
              List.of());
      case 406 ->
          new Problem(
              406,
              "not-acceptable",
              "No acceptable form",
              "The answer does not come in a form that the header Accept lists.",
              List.of());
      case 408 ->
          new Problem(
              408,
              "too-slow",
              "The request took too long",
              "The body did not arrive in time.",
              List.of());
      case 413 -> tooLarge("The request is larger than this path takes.");
      case 415 ->
          unsupported(
              "This path does not take this content type; the header Accept lists those that it takes.");
      case 500 -> internal();
      case 503 ->
          new Problem(
              503,
              "unavailable",
              "The service cannot answer just now",
              "Try again after the seconds that the header Retry-After names.",
              List.of());
      default ->
          new Problem(
              status,
              status < 500 ? "refused" : "internal-error",
              status < 500 ? "The request was refused" : "The request could not be answered",
              "The request was answered with status " + status + ".",
              List.of());
    };
  }

  /** As {@link #ofStatus(int)}, with a sentence that says more. */
  static Problem ofStatus(int status, String detail) {
    Problem plain = ofStatus(status);
    return new Problem(status, plain.type(), plain.title(), detail, List.of());
  }

  /**
   * @param instance the path that was asked; absent for an item of a batch
   * @param requestId told where only the log can say more
   */
  void write(JsonGenerator json, Optional<String> instance, Optional<String> requestId) {
    json.writeStartObject();
    json.writeStringProperty("type", TYPES + type);
    json.writeStringProperty("title", title);
    json.writeNumberProperty("status", status);
    json.writeStringProperty("detail", detail);
    instance.ifPresent(path -> json.writeStringProperty("instance", path));
    requestId.ifPresent(id -> json.writeStringProperty("requestId", id));
    if (!faults.isEmpty()) {
      json.writeArrayPropertyStart("errors");
      for (Fault fault : faults) {
        json.writeStartObject();
        json.writeStringProperty("pointer", fault.pointer());
        json.writeStringProperty("code", fault.code());
        json.writeStringProperty("detail", fault.detail());
        if (!fault.hint().isEmpty()) {
          json.writeStringProperty("hint", fault.hint());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    more.write(json);
    json.writeEndObject();
  }
}
