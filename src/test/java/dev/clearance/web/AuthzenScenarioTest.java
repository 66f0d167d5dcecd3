package dev.clearance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The certification scenario of AuthZEN 1.0, its policy an ordinary workbook. */
class AuthzenScenarioTest extends RecordsApiTest {

  private static final String PERMIT = "{\"decision\":true}";
  private static final String DENY = "{\"decision\":false}";

  private static final String ALICE = "'subject':{'type':'user','id':'alice'}";
  private static final String BOB = "'subject':{'type':'user','id':'bob'}";
  private static final String READ = "'action':{'name':'read'}";
  private static final String WRITE = "'action':{'name':'write'}";
  private static final String RECORD_1 = "'resource':{'type':'record','id':'record-1'}";
  private static final String RECORD_2 = "'resource':{'type':'record','id':'record-2'}";
  private static final String ADMIN =
      "'subject':{'type':'user','id':'bob','properties':{'role':'admin'}}";
  private static final String ARCHIVED =
      "'resource':{'type':'record','id':'record-2','properties':{'status':'archived'}}";
  private static final String ACTIVE =
      "'resource':{'type':'record','id':'record-1','properties':{'status':'active'}}";

  private static String of(String... members) {
    return ("{" + String.join(",", members) + "}").replace('\'', '"');
  }

  private HttpResponse<String> ask(String endpoint, String... members) {
    return caller().post("/access/v1/" + endpoint, of(members));
  }

  /** The body of an answer that is asked for twice and is the same both times. */
  private String answer(String endpoint, String... members) {
    HttpResponse<String> first = ask(endpoint, members);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(ask(endpoint, members).body()).isEqualTo(first.body());
    return first.body();
  }

  @Nested
  class Basic {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            alice |       | read   |                  | record-1 |          | true
            alice |       | write  |                  | record-1 |          | true
            bob   |       | read   |                  | record-1 |          | true
            bob   |       | write  |                  | record-1 |          | false
            alice |       | write  |                  | record-1 | archived | false
            alice |       | write  |                  | record-2 | archived | false
            bob   | admin | write  |                  | record-2 | archived | true
            bob   | other | write  |                  | record-2 | archived | false
            alice |       | delete | 'soft':true      | record-1 |          | true
            alice |       | delete | 'soft':false     | record-1 |          | false
            alice |       | delete |                  | record-1 |          | false
            alice |       | delete | 'soft':'true'    | record-1 |          | false
            alice |       | fly    |                  | record-1 |          | false
            carol |       | read   |                  | record-1 |          | false
            """)
    void theFixtureDecides(
        String subject,
        String role,
        String action,
        String properties,
        String resource,
        String status,
        boolean permitted) {
      String question =
          of(
              "'subject':{'type':'user','id':'%s'%s}"
                  .formatted(subject, role == null ? "" : properties("'role':'" + role + "'")),
              "'action':{'name':'%s'%s}"
                  .formatted(action, properties == null ? "" : properties(properties)),
              "'resource':{'type':'record','id':'%s'%s}"
                  .formatted(
                      resource, status == null ? "" : properties("'status':'" + status + "'")));
      String inner = question.substring(1, question.length() - 1);
      String expected = permitted ? PERMIT : DENY;
      assertThat(answer("evaluation", inner)).isEqualTo(expected);
      assertThat(answer("evaluation", inner, "'context':{}")).isEqualTo(expected);
      assertThat(
              answer(
                  "evaluation",
                  inner,
                  "'context':{'time':'2025-06-27T18:03-07:00','ip':'192.168.1.1'}"))
          .isEqualTo(expected);
    }

    private static String properties(String members) {
      return ",'properties':{" + members + "}";
    }

    @Test
    void theDirectoryFillsInWhatTheRequestDoesNotSay() {
      // bob is listed as an administrator, record-2 as archived.
      assertThat(answer("evaluation", BOB, WRITE, RECORD_2)).isEqualTo(PERMIT);
      assertThat(answer("evaluation", ALICE, WRITE, RECORD_2)).isEqualTo(DENY);
      // A value of the wrong type says nothing.
      assertThat(
              answer(
                  "evaluation",
                  ALICE,
                  WRITE,
                  "'resource':{'type':'record','id':'record-2','properties':{'status':7}}"))
          .isEqualTo(DENY);
      // What the request says counts.
      assertThat(
              answer(
                  "evaluation",
                  ALICE,
                  WRITE,
                  "'resource':{'type':'record','id':'record-2','properties':{'status':'active'}}"))
          .isEqualTo(PERMIT);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'foo':'bar','futureField':{'nested':true}",
          "'context':null,'page':7,'options':[],'evaluations':1",
          "'context':{'explain':false,'x':[[{}]],'policies':['record-access']}",
          "'context':{'explain':'true','asOf':'2026-11-22'}"
        })
    void whatItDoesNotKnowItPassesOver(String members) {
      assertThat(answer("evaluation", ALICE, READ, RECORD_1, members)).isEqualTo(PERMIT);
      assertThat(
              answer(
                  "evaluation",
                  "'subject':{'type':'user','id':'alice','x':1,'properties':{'department':'Sales','role':'manager'}}",
                  "'action':{'name':'read','x':{},'properties':{'method':'GET'}}",
                  "'resource':{'type':'record','id':'record-1','x':null,'properties':{'status':'active','owner':'bob'}}",
                  members))
          .isEqualTo(PERMIT);
    }

    @Test
    void theExplanationIsTheNativeAnswer() {
      JsonNode answer =
          Caller.json(ask("evaluation", ALICE, WRITE, ARCHIVED, "'context':{'explain':true}"));
      JsonNode told =
          Caller.json(
              caller()
                  .post(
                      "/v1/decisions",
                      of(
                          ALICE,
                          "'action':'write'",
                          "'resource':{'type':'record','id':'record-2','status':'archived'}")));
      assertThat(answer.propertyNames()).containsExactly("decision", "context");
      assertThat(answer.get("context")).isEqualTo(told);
      assertThat(told.get("outcome").asString()).isEqualTo("deny");
    }
  }

  @Nested
  class Batch {

    @Test
    void itemsAreAnsweredInTheirOrder() {
      assertThat(
              answer(
                  "evaluations",
                  ALICE,
                  READ,
                  "'evaluations':[" + of(RECORD_1) + "," + of(RECORD_2) + "]"))
          .isEqualTo(list(PERMIT, PERMIT));
      assertThat(
              answer(
                  "evaluations",
                  BOB,
                  RECORD_1,
                  "'evaluations':[" + of(READ) + "," + of(WRITE) + "]"))
          .isEqualTo(list(PERMIT, DENY));
      assertThat(
              answer(
                  "evaluations",
                  "'evaluations':["
                      + of(ALICE, READ, RECORD_1)
                      + ","
                      + of(BOB, WRITE, RECORD_1)
                      + "]"))
          .isEqualTo(list(PERMIT, DENY));
    }

    @Test
    void propertiesCountForEachItem() {
      assertThat(
              answer(
                  "evaluations",
                  ALICE,
                  WRITE,
                  "'evaluations':[" + of(ACTIVE) + "," + of(ARCHIVED) + "]"))
          .isEqualTo(list(PERMIT, DENY));
      assertThat(
              answer(
                  "evaluations",
                  WRITE,
                  ARCHIVED,
                  "'evaluations':[" + of(ALICE) + "," + of(ADMIN) + "]"))
          .isEqualTo(list(DENY, PERMIT));
      assertThat(
              answer(
                  "evaluations",
                  ALICE,
                  WRITE,
                  "'resource':{'type':'record'}",
                  "'evaluations':[" + of(ACTIVE) + "," + of(ARCHIVED) + "]"))
          .isEqualTo(list(PERMIT, DENY));
    }

    @Test
    void whatAnItemSaysReplacesTheWholeDefault() {
      assertThat(answer("evaluations", BOB, WRITE, RECORD_1, "'evaluations':[" + of(READ) + ",{}]"))
          .isEqualTo(list(PERMIT, DENY));
      // The default's archived status does not reach an item that names the record itself.
      assertThat(
              answer(
                  "evaluations",
                  ALICE,
                  WRITE,
                  "'resource':{'type':'record','id':'record-1','properties':{'status':'archived'}}",
                  "'evaluations':[" + of(RECORD_1) + ",{}]"))
          .isEqualTo(list(PERMIT, DENY));
      // Nor does its type reach one that leaves it out.
      assertThat(
              answer(
                  "evaluations",
                  ALICE,
                  READ,
                  RECORD_1,
                  "'evaluations':[{'resource':{'id':'record-1'}},{}]"))
          .isEqualTo(list(error("resource.type is missing."), PERMIT));
    }

    @Test
    void theContextIsADefaultToo() {
      JsonNode answer =
          Caller.json(
              ask(
                  "evaluations",
                  ALICE,
                  READ,
                  "'context':{'explain':true}",
                  "'evaluations':["
                      + of(RECORD_1)
                      + ","
                      + of(RECORD_2, "'context':{'source':'batch-override'}")
                      + "]"));
      JsonNode items = answer.get("evaluations");
      assertThat(items.get(0).get("context").get("outcome").asString()).isEqualTo("permit");
      assertThat(items.get(1).propertyNames()).containsExactly("decision");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        textBlock =
            """
            {}                            | resource is missing.
            {'resource':null}             | resource is missing.
            {'resource':{'type':'record'}} | resource.id is missing.
            {'resource':'record-1'}       | resource must be an object, not a string.
            {'subject':7}                 | subject must be an object, not a number. resource is missing.
            7                             | An evaluation must be an object, not a number.
            null                          | An evaluation must be an object, not null.
            """)
    void aFaultyItemIsDeniedInItsPlace(String item, String message) {
      assertThat(
              answer(
                  "evaluations",
                  ALICE,
                  READ,
                  "'evaluations':[" + of(RECORD_1) + "," + item + "," + of(RECORD_2) + "]"))
          .isEqualTo(list(PERMIT, error(message), PERMIT));
    }

    @Test
    void aSubjectThatIsMissingEverywhereIsAFaultOfTheItem() {
      assertThat(answer("evaluations", READ, "'evaluations':[" + of(RECORD_1) + "]"))
          .isEqualTo(list(error("subject is missing.")));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            execute_all            | read write read   | true false true
            deny_on_first_deny     | read write read   | true false
            deny_on_first_deny     | read read         | true true
            deny_on_first_deny     | read faulty read  | true false
            permit_on_first_permit | write read write  | false true
            permit_on_first_permit | write write       | false false
            permit_on_first_permit | faulty read write | false true
            """)
    void theSemanticSaysWhenToStop(String semantic, String actions, String decisions) {
      List<String> items = new ArrayList<>();
      for (String action : actions.split(" ")) {
        items.add(
            action.equals("faulty") ? "{'action':7}" : "{'action':{'name':'" + action + "'}}");
      }
      JsonNode answer =
          Caller.json(
              ask(
                  "evaluations",
                  BOB,
                  RECORD_1,
                  "'options':{'evaluations_semantic':'" + semantic + "','other':1}",
                  "'evaluations':[" + String.join(",", items) + "]"));
      List<String> told = new ArrayList<>();
      answer.get("evaluations").forEach(item -> told.add(item.get("decision").toString()));
      assertThat(String.join(" ", told)).isEqualTo(decisions);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'x':1",
          "'evaluations':[]",
          "'evaluations':null",
          "'options':{},'evaluations':[]"
        })
    void withoutItemsItIsOneEvaluation(String members) {
      assertThat(answer("evaluations", ALICE, READ, RECORD_1, members)).isEqualTo(PERMIT);
      assertThat(ask("evaluations", ALICE, READ, members).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'options':{'evaluations_semantic':'first'}",
          "'options':{'evaluations_semantic':1}",
          "'options':[]",
          "'evaluations':{}"
        })
    void anUnknownSemanticIsRefused(String members) {
      assertThat(ask("evaluations", ALICE, READ, RECORD_1, members).statusCode()).isEqualTo(400);
    }

    @Test
    void thereIsAMostOfItems() {
      String items = "{},".repeat(1000);
      assertThat(ask("evaluations", "'evaluations':[" + items + "{}]").statusCode()).isEqualTo(413);
      assertThat(
              Caller.json(
                      ask(
                          "evaluations",
                          ALICE,
                          READ,
                          RECORD_1,
                          "'evaluations':[" + items.substring(0, items.length() - 1) + "]"))
                  .get("evaluations"))
          .hasSize(1000);
    }

    private static String list(String... answers) {
      return "{\"evaluations\":[" + String.join(",", answers) + "]}";
    }

    private static String error(String message) {
      return "{\"decision\":false,\"context\":{\"error\":{\"status\":400,\"message\":\""
          + message
          + "\"}}}";
    }
  }

  @Nested
  class Search {

    private static final String END = "{\"page\":{\"next_token\":\"\"},\"results\":[%s]}";
    private static final String USERS = "'subject':{'type':'user'}";
    private static final String RECORDS = "'resource':{'type':'record'}";

    private static String users(String... ids) {
      return results("{'type':'user','id':'%s'}", ids);
    }

    private static String records(String... ids) {
      return results("{'type':'record','id':'%s'}", ids);
    }

    private static String actions(String... names) {
      return results("{'name':'%s'}", names);
    }

    private static String results(String form, String... values) {
      List<String> all = new ArrayList<>();
      for (String value : values) {
        all.add(form.formatted(value).replace('\'', '"'));
      }
      return END.formatted(String.join(",", all));
    }

    @Test
    void findsSubjects() {
      assertThat(answer("search/subject", USERS, READ, RECORD_1)).isEqualTo(users("alice", "bob"));
      assertThat(answer("search/subject", USERS, WRITE, RECORD_1)).isEqualTo(users("alice"));
      assertThat(answer("search/subject", USERS, WRITE, ARCHIVED)).isEqualTo(users("bob"));
      assertThat(answer("search/subject", BOB, READ, RECORD_1)).isEqualTo(users("alice", "bob"));
      assertThat(answer("search/subject", USERS, READ, RECORD_1, "'context':{'ip':'::1'}"))
          .isEqualTo(users("alice", "bob"));
      assertThat(
              answer(
                  "search/subject",
                  "'subject':{'type':'user','id':7,'properties':{'role':'admin'}}",
                  READ,
                  RECORD_1))
          .isEqualTo(users("bob"));
    }

    @Test
    void findsResources() {
      assertThat(answer("search/resource", ALICE, READ, RECORDS))
          .isEqualTo(records("record-1", "record-2"));
      assertThat(answer("search/resource", ALICE, WRITE, RECORDS)).isEqualTo(records("record-1"));
      assertThat(answer("search/resource", ADMIN, WRITE, RECORDS)).isEqualTo(records("record-2"));
      assertThat(answer("search/resource", ALICE, READ, RECORD_2))
          .isEqualTo(records("record-1", "record-2"));
      assertThat(
              answer(
                  "search/resource",
                  ADMIN,
                  WRITE,
                  "'resource':{'type':'record','properties':{'status':'archived'}}"))
          .isEqualTo(records("record-2"));
    }

    @Test
    void findsActions() {
      assertThat(answer("search/action", ALICE, RECORD_1)).isEqualTo(actions("read", "write"));
      assertThat(answer("search/action", ALICE, RECORD_1, "'action':7"))
          .isEqualTo(actions("read", "write"));
      assertThat(answer("search/action", ADMIN, ARCHIVED)).isEqualTo(actions("read", "write"));
      assertThat(answer("search/action", ALICE, ARCHIVED)).isEqualTo(actions("read"));
    }

    @Test
    void whatIsNotListedIsNotFound() {
      assertThat(answer("search/subject", "'subject':{'type':'spaceship'}", READ, RECORD_1))
          .isEqualTo(users());
      assertThat(answer("search/resource", ALICE, READ, "'resource':{'type':'spaceship'}"))
          .isEqualTo(users());
      for (String unknown : List.of("nonexistent-user", "record-1")) {
        String subject = "'subject':{'type':'user','id':'" + unknown + "'}";
        assertThat(answer("search/action", subject, RECORD_1)).isEqualTo(users());
        assertThat(answer("search/resource", subject, READ, RECORDS)).isEqualTo(users());
      }
      // Whoever is an administrator may write what is archived, but carol is nobody known.
      String carol = "'subject':{'type':'user','id':'carol','properties':{'role':'admin'}}";
      assertThat(answer("evaluation", carol, WRITE, ARCHIVED)).isEqualTo(PERMIT);
      assertThat(answer("search/action", carol, ARCHIVED)).isEqualTo(users());
      assertThat(
              answer(
                  "search/subject", USERS, WRITE, "'resource':{'type':'record','id':'record-9'}"))
          .isEqualTo(users());
    }

    @Test
    void pagesFollowEachOtherByTheirTokens() {
      JsonNode first =
          Caller.json(ask("search/subject", USERS, READ, RECORD_1, "'page':{'limit':1,'x':1}"));
      assertThat(first.propertyNames()).containsExactly("page", "results");
      assertThat(first.get("results").toString())
          .isEqualTo("[{\"type\":\"user\",\"id\":\"alice\"}]");
      String token = first.get("page").get("next_token").asString();
      assertThat(token).matches("[A-Za-z0-9_-]+");

      String page = "'page':{'token':'" + token + "'}";
      assertThat(answer("search/subject", USERS, READ, RECORD_1, page)).isEqualTo(users("bob"));
      assertThat(
              answer(
                  "search/subject",
                  USERS,
                  READ,
                  RECORD_1,
                  "'page':{'token':'" + token + "','limit':1}"))
          .isEqualTo(users("bob"));
      assertThat(answer("search/subject", USERS, READ, RECORD_1, "'page':{'limit':2,'token':''}"))
          .isEqualTo(users("alice", "bob"));
      // The page that found alice alone knows that nobody else may write.
      assertThat(answer("search/subject", USERS, WRITE, RECORD_1, "'page':{'limit':1}"))
          .isEqualTo(users("alice"));
      assertThat(answer("search/subject", USERS, READ, RECORD_1, "'page':{'limit':1e9}"))
          .isEqualTo(users("alice", "bob"));

      // It fits this question only.
      for (String[] other :
          new String[][] {
            {USERS, WRITE, RECORD_1, page},
            {USERS, READ, RECORD_2, page},
            {USERS, READ, RECORD_1, "'context':{'asOf':'2026-01-01'}", page},
            {USERS, READ, RECORD_1, "'page':{'token':'" + token + "x'}"},
            {USERS, READ, RECORD_1, "'page':{'token':'%%%'}"},
            {USERS, READ, RECORD_1, "'page':{'token':'MQ'}"}
          }) {
        assertThat(ask("search/subject", other).statusCode()).isEqualTo(400);
      }
      assertThat(ask("search/action", ALICE, RECORD_1, page).statusCode()).isEqualTo(400);
    }

    @Test
    void aPageOfNothingTellsThatThereIsMore() {
      JsonNode none =
          Caller.json(ask("search/subject", USERS, READ, RECORD_1, "'page':{'limit':0}"));
      assertThat(none.get("results")).isEmpty();
      assertThat(none.get("page").get("next_token").asString()).isNotEmpty();
    }

    @Test
    void everyResultIsPermittedWhenItIsAskedFor() {
      int results = 0;
      for (String user : List.of("alice", "bob")) {
        String subject = "'subject':{'type':'user','id':'" + user + "'}";
        for (String action : List.of("read", "write", "delete")) {
          String act = "'action':{'name':'" + action + "'}";
          for (JsonNode found : found("search/resource", subject, act, RECORDS)) {
            assertThat(answer("evaluation", subject, act, "'resource':" + found)).isEqualTo(PERMIT);
            results++;
          }
        }
        for (String record : List.of("record-1", "record-2")) {
          String resource = "'resource':{'type':'record','id':'" + record + "'}";
          for (JsonNode found : found("search/action", subject, resource)) {
            assertThat(answer("evaluation", subject, "'action':" + found, resource))
                .isEqualTo(PERMIT);
            results++;
          }
          for (JsonNode found : found("search/subject", subject, WRITE, resource)) {
            assertThat(answer("evaluation", "'subject':" + found, WRITE, resource))
                .isEqualTo(PERMIT);
            results++;
          }
        }
      }
      assertThat(results).isGreaterThan(12);
    }

    private JsonNode found(String endpoint, String... members) {
      return Caller.json(ask(endpoint, members)).get("results");
    }
  }

  @Nested
  class Discovery {

    @Test
    void theMetadataTellWhereTheEndpointsAre() {
      HttpResponse<String> answer = caller().get("/.well-known/authzen-configuration");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.body())
          .isEqualTo(
              of(
                  "'policy_decision_point':'https://pdp.example.com'",
                  "'access_evaluation_endpoint':'https://pdp.example.com/access/v1/evaluation'",
                  "'access_evaluations_endpoint':'https://pdp.example.com/access/v1/evaluations'",
                  "'search_subject_endpoint':'https://pdp.example.com/access/v1/search/subject'",
                  "'search_resource_endpoint':'https://pdp.example.com/access/v1/search/resource'",
                  "'search_action_endpoint':'https://pdp.example.com/access/v1/search/action'"));
    }

    @Test
    void theMetadataOfOnePolicyStandBehindTheWellKnownPart() {
      JsonNode told =
          Caller.json(caller().get("/.well-known/authzen-configuration/policies/record-access"));
      assertThat(told.get("policy_decision_point").asString())
          .isEqualTo("https://pdp.example.com/policies/record-access");
      assertThat(told.get("search_action_endpoint").asString())
          .isEqualTo("https://pdp.example.com/policies/record-access/access/v1/search/action");
      assertThat(
              caller().get("/.well-known/authzen-configuration/policies/record-acces").statusCode())
          .isEqualTo(404);
    }
  }
}
