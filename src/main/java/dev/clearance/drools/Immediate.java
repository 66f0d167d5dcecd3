package dev.clearance.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.drools.model.Condition;
import org.drools.model.Consequence;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.Rule.Attribute;
import org.drools.model.functions.BlockN;

/**
 * The consequence of a rule that asks for one situation and neither adds nor takes away facts: it
 * can run as soon as the conditions hold, in whatever order.
 */
record Immediate(String rule, BlockN consequence) {

  private static final List<Attribute<?>> ATTRIBUTES =
      List.of(
          Attribute.NO_LOOP,
          Attribute.LOCK_ON_ACTIVE,
          Attribute.ENABLED,
          Attribute.AUTO_FOCUS,
          Attribute.SALIENCE,
          Attribute.AGENDA_GROUP,
          Attribute.ACTIVATION_GROUP,
          Attribute.RULEFLOW_GROUP,
          Attribute.DURATION,
          Attribute.TIMER,
          Attribute.CALENDARS,
          Attribute.DATE_EFFECTIVE,
          Attribute.DATE_EXPIRES);

  static Optional<Immediate> of(Rule rule) {
    Map<String, Consequence> consequences = rule.getConsequences();
    Consequence consequence = rule.getDefaultConsequence();
    List<Condition> conditions = new ArrayList<>(rule.getView().getSubConditions());
    conditions.removeIf(condition -> condition.getType() == Condition.Type.CONSEQUENCE);
    if (consequences.size() != 1
        || consequence.isUsingDrools()
        || consequence.isBreaking()
        || conditions.size() != 1
        || !(conditions.get(0) instanceof Pattern<?> pattern)
        || consequence.getVariables().length != 1
        || consequence.getVariables()[0] != pattern.getPatternVariable()
        || ATTRIBUTES.stream().anyMatch(attribute -> isSet(rule, attribute))) {
      return Optional.empty();
    }
    return Optional.of(new Immediate(rule.getName(), consequence.getBlock()));
  }

  private static boolean isSet(Rule rule, Attribute<?> attribute) {
    Object value = rule.getAttribute(attribute);
    return value != null && !Objects.deepEquals(value, attribute.getDefaultValue());
  }

  void run(Object situation) {
    try {
      consequence.execute(situation);
    } catch (Exception failed) {
      throw new IllegalStateException("the rule " + rule + " failed", failed);
    }
  }
}
