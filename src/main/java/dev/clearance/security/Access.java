package dev.clearance.security;

import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Puts the guards at the doors. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
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
      HttpSecurity http,
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
    return http.csrf(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy ->
                            policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
        .addFilterBefore(new Entrance(keys, tokens, locality, refusals), AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(
                        DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.INCLUDE)
                    .permitAll()
                    .anyRequest()
                    .access(Access::mayPass))
        .exceptionHandling(
            failures ->
                failures
                    .authenticationEntryPoint(
                        (request, response, stranger) ->
                            refusals.tell(
                                request,
                                response,
                                Caller.of(request).equals(Caller.LOCAL)
                                        && Doors.of(request).isEmpty()
                                    ? Refusal.nothingHere()
                                    : Refusal.noCredential()))
                    .accessDeniedHandler(
                        (request, response, denied) ->
                            refusals.tell(
                                request,
                                response,
                                Doors.of(request)
                                    .flatMap(Door::role)
                                    .map(Refusal::missing)
                                    .orElseGet(Refusal::nothingHere))))
        .build();
  }

  private static AuthorizationResult mayPass(
      Supplier<? extends Authentication> who, RequestAuthorizationContext context) {
    Caller caller = (Caller) who.get().getPrincipal();
    return new AuthorizationDecision(Doors.of(context.getRequest()).map(caller::may).orElse(false));
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
