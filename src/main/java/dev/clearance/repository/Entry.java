package dev.clearance.repository;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the journal.
 *
 * @param file name of the workbook or of the file of rules
 * @param digest SHA-256 of its bytes; empty for one that was removed
 * @param version that it came into force as; empty for one that was removed
 * @param previous version that it replaced
 * @param foundation SHA-256 of the listing of what the version stands on besides its own bytes;
 *     empty for one that stands on nothing else
 */
record Entry(
    Kind kind,
    String file,
    String digest,
    String version,
    Optional<String> previous,
    Instant at,
    String author,
    String note,
    String foundation) {

  enum Kind {
    /** A publication begins: its bytes are about to replace the file. */
    BEGUN,
    /** The file holds these bytes, and they are in force. */
    PUBLISHED,
    /** The file is gone. */
    REMOVED
  }

  Entry as(Kind other) {
    return new Entry(other, file, digest, version, previous, at, author, note, foundation);
  }

  /** Tabs between the fields; those inside a field are escaped, like line breaks. */
  String line() {
    List<String> fields =
        List.of(
            kind.name().toLowerCase(java.util.Locale.ROOT),
            file,
            digest,
            version,
            previous.orElse(""),
            at.toString(),
            author,
            note,
            foundation);
    return String.join("\t", fields.stream().map(Entry::escaped).toList());
  }

  /** Empty for a line of another kind, such as a later release may write. */
  static Optional<Entry> parse(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      fields.add(unescaped(field));
    }
    if (fields.size() < 8) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (kind.name().equalsIgnoreCase(fields.get(0))) {
        return parse(kind, fields);
      }
    }
    return Optional.empty();
  }

  private static Optional<Entry> parse(Kind kind, List<String> fields) {
    try {
      return Optional.of(
          new Entry(
              kind,
              fields.get(1),
              fields.get(2),
              fields.get(3),
              Optional.of(fields.get(4)).filter(previous -> !previous.isEmpty()),
              Instant.parse(fields.get(5)),
              fields.get(6),
              fields.get(7),
              fields.size() > 8 ? fields.get(8) : ""));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c != '\\' || i + 1 == field.length()) {
        text.append(c);
        continue;
      }
      char escape = field.charAt(++i);
      text.append(escape == 't' ? '\t' : escape == 'n' ? '\n' : escape == 'r' ? '\r' : escape);
    }
    return text.toString();
  }
}
