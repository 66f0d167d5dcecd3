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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/**
 * The same tables for KIE DMN: a model with one table that collects rows for each policy, or one for
 * all of them with the policy as its first column.
 */
final class DmnTables {

  private static final String NAMESPACE = "https://clearance.example/";
  private static final String POLICY = "policy";

  private final DMNRuntime runtime;
  private final Map<String, DMNModel> models = new HashMap<>();
  private final List<Attribute> inputs = new ArrayList<>();

  static DmnTables apart(List<Policy> policies) {
    Map<String, List<Policy>> models = new LinkedHashMap<>();
    policies.forEach(policy -> models.put(policy.id(), List.of(policy)));
    return new DmnTables(models);
  }

  static DmnTables together(List<Policy> policies) {
    return new DmnTables(Map.of("all", policies));
  }

  private DmnTables(Map<String, List<Policy>> byModel) {
    List<Policy> policies = byModel.values().stream().flatMap(List::stream).toList();
    for (Attribute attribute : policies.get(0).vocabulary().attributes()) {
      if (attribute.type() != AttributeType.TEXT) {
        inputs.add(attribute);
      }
    }
    List<Resource> resources = new ArrayList<>();
    byModel.forEach(
        (id, those) -> {
          byte[] xml = xml(id, those).getBytes(StandardCharsets.UTF_8);
          Resource resource = ResourceFactory.newByteArrayResource(xml);
          resource.setSourcePath(id + ".dmn");
          resources.add(resource);
        });
    runtime =
        DMNRuntimeBuilder.fromDefaults()
            .buildConfiguration()
            .fromResources(resources)
            .getOrElseThrow(IllegalStateException::new);
    byModel.forEach(
        (id, those) -> {
          DMNModel model = runtime.getModel(NAMESPACE + id, id);
          if (model == null || model.hasErrors()) {
            throw new IllegalStateException("the model of " + id + " has errors");
          }
          those.forEach(policy -> models.put(policy.id(), model));
        });
  }

  private static String name(Attribute attribute) {
    return "in" + attribute.index();
  }

  private String xml(String id, List<Policy> policies) {
    List<String> names = new ArrayList<>(List.of(POLICY));
    inputs.forEach(input -> names.add(name(input)));
    boolean together = policies.size() > 1;
    if (!together) {
      names.remove(POLICY);
    }
    StringBuilder xml = new StringBuilder();
    xml.append("<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='")
        .append(id)
        .append("' id='m' namespace='" + NAMESPACE)
        .append(id)
        .append("'>\n");
    for (String name : names) {
      xml.append("<inputData id='i%1$s' name='%1$s'><variable name='%1$s'/></inputData>%n"
          .formatted(name));
    }
    xml.append("<decision id='d' name='rows'><variable name='rows'/>\n");
    for (String name : names) {
      xml.append(
          "<informationRequirement><requiredInput href='#i%s'/></informationRequirement>%n"
              .formatted(name));
    }
    xml.append("<decisionTable id='t' hitPolicy='COLLECT'>\n");
    for (String name : names) {
      xml.append("<input><inputExpression><text>%s</text></inputExpression></input>%n"
          .formatted(name));
    }
    xml.append("<output/>\n");
    for (Policy policy : policies) {
      for (Row row : policy.rows()) {
        xml.append("<rule>");
        if (together) {
          xml.append("<inputEntry><text>\"").append(policy.id()).append("\"</text></inputEntry>");
        }
        for (Attribute input : inputs) {
          xml.append("<inputEntry><text>").append(cell(row, input)).append("</text></inputEntry>");
        }
        xml.append("<outputEntry><text>").append(row.index()).append("</text></outputEntry>");
        xml.append("</rule>\n");
      }
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
    String policy = request.policies().get(0);
    context.set(POLICY, policy);
    DMNResult result = runtime.evaluateAll(models.get(policy), context);
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
