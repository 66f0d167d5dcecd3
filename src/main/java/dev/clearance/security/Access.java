package dev.clearance.security;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** Puts the guards at the doors. */
@Configuration(proxyBeanMethods = false)
class Access {

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  @Bean
  KeyFile keyFile(@Value("${clearance.keys}") Path path, Clock clock) {
    return new KeyFile(path, clock);
  }

  @Bean
  Exposure exposure(
      ServerProperties server,
      ObjectProvider<ManagementServerProperties> management,
      KeyFile keys,
      ObjectProvider<JwtDecoder> decoder) {
    List<Optional<InetAddress>> addresses = new ArrayList<>();
    addresses.add(Optional.ofNullable(server.getAddress()));
    ManagementServerProperties own = management.getIfAvailable();
    if (own != null && listensByItself(own.getPort(), server.getPort())) {
      addresses.add(Optional.ofNullable(own.getAddress()));
    }
    Exposure exposure = new Exposure(addresses);
    exposure.requireCredentials(keys.hasUsableKey() || decoder.getIfAvailable() != null, keys);
    if (!exposure.onlyLoopback() && (server.getSsl() == null || !server.getSsl().isEnabled())) {
      LOG.warn("keys travel unencrypted unless a proxy in front speaks TLS (see server.ssl.*)");
    }
    return exposure;
  }

  /** Health and metrics may be served on a port of their own, on an address of their own. */
  private static boolean listensByItself(@Nullable Integer own, @Nullable Integer main) {
    return own != null && own >= 0 && (own == 0 || !own.equals(main == null ? 8080 : main));
  }

  /**
   * Stateless: each request brings its credential, none of them one that a browser would add by
   * itself, so there is no session to steal and no forged request to fear (CSRF).
   */
  @Bean
  SecurityFilterChain doors(
      KeyFile keys,
      Exposure exposure,
      ObjectProvider<JwtDecoder> decoder,
      Refusals refusals,
      @Value("${clearance.open-on-loopback}") boolean openOnLoopback,
      @Value("${clearance.jwt.roles-claims}") List<String> claims,
      @Value("${clearance.jwt.role-prefix}") String prefix) {
    Optional<Tokens> tokens =
        Optional.ofNullable(decoder.getIfAvailable())
            .map(known -> new Tokens(known, claims, prefix));
    Locality locality = new Locality(openOnLoopback && exposure.onlyLoopback());
    return new DefaultSecurityFilterChain(
        AnyRequestMatcher.INSTANCE,
        new Precautions(),
        new Entrance(keys, tokens, locality, refusals));
  }

  /**
   * Spring Security would put a dozen filters in front of each request, for sessions, log-in pages
   * and contexts that nothing here has. These two do all that is to be done, behind its firewall.
   */
  @Bean
  FilterChainProxy springSecurityFilterChain(SecurityFilterChain doors, HttpFirewall firewall) {
    FilterChainProxy proxy = new FilterChainProxy(doors);
    proxy.setFirewall(firewall);
    return proxy;
  }

  /**
   * Paths are checked here; of headers and methods the container refuses what HTTP forbids, and
   * what is left is for the controllers to answer.
   */
  @Bean
  StrictHttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    firewall.setAllowedHeaderNames(name -> true);
    firewall.setAllowedHeaderValues(value -> true);
    firewall.setAllowedParameterNames(name -> true);
    firewall.setAllowedParameterValues(value -> true);
    return firewall;
  }
}
