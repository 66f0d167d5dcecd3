package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.ClearanceApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API tells what is so: its examples are asked. */
@SpringBootTest(
    classes = ClearanceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApiDocumentTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The description itself. */
  private static final Set<String> NOT_DESCRIBED = Set.of("/v3/api-docs", "/docs", "/");

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (body.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode document() throws Exception {
    return MAPPER.readTree(send("GET", "/v3/api-docs", "").body());
  }

  @Test
  void everyExampleIsAnsweredWithTheMembersThatAreDescribed() throws Exception {
    JsonNode document = document();
    List<String> wrong = new ArrayList<>();
    int examples = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode body = method.getValue().at("/requestBody/content/application~1json");
        for (Map.Entry<String, JsonNode> example : body.path("examples").properties()) {
          examples++;
          HttpResponse<String> answer =
              send("POST", path.getKey(), example.getValue().get("value").toString());
          String schema =
              method
                  .getValue()
                  .at("/responses/200/content/application~1json/schema/$ref")
                  .stringValue();
          if (answer.statusCode() == 200) {
            differences(document, schema, MAPPER.readTree(answer.body()))
                .forEach(one -> wrong.add(path.getKey() + " " + example.getKey() + ": " + one));
          } else {
            wrong.add(path.getKey() + " " + example.getKey() + ": " + answer.body());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(examples).isGreaterThanOrEqualTo(10);
  }

  /** Members that are required and absent, or there and not described. */
  private static List<String> differences(JsonNode document, String reference, JsonNode answer) {
    List<String> wrong = new ArrayList<>();
    JsonNode schema = document.at(reference.substring(1));
    for (JsonNode name : schema.path("required")) {
      if (!answer.has(name.stringValue())) {
        wrong.add(name.stringValue() + " is absent");
      }
    }
    for (Map.Entry<String, JsonNode> member : answer.properties()) {
      JsonNode described = schema.path("properties").path(member.getKey());
      if (described.isMissingNode()) {
        wrong.add(member.getKey() + " is not described");
      } else if (described.has("$ref") && member.getValue().isObject()) {
        wrong.addAll(differences(document, described.get("$ref").stringValue(), member.getValue()));
      } else if (described.path("items").has("$ref")) {
        for (JsonNode item : member.getValue()) {
          wrong.addAll(differences(document, described.at("/items/$ref").stringValue(), item));
        }
      }
    }
    return wrong;
  }

  @Test
  void whatCanBeReadIsReadAsDescribed() throws Exception {
    for (Map.Entry<String, JsonNode> path : document().get("paths").properties()) {
      JsonNode get = path.getValue().path("get");
      boolean withoutKey = get.path("security").toString().matches("\\[]|.*\\{}.*");
      if (!get.isMissingNode() && withoutKey) {
        assertThat(send("GET", path.getKey().replace("{id}", "housing-centre"), "").statusCode())
            .as(path.getKey())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void namesOfOperationsAreStableAndDistinct() throws Exception {
    List<String> names = new ArrayList<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> names.add(method.getValue().get("operationId").stringValue())));

    assertThat(names)
        .doesNotHaveDuplicates()
        .contains(
            "decide",
            "decideMany",
            "classify",
            "review",
            "evaluate",
            "evaluateMany",
            "replayDecision",
            "listPolicies",
            "getVocabulary");
  }

  @Test
  void everyPathIsDescribed() throws Exception {
    Set<String> described = new TreeSet<>();
    document().get("paths").propertyNames().forEach(described::add);
    Set<String> missing = new TreeSet<>();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping ->
                mapping.getPatternValues().stream()
                    .filter(path -> !path.startsWith("/error") && !path.contains("{policy}"))
                    .filter(path -> !NOT_DESCRIBED.contains(path) && !described.contains(path))
                    .forEach(missing::add));
    assertThat(missing).isEmpty();
  }

  @Test
  void thePageNeedsNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = send("GET", "/docs", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'unsafe-inline'");
    assertThat(page.body()).doesNotContain("http://", "https://", "src=", "@import");
  }

  @Test
  void whoeverOpensTheAddressOfTheServiceIsShownThePage() throws Exception {
    HttpResponse<String> start = send("GET", "/", "");

    assertThat(start.statusCode()).isEqualTo(302);
    assertThat(start.headers().firstValue("Location").orElseThrow()).endsWith("/docs");
  }
}
