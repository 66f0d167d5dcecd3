package dev.clearance.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a logged answer and the same question's answer now part ways. */
final class Replay {

  private static final int MOST = 100;

  /** Why a decision could not be had again as it was. */
  enum Reason {
    VERSION_UNKNOWN("The rules that answered then are not kept, or the vocabulary has changed."),
    REQUEST_UNREADABLE("The logged request is not one that these rules can read."),
    MASKED("The log hides values that the answer depends on."),
    ANSWERS_DIFFER("The line was changed, or this service answers differently than the one then.");

    private final String detail;

    Reason(String detail) {
      this.detail = detail;
    }
  }

  private record Difference(String pointer, @Nullable JsonNode logged, @Nullable JsonNode now) {}

  private Replay() {}

  static byte[] differing(Reason reason, Logged logged, Optional<byte[]> again) {
    List<Difference> differences = new ArrayList<>();
    again.ifPresent(
        bytes ->
            compare(
                Pointer.ROOT,
                Logged.MAPPER.readTree(logged.answer()),
                Logged.MAPPER.readTree(bytes),
                differences));
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "urn:clearance:problem:replay-differs");
          json.writeStringProperty("title", "The answer is not the same");
          json.writeNumberProperty("status", 409);
          json.writeStringProperty("detail", reason.detail);
          json.writeStringProperty(
              "reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
          json.writeArrayPropertyStart("differences");
          for (Difference one : differences) {
            json.writeStartObject();
            json.writeStringProperty("pointer", one.pointer());
            member("logged", one.logged(), json);
            member("replayed", one.now(), json);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void member(
      String name, @Nullable JsonNode value, tools.jackson.core.JsonGenerator json) {
    if (value != null) {
      json.writeName(name);
      json.writeRawValue(
          new String(Logged.MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8));
    }
  }

  private static void compare(
      Pointer at, @Nullable JsonNode logged, @Nullable JsonNode now, List<Difference> into) {
    if (into.size() == MOST || logged != null && logged.equals(now)) {
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
