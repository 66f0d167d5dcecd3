package dev.clearance.web;

import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Which members a request may have: the paths of the vocabulary's attributes, as a tree. */
final class RequestShape {

  /** A member of a request: an attribute, an object that holds some, or both. */
  static final class Member {
    final String path;

    /** The last step of the path, as JSON spells it. */
    final SerializableString name;

    final boolean entity;
    private final Map<String, Member> byName = new LinkedHashMap<>();
    private final List<Member> members = new ArrayList<>();
    @Nullable Attribute attribute;

    private Member(String path) {
      this.path = path;
      this.name = new SerializedString(path.substring(path.lastIndexOf('.') + 1));
      this.entity = ENTITIES.contains(path);
    }

    private Member below(String name) {
      return byName.computeIfAbsent(
          name,
          any -> {
            Member member = new Member(path.isEmpty() ? name : path + "." + name);
            members.add(member);
            return member;
          });
    }

    /** In the order of the vocabulary. */
    List<Member> members() {
      return members;
    }

    @Nullable Member member(String name) {
      return byName.get(name);
    }

    /** {@code "action": "copy"} and {@code "action": {"name": "copy"}} are the same. */
    boolean takesName() {
      return entity && attribute != null;
    }

    boolean isObject() {
      return entity || attribute == null || !members.isEmpty();
    }

    List<String> names() {
      return new ArrayList<>(byName.keySet());
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
    ALWAYS.forEach(root::below);
    for (Attribute attribute : vocabulary.attributes()) {
      Member member = root;
      for (String step : attribute.path().split("\\.")) {
        member = member.below(step);
      }
      member.attribute = attribute;
    }
  }
}
