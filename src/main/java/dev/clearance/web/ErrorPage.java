package dev.clearance.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that arise before or beside the controllers, in filters above all. */
@RestController
final class ErrorPage implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Without a status nobody was sent here: somebody asked for this path itself.
    Answers.send(request, response, Problem.ofStatus(status instanceof Integer code ? code : 404));
  }
}
