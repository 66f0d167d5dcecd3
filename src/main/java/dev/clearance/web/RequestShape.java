package dev.clearance.web;

import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which members a request may have: the paths of the vocabulary's attributes, as a tree. */
final class RequestShape {

  /** A member of a request: an attribute, an object that holds some, or both. */
  static final class Member {
    final String path;
    final boolean entity;
    private final Map<String, Member> members = new LinkedHashMap<>();
    @Nullable Attribute attribute;

    private Member(String path) {
      this.path = path;
      this.entity = ENTITIES.contains(path);
    }

    @Nullable Member member(String name) {
      return members.get(name);
    }

    /** {@code "action": "copy"} and {@code "action": {"name": "copy"}} are the same. */
    boolean takesName() {
      return entity && attribute != null;
    }

    boolean isObject() {
      return entity || attribute == null || !members.isEmpty();
    }

    List<String> names() {
      return new ArrayList<>(members.keySet());
    }
  }

  /** Present whatever the vocabulary declares: each may be given empty. */
  private static final List<String> ALWAYS =
      List.of("subject", "action", "resource", "context", "incident");

  /** {@code subject.properties.x} and {@code subject.x} are the same. */
  private static final Set<String> ENTITIES = Set.of("subject", "action", "resource");

  final Vocabulary vocabulary;
  final Member root = new Member("");

  RequestShape(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    ALWAYS.forEach(name -> root.members.put(name, new Member(name)));
    for (Attribute attribute : vocabulary.attributes()) {
      Member member = root;
      String path = "";
      for (String step : attribute.path().split("\\.")) {
        String here = path.isEmpty() ? step : path + "." + step;
        member = member.members.computeIfAbsent(step, any -> new Member(here));
        path = here;
      }
      member.attribute = attribute;
    }
  }
}
