package dev.clearance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.ClearanceApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every entrance, with every credential, on a service that others reach and on one that is not. */
class AccessMatrixTest {

  /**
   * Who passes (+), who is told to bring a credential (1, for 401) or a role (3, for 403), and who
   * finds nothing (4).
   */
  private static final String MATRIX =
      """
                                              reachable by others       |  on loopback
                                              none bad decide edit revw |  none bad decide edit revw
      POST   /v1/decisions                     1    1    +     +    +   |   +    1    +     +    +
      POST   /v1/decisions/batch               1    1    +     +    +   |   +    1    +     +    +
      POST   /v1/classifications               1    1    +     +    +   |   +    1    +     +    +
      POST   /v1/sanctions                     1    1    3     3    +   |   +    1    3     3    +
      POST   /v1/decisions/replay              1    1    3     3    +   |   1    1    3     3    +
      GET    /v1/decisions/0123456789abcdef    1    1    3     3    +   |   1    1    3     3    +
      GET    /v1/policies                      1    1    +     +    +   |   +    1    +     +    +
      GET    /v1/policies/record-access        1    1    +     +    +   |   +    1    +     +    +
      GET    /v1/vocabulary                    1    1    +     +    +   |   +    1    +     +    +
      GET    /v1/policies/record-access/workbook         1 1 3 + 3      |   1    1    3     +    3
      PUT    /v1/policies/record-access/workbook         1 1 3 + 3      |   1    1    3     +    3
      GET    /v1/policies/record-access/versions         1 1 3 + 3      |   1    1    3     +    3
      GET    /v1/policies/record-access/versions/abc     1 1 3 + 3      |   1    1    3     +    3
      POST   /v1/policies/record-access/versions/abc/restore 1 1 3 + 3  |   1    1    3     +    3
      POST   /v1/workbooks/check               1    1    3     +    3   |   1    1    3     +    3
      POST   /access/v1/evaluation             1    1    +     +    +   |   +    1    +     +    +
      POST   /access/v1/evaluations            1    1    +     +    +   |   +    1    +     +    +
      POST   /access/v1/search/subject         1    1    +     +    +   |   +    1    +     +    +
      POST   /access/v1/search/resource        1    1    +     +    +   |   +    1    +     +    +
      POST   /access/v1/search/action          1    1    +     +    +   |   +    1    +     +    +
      POST   /policies/record-access/access/v1/evaluation    1 1 + + +  |   +    1    +     +    +
      POST   /policies/record-access/access/v1/search/action 1 1 + + +  |   +    1    +     +    +
      GET    /.well-known/authzen-configuration                          + + + + +  |  + + + + +
      GET    /.well-known/authzen-configuration/policies/record-access   + + + + +  |  + + + + +
      GET    /actuator/health                  +    +    +     +    +   |   +    +    +     +    +
      GET    /actuator/health/liveness         +    +    +     +    +   |   +    +    +     +    +
      GET    /actuator/health/readiness        +    +    +     +    +   |   +    +    +     +    +
      GET    /actuator/prometheus              1    1    +     +    +   |   +    1    +     +    +
      GET    /actuator/info                    1    1    +     +    +   |   +    1    +     +    +
      GET    /v3/api-docs                      1    1    +     +    +   |   +    1    +     +    +
      GET    /docs                             1    1    +     +    +   |   +    1    +     +    +
      GET    /                                 1    1    +     +    +   |   +    1    +     +    +
      GET    /nowhere                          1    1    4     4    4   |   4    1    4     4    4
      DELETE /v1/decisions                     1    1    +     +    +   |   +    1    +     +    +
      BREW   /v1/policies/record-access/workbook 1  1    3     +    3   |   1    1    3     +    3
      """;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Issuer ISSUER = new Issuer();
  private static final Map<Role, String> KEYS = new LinkedHashMap<>();

  @TempDir private static Path folder;

  private static String expired = "";
  private static ConfigurableApplicationContext reachable;
  private static ConfigurableApplicationContext loopback;

  @BeforeAll
  static void start() throws IOException {
    List<String> lines = new ArrayList<>();
    Instant now = Instant.now();
    for (Role role : Role.values()) {
      ApiKey.Issued issued = ApiKey.issue(Set.of(role), now, Optional.empty(), "a note");
      KEYS.put(role, issued.text());
      lines.add(issued.key().line());
    }
    ApiKey.Issued old =
        ApiKey.issue(
            Set.of(Role.values()),
            now.minusSeconds(20),
            Optional.of(now.minusSeconds(10)),
            "too old");
    expired = old.text();
    lines.add(old.key().line());
    Path keys = folder.resolve("clearance.keys");
    Files.write(keys, lines);
    reachable = start("0.0.0.0", keys, "--clearance.jwt.issuer=" + ISSUER.uri());
    loopback = start("127.0.0.1", keys);
  }

  private static ConfigurableApplicationContext start(String address, Path keys, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.address=" + address,
                "--server.port=0",
                "--clearance.tables=src/test/resources/authzen/decision-tables",
                "--clearance.keys=" + keys,
                "--clearance.jwt.audience=" + Issuer.AUDIENCE));
    arguments.addAll(List.of(more));
    return SpringApplication.run(ClearanceApplication.class, arguments.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    reachable.close();
    loopback.close();
    ISSUER.close();
  }

  @Test
  void eachCallerPassesTheDoorsThatAreForHim() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (String line : MATRIX.lines().skip(2).toList()) {
      String[] halves = line.strip().replaceFirst("\\s+\\|\\s+", "|").split("\\|");
      String[] left = halves[0].strip().split("\\s+");
      List<String> onReachable = List.of(left).subList(2, 7);
      List<String> onLoopback = List.of(halves[1].strip().split("\\s+"));
      wrong.addAll(differences(reachable, left[0], left[1], onReachable, credentials()));
      wrong.addAll(differences(loopback, left[0], left[1], onLoopback, keysAlone()));
    }
    assertThat(wrong).isEmpty();
  }

  private static List<String> differences(
      ConfigurableApplicationContext service,
      String method,
      String path,
      List<String> expected,
      Map<String, List<Map<String, String>>> credentials)
      throws Exception {
    List<String> wrong = new ArrayList<>();
    int column = 0;
    for (Map.Entry<String, List<Map<String, String>>> kind : credentials.entrySet()) {
      for (Map<String, String> headers : kind.getValue()) {
        HttpResponse<String> response = ask(service, method, path, headers);
        String got = mark(response);
        if (!got.equals(expected.get(column))) {
          wrong.add(
              method
                  + " "
                  + path
                  + " with "
                  + kind.getKey()
                  + " "
                  + headers
                  + ": "
                  + got
                  + " instead of "
                  + expected.get(column)
                  + ": "
                  + response.body());
        }
      }
      column++;
    }
    return wrong;
  }

  /** What was answered; a refusal must be complete to count as one. */
  private static String mark(HttpResponse<String> response) {
    boolean problem =
        response.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
            && response.headers().firstValue("X-Request-ID").isPresent();
    String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
    return switch (response.statusCode()) {
      case 401 -> problem && challenge.startsWith("Bearer realm=\"clearance\"") ? "1" : "1?";
      case 403 -> problem && challenge.contains("insufficient_scope") ? "3" : "3?";
      case 404 ->
          response.body().contains("This path leads nowhere.") && atNowhere(response) ? "4" : "+";
      default -> response.statusCode() < 500 ? "+" : "5";
    };
  }

  private static boolean atNowhere(HttpResponse<String> response) {
    return response.uri().getPath().equals("/nowhere");
  }

  private static Map<String, List<Map<String, String>>> keysAlone() {
    Map<String, List<Map<String, String>>> all = new LinkedHashMap<>();
    all.put("no credential", List.of(Map.of()));
    all.put("a bad credential", badKeys());
    for (Role role : Role.values()) {
      String key = KEYS.get(role);
      all.put(role.code(), List.of(bearer(key), Map.of("X-API-Key", key)));
    }
    return all;
  }

  private static List<Map<String, String>> badKeys() {
    String good = KEYS.get(Role.EDITOR);
    List<Map<String, String>> bad = new ArrayList<>();
    bad.add(bearer(expired));
    bad.add(Map.of("X-API-Key", expired));
    bad.add(bearer(good.substring(0, good.length() - 2) + "AA"));
    bad.add(bearer("clr_00000000_AAAA"));
    bad.add(bearer("no-key"));
    bad.add(bearer(""));
    bad.add(Map.of("X-API-Key", ""));
    bad.add(Map.of("Authorization", "Basic dXNlcjpwYXNz"));
    bad.add(Map.of("Authorization", good));
    bad.add(Map.of("Authorization", "Bearer " + good, "X-API-Key", good));
    return bad;
  }

  private static Map<String, List<Map<String, String>>> credentials() {
    Map<String, List<Map<String, String>>> all = keysAlone();
    List<Map<String, String>> bad = new ArrayList<>(badKeys());
    List<String> every = List.of("decide", "editor", "reviewer");
    Date past = Date.from(Instant.now().minusSeconds(3600));
    bad.add(bearer(ISSUER.token(claims -> claims.claim("roles", every).expirationTime(past))));
    bad.add(bearer(ISSUER.token(claims -> claims.claim("roles", every).audience("another"))));
    bad.add(bearer(ISSUER.token(claims -> claims.claim("roles", every).issuer("http://other"))));
    bad.add(bearer(ISSUER.forged(claims -> claims.claim("roles", every))));
    bad.add(bearer("eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJkZWNpZGUiXX0."));
    all.put("a bad credential", bad);
    for (Role role : Role.values()) {
      List<Map<String, String>> good = new ArrayList<>(all.get(role.code()));
      good.add(bearer(ISSUER.token(claims -> claims.claim("roles", List.of(role.code())))));
      good.add(bearer(ISSUER.token(claims -> claims.claim("scope", "openid " + role.code()))));
      all.put(role.code(), good);
    }
    return all;
  }

  private static Map<String, String> bearer(String text) {
    return Map.of("Authorization", "Bearer " + text);
  }

  private static HttpResponse<String> ask(
      ConfigurableApplicationContext service,
      String method,
      String path,
      Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(service, path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(ConfigurableApplicationContext service, String path) {
    return URI.create(
        "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
  }

  @Test
  void aTokenWithoutARoleIsKnownButMayNothing() throws Exception {
    HttpResponse<String> response =
        ask(reachable, "POST", "/v1/decisions", bearer(ISSUER.token(claims -> claims)));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:clearance:problem:forbidden\",\"title\":\"This is not allowed\","
                + "\"status\":403,\"detail\":\"The role decide is missing.\","
                + "\"instance\":\"/v1/decisions\"}");
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"clearance\", error=\"insufficient_scope\", scope=\"decide\"");
  }

  @Test
  void theRefusalOfABadKeySaysNeitherWhatIsWrongWithItNorRepeatsIt() throws Exception {
    HttpResponse<String> response =
        ask(reachable, "GET", "/v1/policies", Map.of("X-API-Key", expired, "X-Request-ID", "r-7"));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:clearance:problem:unauthenticated\",\"title\":\"Who is asking?\","
                + "\"status\":401,"
                + "\"detail\":\"The key or token is not known here, or has expired.\","
                + "\"instance\":\"/v1/policies\"}");
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"clearance\", error=\"invalid_token\"");
    assertThat(response.headers().firstValue("X-Request-ID")).contains("r-7");
  }

  /** A proxy on this machine, or a page in a browser, brings requests of others to loopback. */
  @Test
  void whatComesThroughAProxyOrUnderAnotherNameIsNotLocal() throws Exception {
    for (String header : List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")) {
      assertThat(ask(loopback, "GET", "/v1/policies", Map.of(header, "127.0.0.1")).statusCode())
          .isEqualTo(401);
    }
    assertThat(named("rebound.example")).startsWith("HTTP/1.1 401");
    assertThat(named("localhost:1")).startsWith("HTTP/1.1 200");
    assertThat(named("[::1]")).startsWith("HTTP/1.1 200");
  }

  private static String named(String host) throws IOException {
    URI uri = uri(loopback, "/");
    try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
      String head = "GET /v1/policies HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsMappedHasADoor() {
    Set<String> without = new TreeSet<>();
    reachable
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping ->
                mapping
                    .getPatternValues()
                    .forEach(
                        pattern -> {
                          if (!pattern.startsWith("/error") && !hasDoor(pattern)) {
                            without.add(pattern);
                          }
                        }));
    assertThat(without).isEmpty();
  }

  private static boolean hasDoor(String pattern) {
    var request =
        new org.springframework.mock.web.MockHttpServletRequest(
            "GET", pattern.replaceAll("\\{[^}]*}", "x"));
    return Doors.of(request).isPresent();
  }

  @Test
  void thereIsNoDefaultUserNoSessionAndNoCookie() throws Exception {
    assertThat(reachable.getBeansOfType(UserDetailsService.class)).isEmpty();
    HttpResponse<String> response =
        ask(reachable, "GET", "/v1/policies", bearer(KEYS.get(Role.DECIDE)));
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; frame-ancestors 'none'");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
  }
}
