package dev.clearance.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DateUtil;
import org.xml.sax.Attributes;

/** Knows which cell styles show a number as a day; a workbook tells a day by nothing else. */
final class Styles extends XmlParts.Handler {

  private final Map<Integer, String> formats = new HashMap<>();
  private final List<Boolean> days = new ArrayList<>();
  private boolean inCellFormats;

  boolean showsDay(int style) {
    return style >= 0 && style < days.size() && days.get(style);
  }

  @Override
  void start(String name, Attributes attributes) {
    switch (name) {
      case "numFmt" -> {
        String code = attributes.getValue("formatCode");
        if (code != null && code.length() < 500 && formats.size() < Limits.STYLES) {
          formats.put(number(attributes.getValue("numFmtId"), -1), code);
        }
      }
      case "cellXfs" -> inCellFormats = true;
      case "xf" -> {
        if (inCellFormats) {
          addCellFormat(number(attributes.getValue("numFmtId"), 0));
        }
      }
      default -> {}
    }
  }

  /** Excel in Chinese has days of its own among the formats that a file need not spell out. */
  private void addCellFormat(int format) {
    if (days.size() > Limits.STYLES) {
      throw Refusal.tooLarge("the workbook has too many cell styles");
    }
    String code = formats.get(format);
    boolean chinese = format >= 27 && format <= 36 || format >= 50 && format <= 58;
    days.add(code == null && chinese || DateUtil.isADateFormat(format, code == null ? "" : code));
  }

  @Override
  void end(String name, String text) {
    if (name.equals("cellXfs")) {
      inCellFormats = false;
    }
  }
}
