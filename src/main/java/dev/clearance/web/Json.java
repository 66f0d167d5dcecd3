package dev.clearance.web;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;

/** How JSON is read and written here: UTF-8 only, within limits, exact decimals. */
final class Json {

  static final String MEDIA_TYPE = "application/json";
  static final int DEEPEST = 16;
  static final int LONGEST_STRING = 10_000;
  static final int LONGEST_NUMBER = 50;
  static final int LONGEST_NAME = 200;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_STRING)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          // Threads here are of platforms and few: what one of them used last is at hand.
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private Json() {}

  /**
   * A parser for a whole document. It reads characters, not bytes: on bytes it would guess UTF-16
   * and let ill-formed UTF-8 pass.
   */
  static JsonParser parser(byte[] bytes, int length) {
    return parser(bytes, 0, length);
  }

  /** As {@link #parser(byte[], int)}, for a document that begins somewhere in the bytes. */
  static JsonParser parser(byte[] bytes, int start, int length) {
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
    } catch (CharacterCodingException notUtf8) {
      throw malformed("not-utf-8", "The body is not UTF-8.", "");
    }
    if (text.length() > 1 && (text.get(0) == 0 || text.get(1) == 0)) {
      // UTF-16 of plain ASCII passes for UTF-8.
      throw malformed("not-utf-8", "The body is not UTF-8.", "");
    }
    int from = text.hasRemaining() && text.get(0) == '\uFEFF' ? 1 : 0;
    if (text.remaining() == from) {
      throw malformed("malformed-json", "The body is empty.", "");
    }
    char[] chars = text.array();
    return FACTORY.createParser(
        ObjectReadContext.empty(), chars, text.arrayOffset() + from, text.remaining() - from);
  }

  /** Nothing but white space may follow the document. */
  static void end(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw malformed("malformed-json", "The body goes on after its end.", "");
    }
  }

  /** What the parser stumbled on, in the words of this service. */
  static ProblemException problem(JsonParser parser, JacksonException cause) {
    String pointer = parser.streamReadContext().pathAsPointer().toString();
    if (cause instanceof StreamConstraintsException) {
      String message = cause.getOriginalMessage().toLowerCase(java.util.Locale.ROOT);
      if (message.contains("depth")) {
        return malformed("too-deep", "The body nests deeper than " + DEEPEST + " levels.", pointer);
      }
      if (message.contains("name")) {
        return malformed(
            "too-long", "A name is longer than " + LONGEST_NAME + " characters.", pointer);
      }
      if (message.contains("number")) {
        return malformed(
            "too-long", "A number is longer than " + LONGEST_NUMBER + " characters.", pointer);
      }
      return malformed(
          "too-long", "A string is longer than " + LONGEST_STRING + " characters.", pointer);
    }
    return malformed(
        "malformed-json",
        "The body is not well-formed JSON at line "
            + cause.getLocation().getLineNr()
            + ", column "
            + cause.getLocation().getColumnNr()
            + ".",
        pointer);
  }

  private static ProblemException malformed(String code, String detail, String pointer) {
    return new ProblemException(Problem.invalid(List.of(new Fault(pointer, code, detail, ""))));
  }

  static byte[] bytes(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (JsonGenerator json = generator(bytes)) {
      content.accept(json);
    }
    return bytes.toByteArray();
  }

  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }
}
