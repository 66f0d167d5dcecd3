package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.repository.SmallFolder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors are answered has the members that are described, and so have the examples. */
class EditingDocumentTest extends EditingApiTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonNode document = JSON.createObjectNode();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void answersAndExamplesHaveTheMembersThatAreDescribed() {
    document = JSON.readTree(get("/v3/api-docs").body());
    String before = version();
    byte[] changed = SmallFolder.policy("desk", "允许");

    isAsDescribed(
        "/v1/workbooks/check", "post", send("POST", "/v1/workbooks/check?propose=true", changed));
    isAsDescribed(
        "/v1/policies/{id}/findings", "get", get("/v1/policies/desk/findings?propose=true"));
    isAsDescribed(
        "/v1/policies/{id}/workbook",
        "put",
        send("PUT", "/v1/policies/desk/workbook", changed, "If-Match", "\"" + before + "\""));
    isAsDescribed("/v1/policies/{id}/versions", "get", get("/v1/policies/desk/versions"));
    isAsDescribed(
        "/v1/policies/{id}/versions/{before}/compare/{after}",
        "get",
        get("/v1/policies/desk/versions/" + before + "/compare/current"));
    isAsDescribed(
        "/v1/policies/{id}/versions/{version}/restore",
        "post",
        send(
            "POST",
            "/v1/policies/desk/versions/" + before + "/restore",
            new byte[0],
            "If-Match",
            "\"" + version() + "\""));
    assertThat(wrong).isEmpty();
  }

  private String version() {
    return JSON.readTree(get("/v1/policies/desk").body()).get("version").asString();
  }

  private void isAsDescribed(String path, String method, HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    JsonNode answer = document.get("paths").get(path).get(method).get("responses").get("200");
    JsonNode described = answer.get("content").get(Json.MEDIA_TYPE);
    compare(path, described.get("schema"), JSON.readTree(response.body()));
    if (described.has("example")) {
      compare(path + " (example)", described.get("schema"), described.get("example"));
    }
  }

  private void compare(String where, JsonNode schema, JsonNode value) {
    if (schema.has("$ref")) {
      compare(where, document.at(schema.get("$ref").stringValue().substring(1)), value);
    } else if (schema.has("oneOf")) {
      if (!value.isNull()) {
        compare(where, schema.get("oneOf").get(0), value);
      }
    } else if (schema.has("enum")) {
      if (!schema.get("enum").valueStream().toList().contains(value)) {
        wrong.add(where + " cannot be " + value);
      }
    } else if (value.isArray()) {
      value.forEach(item -> compare(where + "[]", schema.path("items"), item));
    } else if (schema.has("properties")) {
      schema.path("required").valueStream().forEach(name -> isThere(where, name, value));
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        JsonNode own = schema.get("properties").path(member.getKey());
        if (own.isMissingNode()) {
          wrong.add(where + "." + member.getKey() + " is not described");
        } else {
          compare(where + "." + member.getKey(), own, member.getValue());
        }
      }
    }
  }

  private void isThere(String where, JsonNode name, JsonNode value) {
    if (!value.has(name.stringValue())) {
      wrong.add(where + "." + name.stringValue() + " is absent");
    }
  }
}
