package dev.clearance.policy;

import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subjects and resources that a policy lists, found by what a request says of them. */
public final class Directory {

  private final Side subjects;
  private final Side resources;

  public Directory(Policy policy) {
    this.subjects = Side.of(policy, true);
    this.resources = Side.of(policy, false);
  }

  private record Side(
      Vocabulary vocabulary, String typePath, Map<String, Map<String, Entity>> byType) {

    static Side of(Policy policy, boolean subject) {
      Side side =
          new Side(
              policy.vocabulary(),
              subject ? "subject.type" : "resource.type",
              new LinkedHashMap<>());
      for (Entity entity : policy.directory()) {
        if (entity.subject() == subject) {
          side.byType
              .computeIfAbsent(side.type(entity.type()), any -> new LinkedHashMap<>())
              .put(entity.id(), entity);
        }
      }
      return side;
    }

    /** A type that is a term goes by any of its names, here as in a request. */
    String type(String name) {
      return vocabulary.attribute(typePath).flatMap(attribute -> attribute.code(name)).orElse(name);
    }

    Map<String, Entity> ofType(String name) {
      return byType.getOrDefault(type(name), Map.of());
    }
  }

  private Side side(boolean subject) {
    return subject ? subjects : resources;
  }

  /** Whether any subject, or any resource, is listed: only then can an id be unknown. */
  public boolean lists(boolean subject) {
    return !side(subject).byType.isEmpty();
  }

  public Optional<Entity> find(boolean subject, String type, String id) {
    return Optional.ofNullable(side(subject).ofType(type).get(id));
  }

  /** In the order of the sheet. */
  public List<Entity> ofType(boolean subject, String type) {
    return new ArrayList<>(side(subject).ofType(type).values());
  }
}
