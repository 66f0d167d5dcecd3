package dev.clearance.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.ObjectType;
import org.drools.base.common.NetworkNode;
import org.drools.base.reteoo.NodeTypeEnums;
import org.drools.base.rule.EntryPointId;
import org.drools.core.common.DefaultFactHandle;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.common.PropagationContext;
import org.drools.core.common.ReteEvaluator;
import org.drools.core.impl.InternalRuleBase;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.LeftInputAdapterNode;
import org.drools.core.reteoo.LeftTupleSink;
import org.drools.core.reteoo.ObjectSource;
import org.drools.core.reteoo.ObjectTypeNode;
import org.drools.core.reteoo.RuleTerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * The part of a rule network that one kind of situation passes through, where each rule of it is
 * {@linkplain Immediate immediate}: a situation that arrives at the end of a rule's conditions runs
 * its consequence there and then. So Drools finds what applies in its network of conditions, and
 * the session with its agenda, which would only put such rules in some order, is not needed.
 *
 * @param entrance where situations enter; null when no rule asks for their kind
 */
record Stage<S extends Situation>(@Nullable ObjectTypeNode entrance) {

  /**
   * @param immediate the immediate rules of the base, by their full name
   * @return empty, with the network as it was, when some rule on this kind of situation is not
   *     immediate: then it takes a session
   */
  static <S extends Situation> Optional<Stage<S>> of(
      InternalRuleBase base, Class<S> kind, Map<String, Immediate> immediate) {
    Map<ObjectType, ObjectTypeNode> nodes = base.getRete().getObjectTypeNodes(EntryPointId.DEFAULT);
    ObjectTypeNode entrance = null;
    for (Map.Entry<ObjectType, ObjectTypeNode> node : nodes.entrySet()) {
      Class<?> type = ((ClassObjectType) node.getKey()).getClassType();
      if (type == kind) {
        entrance = node.getValue();
      } else if (type.isAssignableFrom(kind)) {
        return Optional.empty();
      }
    }
    List<Ending> endings = new ArrayList<>();
    if (entrance != null) {
      if (!collect(entrance, immediate, endings)) {
        return Optional.empty();
      }
      endings.forEach(Ending::replace);
    }
    return Optional.of(new Stage<>(entrance));
  }

  private static boolean collect(
      ObjectSource source, Map<String, Immediate> immediate, List<Ending> endings) {
    for (NetworkNode sink : source.getObjectSinkPropagator().getSinks()) {
      boolean known =
          sink instanceof AlphaNode condition
              ? collect(condition, immediate, endings)
              : sink instanceof LeftInputAdapterNode end
                  && collect(source, end, immediate, endings);
      if (!known) {
        return false;
      }
    }
    return true;
  }

  private static boolean collect(
      ObjectSource source,
      LeftInputAdapterNode end,
      Map<String, Immediate> immediate,
      List<Ending> endings) {
    List<Immediate> rules = new ArrayList<>();
    for (LeftTupleSink sink : end.getSinkPropagator().getSinks()) {
      if (!(sink instanceof RuleTerminalNode terminal)
          || !immediate.containsKey(terminal.getRule().getFullyQualifiedName())) {
        return false;
      }
      rules.add(immediate.get(terminal.getRule().getFullyQualifiedName()));
    }
    endings.add(new Ending(source, end, rules));
    return true;
  }

  private record Ending(ObjectSource source, LeftInputAdapterNode end, List<Immediate> rules) {

    void replace() {
      source.removeObjectSink(end);
      source.addObjectSink(new Consequences(rules));
    }
  }

  void pass(S situation) {
    if (entrance != null) {
      entrance.propagateAssert(new DefaultFactHandle(situation), null, null);
    }
  }

  /** Stands where a rule's conditions end and the way to the agenda would begin. */
  private static final class Consequences extends LeftInputAdapterNode {

    private final Immediate[] rules;

    Consequences(List<Immediate> rules) {
      this.rules = rules.toArray(new Immediate[0]);
    }

    @Override
    public void assertObject(
        InternalFactHandle handle,
        @Nullable PropagationContext context,
        @Nullable ReteEvaluator evaluator) {
      Object situation = handle.getObject();
      for (Immediate rule : rules) {
        rule.run(situation);
      }
    }

    @Override
    public int getType() {
      return NodeTypeEnums.ObjectSinkMask;
    }
  }
}
