package dev.clearance.drools;

import java.util.Map;
import java.util.Optional;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.ObjectType;
import org.drools.base.rule.EntryPointId;
import org.drools.core.impl.InternalRuleBase;
import org.drools.core.reteoo.ObjectTypeNode;

/**
 * The part of a rule network that one kind of situation passes through, where each rule of it is
 * {@linkplain Immediate immediate}: a situation that arrives at the end of a rule's conditions runs
 * its consequence there and then. So Drools' network of conditions says what applies, and the
 * session with its agenda, which would only put such rules in some order, is not needed.
 *
 * @param way leads nowhere when no rule asks for this kind of situation
 */
record Stage<S extends Situation>(Way way) {

  /**
   * @param immediate the immediate rules of the base, by their full name
   * @return empty when some rule on this kind of situation is not immediate: then it takes a
   *     session
   */
  static <S extends Situation> Optional<Stage<S>> of(
      InternalRuleBase base, Class<S> kind, Map<String, Immediate> immediate) {
    Map<ObjectType, ObjectTypeNode> nodes = base.getRete().getObjectTypeNodes(EntryPointId.DEFAULT);
    Way way = Way.NOWHERE;
    for (Map.Entry<ObjectType, ObjectTypeNode> node : nodes.entrySet()) {
      Class<?> type = ((ClassObjectType) node.getKey()).getClassType();
      if (type == kind) {
        Optional<Way> behind = Way.behind(node.getValue(), immediate);
        if (behind.isEmpty()) {
          return Optional.empty();
        }
        way = behind.get();
      } else if (type.isAssignableFrom(kind)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Stage<>(way));
  }

  void pass(S situation) {
    way.pass(situation);
  }
}
