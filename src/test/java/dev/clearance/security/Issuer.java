package dev.clearance.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** An issuer of tokens, as small as one can be. */
final class Issuer implements AutoCloseable {

  static final String AUDIENCE = "clearance";

  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey foreign;

  Issuer() {
    try {
      key = new RSAKeyGenerator(2048).keyID("k-1").generate();
      foreign = new RSAKeyGenerator(2048).keyID("k-1").generate();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException | JOSEException failure) {
      throw new IllegalStateException(failure);
    }
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                "{\"issuer\":\""
                    + uri()
                    + "\",\"jwks_uri\":\""
                    + uri()
                    + "/keys\","
                    + "\"subject_types_supported\":[\"public\"]}"));
    server.createContext(
        "/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
    server.start();
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String token(UnaryOperator<JWTClaimsSet.Builder> claims) {
    return sign(key, claims);
  }

  /** With a signature of somebody else. */
  String forged(UnaryOperator<JWTClaimsSet.Builder> claims) {
    return sign(foreign, claims);
  }

  private String sign(RSAKey with, UnaryOperator<JWTClaimsSet.Builder> claims) {
    JWTClaimsSet.Builder usual =
        new JWTClaimsSet.Builder()
            .issuer(uri())
            .audience(AUDIENCE)
            .subject("client-1")
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k-1").build(),
              claims.apply(usual).build());
      jwt.sign(new RSASSASigner(with));
      return jwt.serialize();
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
