package dev.clearance.workbook;

import dev.clearance.finding.Check;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.util.XMLHelper;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the parts of a workbook as a stream, so that a large one costs no more than its cells. */
final class XmlParts {

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private XmlParts() {}

  static void read(InputStream in, Handler handler) throws IOException, SAXException {
    try {
      XMLReader reader = XMLHelper.newXMLReader();
      reader.setFeature(NO_DOCTYPE, true);
      reader.setContentHandler(handler);
      reader.setErrorHandler(handler);
      reader.setEntityResolver(
          (publicId, systemId) -> new InputSource(InputStream.nullInputStream()));
      reader.parse(new InputSource(in));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sees the elements of a workbook by their local name, since two sets of name spaces are in use,
   * and those of extensions by a colon and their local name.
   */
  abstract static class Handler extends DefaultHandler {

    private int depth;
    private final StringBuilder text = new StringBuilder();
    private boolean overflow;

    abstract void start(String name, Attributes attributes);

    abstract void end(String name, String text);

    @Override
    public final void startElement(
        String uri, String localName, String qName, Attributes attributes) {
      if (++depth > Limits.XML_DEPTH) {
        throw new Refusal(
            Check.TOO_LARGE,
            "the workbook's parts are nested too deep",
            "open it in Excel and save it again as .xlsx");
      }
      text.setLength(0);
      overflow = false;
      start(name(uri, localName), attributes);
    }

    private static String name(String uri, String localName) {
      boolean own =
          uri.isEmpty()
              || uri.endsWith("/spreadsheetml/2006/main")
              || uri.endsWith("/spreadsheetml/main");
      return own ? localName : ":" + localName;
    }

    @Override
    public final void endElement(String uri, String localName, String qName) {
      depth--;
      String name = name(uri, localName);
      if (overflow && (name.equals("t") || name.equals("v"))) {
        throw tooLong();
      }
      end(name, text.toString());
      text.setLength(0);
    }

    @Override
    public final void characters(char[] characters, int start, int length) {
      if (text.length() + length > Limits.CELL_CHARACTERS) {
        overflow = true;
        return;
      }
      text.append(characters, start, length);
    }

    Refusal tooLong() {
      return new Refusal(
          Check.TOO_LARGE, "a cell holds more text than Excel allows", "shorten the longest text");
    }

    /** Asked for every cell, and so without the pattern that would say the same. */
    static int number(String digits, int otherwise) {
      if (digits == null || digits.isEmpty() || digits.length() > 9) {
        return otherwise;
      }
      int number = 0;
      for (int i = 0; i < digits.length(); i++) {
        int digit = digits.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return otherwise;
        }
        number = number * 10 + digit;
      }
      return number;
    }

    static boolean isTrue(String flag) {
      return "1".equals(flag) || "true".equals(flag);
    }
  }
}
