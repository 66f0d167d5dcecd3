package dev.clearance.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/** The bytes of a request, counted as they come: a chunked body does not say how long it is. */
record Body(byte[] bytes, int length) {

  static final int MOST_JSON = 1 << 20;

  private static final int FIRST_GUESS = 1024;

  /**
   * @throws ProblemException when the body is longer than {@code most}, or encoded
   */
  static Body read(HttpServletRequest request, int most) throws IOException {
    checkEncoding(request);
    long declared = request.getContentLengthLong();
    if (declared > most) {
      throw tooLarge(most);
    }
    InputStream in = request.getInputStream();
    byte[] bytes = new byte[declared >= 0 ? (int) declared : FIRST_GUESS];
    int length = in.readNBytes(bytes, 0, bytes.length);
    if (declared >= 0) {
      return new Body(bytes, length);
    }
    while (length == bytes.length) {
      if (length > most) {
        throw tooLarge(most);
      }
      bytes = Arrays.copyOf(bytes, Math.min(2 * length, most + 1));
      length += in.readNBytes(bytes, length, bytes.length - length);
    }
    if (length > most) {
      throw tooLarge(most);
    }
    return new Body(bytes, length);
  }

  /** JSON travels as UTF-8 (RFC 8259), and compressed bodies would get around the limits. */
  static void checkEncoding(HttpServletRequest request) {
    String type = request.getContentType() == null ? "" : request.getContentType();
    String lower = type.toLowerCase(Locale.ROOT);
    int charset = lower.indexOf("charset=");
    if (charset >= 0 && !lower.startsWith("utf-8", charset + 8 + quote(lower, charset + 8))) {
      throw new ProblemException(Problem.unsupported("The charset must be utf-8."));
    }
    String coding = request.getHeader("Content-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw new ProblemException(Problem.unsupported("The body must not be compressed."));
    }
  }

  private static int quote(String type, int at) {
    return at < type.length() && type.charAt(at) == '"' ? 1 : 0;
  }

  private static ProblemException tooLarge(int most) {
    return new ProblemException(Problem.tooLarge("The body is larger than " + most + " bytes."));
  }
}
