package dev.clearance.web;

import dev.clearance.security.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Everybody learns whether the service is well; how, only those who may ask it questions. */
@Component
final class HealthDetails implements HealthEndpointGroupsPostProcessor {

  @Override
  public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
    Map<String, HealthEndpointGroup> others = new LinkedHashMap<>();
    groups.getNames().forEach(name -> others.put(name, new Guarded(groups.get(name))));
    return HealthEndpointGroups.of(new Guarded(groups.getPrimary()), others);
  }

  private static boolean callerMayAsk() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes asked
        && Caller.of(asked.getRequest()).mayAsk();
  }

  private record Guarded(HealthEndpointGroup group) implements HealthEndpointGroup {
    @Override
    public boolean isMember(String name) {
      return group.isMember(name);
    }

    @Override
    public boolean showComponents(SecurityContext ignored) {
      return callerMayAsk();
    }

    @Override
    public boolean showDetails(SecurityContext ignored) {
      return callerMayAsk();
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return group.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return group.getHttpCodeStatusMapper();
    }

    @Override
    public AdditionalHealthEndpointPath getAdditionalPath() {
      return group.getAdditionalPath();
    }
  }
}
