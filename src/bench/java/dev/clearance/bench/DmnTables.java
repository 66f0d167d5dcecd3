package dev.clearance.bench;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/** The same tables for KIE DMN: for each policy a model with one table that collects rows. */
final class DmnTables {

  private static final String NAMESPACE = "https://clearance.example/";

  private final DMNRuntime runtime;
  private final Map<String, DMNModel> models = new HashMap<>();
  private final List<Attribute> inputs = new ArrayList<>();

  DmnTables(List<Policy> policies) {
    for (Attribute attribute : policies.get(0).vocabulary().attributes()) {
      if (attribute.type() != AttributeType.TEXT) {
        inputs.add(attribute);
      }
    }
    List<Resource> resources = new ArrayList<>();
    for (Policy policy : policies) {
      byte[] xml = xml(policy).getBytes(StandardCharsets.UTF_8);
      Resource resource = ResourceFactory.newByteArrayResource(xml);
      resource.setSourcePath(policy.id() + ".dmn");
      resources.add(resource);
    }
    runtime =
        DMNRuntimeBuilder.fromDefaults()
            .buildConfiguration()
            .fromResources(resources)
            .getOrElseThrow(IllegalStateException::new);
    for (Policy policy : policies) {
      DMNModel model = runtime.getModel(NAMESPACE + policy.id(), policy.id());
      if (model == null || model.hasErrors()) {
        throw new IllegalStateException("the model of " + policy.id() + " has errors");
      }
      models.put(policy.id(), model);
    }
  }

  private static String name(Attribute attribute) {
    return "in" + attribute.index();
  }

  private String xml(Policy policy) {
    StringBuilder xml = new StringBuilder();
    xml.append("<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='")
        .append(policy.id())
        .append("' id='m' namespace='" + NAMESPACE)
        .append(policy.id())
        .append("'>\n");
    for (Attribute input : inputs) {
      xml.append("<inputData id='i%1$s' name='%1$s'><variable name='%1$s'/></inputData>%n"
          .formatted(name(input)));
    }
    xml.append("<decision id='d' name='rows'><variable name='rows'/>\n");
    for (Attribute input : inputs) {
      xml.append(
          "<informationRequirement><requiredInput href='#i%s'/></informationRequirement>%n"
              .formatted(name(input)));
    }
    xml.append("<decisionTable id='t' hitPolicy='COLLECT'>\n");
    for (Attribute input : inputs) {
      xml.append("<input><inputExpression><text>%s</text></inputExpression></input>%n"
          .formatted(name(input)));
    }
    xml.append("<output/>\n");
    for (Row row : policy.rows()) {
      xml.append("<rule>");
      for (Attribute input : inputs) {
        xml.append("<inputEntry><text>").append(cell(row, input)).append("</text></inputEntry>");
      }
      xml.append("<outputEntry><text>").append(row.index()).append("</text></outputEntry></rule>\n");
    }
    return xml.append("</decisionTable></decision></definitions>").toString();
  }

  private static String cell(Row row, Attribute input) {
    for (Condition condition : row.when()) {
      if (condition.attribute().equals(input)) {
        Test test = condition.test();
        if (test instanceof Test.AnyOf anyOf) {
          return "\"" + String.join("\", \"", anyOf.listed()) + "\"";
        }
        if (test instanceof Test.Between between) {
          return "&gt; " + between.low().orElseThrow();
        }
        return Boolean.toString(((Test.Is) test).yes());
      }
    }
    return "-";
  }

  List<Integer> rows(DecisionRequest request) {
    DMNContext context = runtime.newContext();
    for (Attribute input : inputs) {
      Value value = request.facts().at(input.index());
      Object given = null;
      if (value instanceof Value.Amount amount) {
        given = amount.number();
      } else if (value instanceof Value.Flag flag) {
        given = flag.yes();
      } else if (value != null) {
        given = value.toString();
      }
      context.set(name(input), given);
    }
    DMNResult result = runtime.evaluateAll(models.get(request.policies().get(0)), context);
    if (result.hasErrors()) {
      throw new IllegalStateException(result.getMessages().toString());
    }
    List<Integer> rows = new ArrayList<>();
    Object found = result.getDecisionResultByName("rows").getResult();
    if (found instanceof List<?> list) {
      list.forEach(one -> rows.add(((Number) one).intValue()));
    }
    return rows;
  }
}
