package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;

/** Workbooks as they travel. */
final class Workbooks {

  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** What clients send that do not know the type of a file. */
  static final String ANY_BYTES = "application/octet-stream";

  static final int LARGEST = 10 << 20;

  private static final MediaType TYPE = MediaType.parseMediaType(MEDIA_TYPE);
  private static final MediaType JSON = MediaType.APPLICATION_JSON;

  private Workbooks() {}

  /**
   * @throws ProblemException (413) when the body is too large
   */
  static byte[] read(HttpServletRequest request) throws IOException {
    Body body = Body.read(request, LARGEST);
    return body.bytes().length == body.length()
        ? body.bytes()
        : Arrays.copyOf(body.bytes(), body.length());
  }

  /** A download of a version, which a client may keep but must ask about. */
  static void sendVersion(
      HttpServletRequest request,
      HttpServletResponse response,
      String policyId,
      String version,
      byte[] bytes)
      throws IOException {
    response.setHeader("Cache-Control", "no-cache");
    if (!new ServletWebRequest(request, response).checkNotModified(tag(version))) {
      send(response, policyId + ".xlsx", bytes);
    }
  }

  static void send(HttpServletResponse response, String name, byte[] bytes) throws IOException {
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  static String tag(String version) {
    return "\"" + version + "\"";
  }

  /** Whether the client would rather have a workbook than JSON. */
  static boolean arePreferred(HttpServletRequest request) {
    List<MediaType> accepted;
    try {
      accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders("Accept")));
    } catch (InvalidMediaTypeException unreadable) {
      return false;
    }
    return rank(accepted, TYPE) > rank(accepted, JSON);
  }

  /** The quality that a type is given; of two alike, the one that is named comes before. */
  private static double rank(List<MediaType> accepted, MediaType type) {
    double rank = 0;
    for (MediaType range : accepted) {
      if (range.includes(type)) {
        double named = range.isConcrete() ? 0.0001 : 0;
        rank = Math.max(rank, range.getQualityValue() + named);
      }
    }
    return rank;
  }
}
