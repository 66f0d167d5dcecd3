package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.ClearanceApplication;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The AuthZEN API over the shipped policies, of which a request must say which it means. */
@SpringBootTest(
    classes = ClearanceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuthzenPoliciesTest {

  private static final String HOUSING = "/policies/housing-centre";
  private static final String EVALUATION = "/access/v1/evaluation";

  @LocalServerPort private int port;

  private Caller caller() {
    return new Caller(port);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String question(String action, String properties, String context) {
    return json(
        "{'subject':{'type':'user','id':'u-1','properties':{'role':'staff'}},"
            + "'action':{'name':'"
            + action
            + "'},'resource':{'type':'document','id':'d-1','properties':{"
            + properties
            + "}},'context':{"
            + context
            + "}}");
  }

  private JsonNode answer(String path, String body) {
    HttpResponse<String> answer = caller().post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Caller.json(answer);
  }

  @Test
  void aRequestThatNamesNoPolicyIsToldWhichThereAre() {
    HttpResponse<String> answer =
        caller().post(EVALUATION, question("copy", "'classification':'secret'", ""));
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode fault = Caller.json(answer).get("errors").get(0);
    assertThat(fault.get("code").asString()).isEqualTo("policy-required");
    assertThat(fault.get("hint").asString()).contains("housing-centre", "coal-mine");
    for (String search : List.of("subject", "resource", "action")) {
      assertThat(
              caller()
                  .post(
                      "/access/v1/search/" + search,
                      question("copy", "'classification':'secret'", ""))
                  .statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void thePathOrTheContextNamesThePolicy() {
    String secret = "'classification':'secret'";
    String native_ =
        json(
            "{'policies':['housing-centre'],'subject':{'id':'u-1','role':'staff'},"
                + "'action':'copy','resource':{'type':'document','id':'d-1',"
                + secret
                + "}}");
    JsonNode told = answer("/v1/decisions", native_);
    assertThat(told.get("outcome").asString()).isEqualTo("approval-required");
    assertThat(told.get("approver").get("level").asString()).isNotEmpty();
    assertThat(told.get("penalties").get("possible")).isNotEmpty();

    JsonNode byPath = answer(HOUSING + EVALUATION, question("copy", secret, "'explain':true"));
    assertThat(byPath.get("decision").asBoolean()).isFalse();
    assertThat(byPath.get("context")).isEqualTo(told);
    JsonNode byContext =
        answer(
            EVALUATION, question("copy", secret, "'explain':true,'policies':['housing-centre']"));
    assertThat(byContext).isEqualTo(byPath);
    assertThat(
            caller()
                .post(
                    HOUSING + EVALUATION,
                    question("copy", secret, "'explain':true,'policies':['housing-centre']"))
                .body())
        .isEqualTo(
            caller().post(HOUSING + EVALUATION, question("copy", secret, "'explain':true")).body());
  }

  @Test
  void thePathAndTheContextMustNotDisagree() {
    String body = question("copy", "'classification':'secret'", "'policies':['coal-mine']");
    HttpResponse<String> answer = caller().post(HOUSING + EVALUATION, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Caller.json(answer).get("errors").get(0).get("code").asString())
        .isEqualTo("conflicting-values");
  }

  @Test
  void anUnknownPolicyInThePathIsNotFound() {
    HttpResponse<String> answer = caller().post("/policies/housing-center" + EVALUATION, "{}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Caller.json(answer).get("detail").asString())
        .isEqualTo("No policy \"housing-center\" is loaded (did you mean housing-centre?).");
  }

  @Test
  void anApprovalThatIsHeldPermits() {
    String secret = "'classification':'secret','x':'y'";
    String safe = "'safeguards':['designated-person','marked'],";
    for (String held : List.of("'unit-head'", "'单位主要领导'", "'unit-head','somebody'")) {
      assertThat(
              answer(
                      HOUSING + EVALUATION,
                      question("copy", secret, safe + "'approvals':[" + held + "]"))
                  .get("decision")
                  .isBoolean())
          .isTrue();
    }
    JsonNode explained =
        answer(
            HOUSING + EVALUATION,
            question("copy", secret, "'explain':true,'approvals':['unit-head','somebody']"));
    for (JsonNode approval : explained.get("context").get("approvals")) {
      assertThat(approval.get("held").asBoolean()).isTrue();
    }
    // A set with something else than words in it is as if it were not given: nothing is held.
    JsonNode none =
        answer(
            HOUSING + EVALUATION,
            question("copy", secret, "'explain':true,'approvals':['unit-head',7]"));
    assertThat(none.get("context").get("outcome").asString()).isEqualTo("approval-required");
  }

  /** Reading elsewhere than in the office is forbidden there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'location':'office'           | false
          'location':'办公室'           | false
          'location':'on the moon'      | true
          'location':7                  | false
          'location':null               | false
          'x':1                         | false
          """)
  void aWordThatIsNotListedIsNoneOfTheListedOnes(String context, boolean forbidden) {
    JsonNode told =
        answer(
                "/policies/association-secrecy" + EVALUATION,
                question("read", "'x':1", "'explain':true," + context))
            .get("context");
    assertThat(told.get("citations").toString().contains("association-secrecy/2.1.4-1a"))
        .isEqualTo(forbidden);
  }

  @Test
  void anUnknownLevelIsNoLevel() {
    JsonNode told =
        answer(
                HOUSING + EVALUATION,
                question(
                    "copy", "'classification':'cosmic','category':'nothing'", "'explain':true"))
            .get("context");
    assertThat(told.get("outcome").asString()).isEqualTo("not-covered");
  }

  @Test
  void labelsCountAsCodes() {
    String chinese = question("复制", "'classification':'秘密'", "'explain':true");
    String codes = question("copy", "'classification':'secret'", "'explain':true");
    assertThat(answer(HOUSING + EVALUATION, chinese))
        .isEqualTo(answer(HOUSING + EVALUATION, codes));
  }

  @Test
  void theFactsOfAnIncidentRideInTheContext() {
    String native_ =
        json(
            "{'policies':['housing-centre'],'subject':{'id':'u-1','role':'staff'},"
                + "'action':'disclose','resource':{'type':'document','id':'d-1',"
                + "'classification':'secret'},'context':{'recipient':'outsider'},"
                + "'incident':{'intent':'intentional'}}");
    JsonNode told = answer("/v1/decisions", native_);
    assertThat(
            answer(
                    HOUSING + EVALUATION,
                    question(
                        "disclose",
                        "'classification':'secret'",
                        "'explain':true,'recipient':'outsider',"
                            + "'incident':{'intent':'intentional','x':1}"))
                .get("context"))
        .isEqualTo(told);
  }

  @Test
  void theDayMayBeNamed() {
    String secret = "'classification':'secret'";
    JsonNode then =
        answer(
            HOUSING + EVALUATION, question("copy", secret, "'asOf':'1900-01-01','explain':true"));
    JsonNode now = answer(HOUSING + EVALUATION, question("copy", secret, "'explain':true"));
    assertThat(then.get("context").get("decisionId"))
        .isNotEqualTo(now.get("context").get("decisionId"));
  }

  @Test
  void itemsOfOneRequestMayAskDifferentPolicies() {
    String body =
        json(
            "{'subject':{'type':'user','id':'u-1'},'action':{'name':'copy'},"
                + "'resource':{'type':'document','id':'d-1','properties':{'classification':'public'}},"
                + "'evaluations':["
                + "{'context':{'policies':['housing-centre']}},"
                + "{'context':{'policies':['coal-mine','housing-centre']}},"
                + "{'context':{'policies':['nobody']}},"
                + "{}]}");
    JsonNode items = answer("/access/v1/evaluations", body).get("evaluations");
    assertThat(items.get(0).toString()).isEqualTo("{\"decision\":true}");
    assertThat(items.get(1).get("decision").isBoolean()).isTrue();
    assertThat(items.get(2).get("context").get("error").get("message").asString())
        .startsWith("No policy \"nobody\" is loaded.");
    assertThat(items.get(3).get("decision").asBoolean()).isFalse();
    assertThat(items.get(3).get("context").get("error").get("message").asString())
        .contains("housing-centre");
  }

  /** They list nobody and nothing, so that only actions are to be found. */
  @ParameterizedTest
  @CsvSource({"public", "secret"})
  void actionsAreFoundAndPermittedWhenTheyAreAskedFor(String level) {
    String properties = "'classification':'" + level + "'";
    JsonNode found = answer(HOUSING + "/access/v1/search/action", question("x", properties, ""));
    int permitted = 0;
    for (JsonNode action : found.get("results")) {
      assertThat(action.propertyNames()).containsExactly("name");
      JsonNode told =
          answer(HOUSING + EVALUATION, question(action.get("name").asString(), properties, ""));
      assertThat(told.get("decision").asBoolean()).isTrue();
      permitted++;
    }
    if (level.equals("public")) {
      assertThat(permitted).isGreaterThan(10);
    }
    for (String search : List.of("subject", "resource")) {
      assertThat(
              caller()
                  .post(HOUSING + "/access/v1/search/" + search, question("copy", properties, ""))
                  .body())
          .isEqualTo("{\"page\":{\"next_token\":\"\"},\"results\":[]}");
    }
  }

  @Test
  void withoutAConfiguredAddressTheMetadataTellThePortHere() {
    String base = "http://127.0.0.1:" + port;
    JsonNode told = Caller.json(caller().get("/.well-known/authzen-configuration"));
    assertThat(told.get("policy_decision_point").asString()).isEqualTo(base);
    assertThat(told.get("access_evaluation_endpoint").asString()).isEqualTo(base + EVALUATION);
    JsonNode policy = Caller.json(caller().get("/.well-known/authzen-configuration" + HOUSING));
    assertThat(policy.get("policy_decision_point").asString()).isEqualTo(base + HOUSING);
    assertThat(policy.get("access_evaluations_endpoint").asString())
        .isEqualTo(base + HOUSING + "/access/v1/evaluations");
  }
}
