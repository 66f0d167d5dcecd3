package dev.clearance.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;

/** The texts that cells refer to by number; readings printed above characters are left out. */
final class SharedStrings extends XmlParts.Handler {

  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final List<String> strings = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private boolean inReading;
  private long characters;

  String get(int index) {
    if (index < 0 || index >= strings.size()) {
      throw ZipListing.unreadable(
          "the workbook is damaged: a cell refers to a text that is not there",
          "open it in Excel and save it again as .xlsx");
    }
    return strings.get(index);
  }

  @Override
  void start(String name, Attributes attributes) {
    switch (name) {
      case "si" -> current.setLength(0);
      case "rPh" -> inReading = true;
      case ":AlternateContent" ->
          // Programs choose between such contents, so that two may show different texts.
          throw ZipListing.unreadable(
              "the workbook is damaged: its texts are there in more than one version",
              "open it in Excel and save it again as .xlsx");
      default -> {}
    }
  }

  @Override
  void end(String name, String text) {
    switch (name) {
      case "t" -> {
        if (!inReading) {
          current.append(text);
        }
        if (current.length() > Limits.CELL_CHARACTERS) {
          throw tooLong();
        }
      }
      case "rPh" -> inReading = false;
      case "si" -> {
        characters += current.length();
        if (characters > Limits.CHARACTERS || strings.size() >= Limits.CELLS) {
          throw Refusal.tooLarge("the workbook holds too much text");
        }
        strings.add(unescaped(current.toString()));
      }
      default -> {}
    }
  }

  /** Control characters are written as _x000D_. */
  static String unescaped(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    Matcher matcher = ESCAPED.matcher(text);
    return matcher.replaceAll(
        match ->
            Matcher.quoteReplacement(
                Character.toString((char) Integer.parseInt(match.group(1), 16))));
  }
}
