package dev.clearance.web;

import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.Host;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Requests that the container refuses by itself are answered with a problem too, not a page. */
@Component
final class ContainerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof Host host && host instanceof StandardHost standard) {
            standard.setErrorReportValveClass(Report.class.getName());
          }
        });
  }

  /** Made by the container, by name. */
  public static final class Report extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
      int status = response.getStatus();
      if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      if (response.getHeader(RequestIds.HEADER) == null) {
        response.setHeader(
            RequestIds.HEADER, RequestIds.idFor(request.getHeader(RequestIds.HEADER)));
      }
      // The path may be what was refused, so it is not repeated.
      Optional<String> id =
          status >= 500
              ? Optional.ofNullable(response.getHeader(RequestIds.HEADER))
              : Optional.empty();
      byte[] json =
          Json.bytes(generator -> Problem.ofStatus(status).write(generator, Optional.empty(), id));
      try {
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
        response.finishResponse();
      } catch (IOException | IllegalStateException gone) {
        // The connection broke: nobody is there to be told.
        return;
      }
    }
  }
}
