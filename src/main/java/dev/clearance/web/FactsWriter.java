package dev.clearance.web;

import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes facts as members of a request. */
final class FactsWriter {

  static final String MASK = "***";

  final RequestShape shape;
  private final Set<String> masked;

  /**
   * @param masked the paths of attributes whose values are not told
   */
  FactsWriter(RequestShape shape, Set<String> masked) {
    this.shape = shape;
    this.masked = masked;
  }

  /** To a request that is begun. */
  void write(Facts facts, JsonGenerator json) {
    members(shape.root, facts, json);
  }

  private void members(RequestShape.Member object, Facts facts, JsonGenerator json) {
    for (RequestShape.Member member : object.members()) {
      Value value = value(member, facts);
      if (isAnyGiven(member, facts)) {
        json.writeName(member.name);
        json.writeStartObject();
        if (value != null) {
          json.writeName("name");
          write(member, value, json);
        }
        members(member, facts, json);
        json.writeEndObject();
      } else if (value != null) {
        json.writeName(member.name);
        write(member, value, json);
      }
    }
  }

  /** Whether a fact has its place below this member. */
  private static boolean isAnyGiven(RequestShape.Member object, Facts facts) {
    for (RequestShape.Member member : object.members()) {
      if (value(member, facts) != null || isAnyGiven(member, facts)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Value value(RequestShape.Member member, Facts facts) {
    return member.attribute == null ? null : facts.at(member.attribute.index());
  }

  private void write(RequestShape.Member member, Value value, JsonGenerator json) {
    if (!masked.isEmpty() && masked.contains(member.path)) {
      json.writeString(MASK);
    } else {
      new AnswerWriter(json).value(value);
    }
  }
}
