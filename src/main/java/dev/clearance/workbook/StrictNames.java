package dev.clearance.workbook;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A workbook that Excel saves as "Strict Open XML" differs from others by its name spaces. POI
 * writes only the usual ones, so a copy gets those.
 */
final class StrictNames {

  private static final String STRICT = "http://purl.oclc.org/ooxml/";
  private static final String USUAL = "http://schemas.openxmlformats.org/";

  private static final String RELATIONS = "officeDocument/2006/relationships/";

  /** The longer names first. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("officeDocument/relationships/extendedProperties", RELATIONS + "extended-properties");
    NAMES.put("officeDocument/relationships/customProperties", RELATIONS + "custom-properties");
    NAMES.put("officeDocument/relationships", "officeDocument/2006/relationships");
    NAMES.put("officeDocument/extendedProperties", "officeDocument/2006/extended-properties");
    NAMES.put("officeDocument/customProperties", "officeDocument/2006/custom-properties");
    NAMES.put("officeDocument/", "officeDocument/2006/");
    NAMES.put("spreadsheetml/main", "spreadsheetml/2006/main");
    NAMES.put("drawingml/", "drawingml/2006/");
  }

  private StrictNames() {}

  /** The part with the usual names; any other part as it is. */
  static byte[] replaced(byte[] part) {
    // The names are ASCII and the rest is kept byte by byte, whatever it is.
    String text = new String(part, StandardCharsets.ISO_8859_1);
    if (!text.contains(STRICT)) {
      return part;
    }
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      text = text.replace(STRICT + name.getKey(), USUAL + name.getValue());
    }
    text = text.replaceFirst("\\sconformance=([\"'])strict\\1", "");
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
