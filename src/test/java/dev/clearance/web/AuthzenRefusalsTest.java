package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the AuthZEN endpoints refuse, and how they say so. */
class AuthzenRefusalsTest extends RecordsApiTest {

  private static final String VALID =
      json(
          "{'subject':{'type':'user','id':'alice'},'action':{'name':'read'},"
              + "'resource':{'type':'record','id':'record-1'}}");

  private static final List<String> ENDPOINTS =
      List.of("evaluation", "evaluations", "search/subject", "search/resource", "search/action");

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  /** Subject, action and resource as they are sent, and the pointer and code of what is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          evaluation      |                               | {'name':'read'} | {'type':'r','id':'1'} | /subject missing-member
          evaluation      | null                          | {'name':'read'} | {'type':'r','id':'1'} | /subject missing-member
          evaluation      | 'alice'                       | {'name':'read'} | {'type':'r','id':'1'} | /subject wrong-type
          evaluation      | ['alice']                     | {'name':'read'} | {'type':'r','id':'1'} | /subject wrong-type
          evaluation      | {'id':'a'}                    | {'name':'read'} | {'type':'r','id':'1'} | /subject/type missing-member
          evaluation      | {'type':'user'}               | {'name':'read'} | {'type':'r','id':'1'} | /subject/id missing-member
          evaluation      | {'type':'user','id':null}     | {'name':'read'} | {'type':'r','id':'1'} | /subject/id missing-member
          evaluation      | {'type':'user','id':7}        | {'name':'read'} | {'type':'r','id':'1'} | /subject/id wrong-type
          evaluation      | {'type':true,'id':'a'}        | {'name':'read'} | {'type':'r','id':'1'} | /subject/type wrong-type
          evaluation      | {'type':'u','id':'a','properties':7} | {'name':'read'} | {'type':'r','id':'1'} | /subject/properties wrong-type
          evaluation      | {'type':'user','id':'a'}      |                 | {'type':'r','id':'1'} | /action missing-member
          evaluation      | {'type':'user','id':'a'}      | {}              | {'type':'r','id':'1'} | /action/name missing-member
          evaluation      | {'type':'user','id':'a'}      | {'name':123}    | {'type':'r','id':'1'} | /action/name wrong-type
          evaluation      | {'type':'user','id':'a'}      | 'read'          | {'type':'r','id':'1'} | /action wrong-type
          evaluation      | {'type':'user','id':'a'}      | {'name':'read','properties':[]} | {'type':'r','id':'1'} | /action/properties wrong-type
          evaluation      | {'type':'user','id':'a'}      | {'name':'read'} |                       | /resource missing-member
          evaluation      | {'type':'user','id':'a'}      | {'name':'read'} | {'id':'1'}            | /resource/type missing-member
          evaluation      | {'type':'user','id':'a'}      | {'name':'read'} | {'type':'r'}          | /resource/id missing-member
          evaluation      | {'id':'a'}                    | {}              | 7                     | /subject/type missing-member, /action/name missing-member, /resource wrong-type
          evaluations     |                               | {'name':'read'} | {'type':'r','id':'1'} | /subject missing-member
          search/subject  | {}                            | {'name':'read'} | {'type':'r','id':'1'} | /subject/type missing-member
          search/subject  | {'type':'user'}               |                 | {'type':'r','id':'1'} | /action missing-member
          search/subject  | {'type':'user'}               | {}              | {'type':'r','id':'1'} | /action/name missing-member
          search/subject  | {'type':'user'}               | 'read'          | {'type':'r','id':'1'} | /action wrong-type
          search/subject  | {'type':'user'}               | {'name':'read'} |                       | /resource missing-member
          search/subject  | {'type':'user'}               | {'name':'read'} | {'type':'r'}          | /resource/id missing-member
          search/subject  | {'type':'user'}               | {'name':'read'} | {'id':'1'}            | /resource/type missing-member
          search/resource |                               | {'name':'read'} | {'type':'r'}          | /subject missing-member
          search/resource | {'type':'user'}               | {'name':'read'} | {'type':'r'}          | /subject/id missing-member
          search/resource | {'type':'user','id':'a'}      |                 | {'type':'r'}          | /action missing-member
          search/resource | {'type':'user','id':'a'}      | {'name':'read'} | {}                    | /resource/type missing-member
          search/action   | {'type':'user','id':'a'}      |                 |                       | /resource missing-member
          search/action   | {'type':'user','id':'a'}      |                 | {'type':'r'}          | /resource/id missing-member
          search/action   | {'type':'user'}               |                 | {'type':'r','id':'1'} | /subject/id missing-member
          search/action   | 'alice'                       |                 | {'type':'r','id':'1'} | /subject wrong-type
          """)
  void whatTheStandardDemandsMustBeThere(
      String endpoint, String subject, String action, String resource, String faults) {
    List<String> members = new ArrayList<>();
    if (subject != null) {
      members.add("'subject':" + subject);
    }
    if (action != null) {
      members.add("'action':" + action);
    }
    if (resource != null) {
      members.add("'resource':" + resource);
    }
    HttpResponse<String> answer =
        caller().post("/access/v1/" + endpoint, json("{" + String.join(",", members) + "}"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(faults(answer)).isEqualTo(faults);
  }

  private static String faults(HttpResponse<String> answer) {
    List<String> told = new ArrayList<>();
    for (JsonNode fault : Caller.json(answer).get("errors")) {
      told.add(fault.get("pointer").asString() + " " + fault.get("code").asString());
    }
    return String.join(", ", told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'context':7                               | /context wrong-type
          'context':{'policies':'record-access'}    | /context/policies wrong-type
          'context':{'policies':[7]}                | /context/policies/0 wrong-type
          'context':{'policies':['record-acces']}   | /context/policies/0 unknown-policy
          'context':{'asOf':'2026-13-01'}           | /context/asOf unreadable-date
          'context':{'asOf':20261122}               | /context/asOf unreadable-date
          'page':[]                                 | /page wrong-type
          'page':{'limit':-1}                       | /page/limit wrong-type
          'page':{'limit':1.5}                      | /page/limit wrong-type
          'page':{'limit':'1'}                      | /page/limit wrong-type
          'page':{'token':1}                        | /page/token wrong-type
          'page':{'token':'!'}                      | /page/token unreadable-token
          'subject':{'type':'user','id':'alice'}    | /subject duplicate-name
          'x':'\\ud800'                             | /x unpaired-surrogate
          'x':{'y\\udc00':1}                        | /x/y\uFFFD unpaired-surrogate
          """)
  void whatItKnowsMustBeWellFormed(String member, String fault) {
    String body = VALID.substring(0, VALID.length() - 1) + "," + json(member) + "}";
    for (String endpoint : ENDPOINTS) {
      if (member.startsWith("'page'") && !endpoint.startsWith("search")) {
        continue;
      }
      HttpResponse<String> answer = caller().post("/access/v1/" + endpoint, body);
      assertThat(answer.statusCode()).as(endpoint).isEqualTo(400);
      assertThat(faults(answer)).isEqualTo(fault);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "[{}]",
        "null",
        "7",
        "\"alice\"",
        "{} {}",
        "{'subject':}",
        "{\"a\":1,}"
      })
  void aBodyThatIsNoObjectIsRefused(String body) {
    for (String endpoint : ENDPOINTS) {
      assertThat(caller().post("/access/v1/" + endpoint, body).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void anArrayAroundAValidRequestIsRefused() {
    for (String endpoint : ENDPOINTS) {
      assertThat(caller().post("/access/v1/" + endpoint, "[" + VALID + "]").statusCode())
          .isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                   | 200
          application/json; charset=utf-8    | 200
          application/json;charset="UTF-8"   | 200
          Application/JSON                   | 200
          text/plain                         | 400
          application/xml                    | 400
          application/x-www-form-urlencoded  | 400
          application/json; charset=utf-16   | 400
          json                               | 400
          */*                                | 400
          """)
  void onlyJsonIsTaken(String type, int status) {
    for (String endpoint : ENDPOINTS) {
      assertThat(
              caller()
                  .send("POST", "/access/v1/" + endpoint, VALID, "Content-Type", type)
                  .statusCode())
          .isEqualTo(status);
    }
  }

  @Test
  void aBodyWithoutTypeIsRefused() {
    assertThat(caller().send("POST", "/access/v1/evaluation", VALID).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void onlyPostAsks(String method) {
    for (String endpoint : ENDPOINTS) {
      HttpResponse<String> answer =
          caller()
              .send(method, "/access/v1/" + endpoint, VALID, "Content-Type", "application/json");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }
  }

  /** A client that accepts nothing but JSON may not know problem details. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                             | application/json
          application/json;q=0.9                       | application/json
          application/json, application/problem+json   | application/problem+json
          application/json, text/plain, */*            | application/problem+json
          */*                                          | application/problem+json
          application/problem+json                     | application/problem+json
          """)
  void problemsComeInTheTypeThatTheClientKnows(String accept, String type) {
    String[][] calls = {
      {"POST", "/access/v1/evaluation", "{}", "400"},
      {"POST", "/access/v1/search/action", "{", "400"},
      {"GET", "/access/v1/evaluations", "", "405"},
      {"POST", "/access/v1/none", VALID, "404"},
      {"POST", "/policies/none/access/v1/evaluation", VALID, "404"},
      {"GET", "/.well-known/authzen-configuration/policies/none", "", "404"},
      {"POST", "/access/v1/evaluation", " ".repeat((1 << 20) + 1), "413"},
    };
    for (String[] call : calls) {
      HttpResponse<String> answer =
          caller()
              .send(
                  call[0],
                  call[1],
                  call[2],
                  "Content-Type",
                  "application/json",
                  "Accept",
                  accept,
                  "X-Request-ID",
                  "request-7");
      assertThat(answer.statusCode()).as(call[1]).isEqualTo(Integer.parseInt(call[3]));
      assertThat(answer.headers().firstValue("Content-Type")).as(call[1]).contains(type);
      assertThat(answer.headers().allValues("X-Request-ID")).containsExactly("request-7");
      assertThat(Caller.json(answer).get("status").asInt()).isEqualTo(answer.statusCode());
    }
  }

  @Test
  void whatIsMeantToHurtIsPassedOverOrRefused() {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < 90_000; i++) {
      members.append(",\"").append(Integer.toString(i, 36)).append("\":1");
    }
    String start = VALID.substring(0, VALID.length() - 1);
    String[][] bodies = {
      {start + members + "}", "200"},
      {start + ",\"context\":{\"x\":1e999999999,\"y\":-1E-999999999}}", "200"},
      {start + ",\"x\":" + "1".repeat(60) + "}", "400"},
      {start + ",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}", "400"},
      {start + ",\"" + "x".repeat(300) + "\":1}", "400"},
      {VALID.replace("alice", "a".repeat(9_000)), "200"},
      {VALID.replace("alice", "a".repeat(11_000)), "400"},
      {VALID.replace("alice", "\\ud83d"), "400"},
    };
    for (String[] body : bodies) {
      for (String endpoint : ENDPOINTS) {
        assertThat(caller().post("/access/v1/" + endpoint, body[0]).statusCode())
            .as(endpoint + " " + body[0].substring(0, 100))
            .isEqualTo(Integer.parseInt(body[1]));
      }
    }
  }

  @Test
  void everyAnswerBearsTheIdOfItsRequest() {
    for (String endpoint : ENDPOINTS) {
      HttpResponse<String> answer =
          caller()
              .send(
                  "POST",
                  "/access/v1/" + endpoint,
                  VALID,
                  "Content-Type",
                  "application/json",
                  "X-Request-ID",
                  "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().allValues("X-Request-ID"))
          .containsExactly("bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
    }
  }
}
