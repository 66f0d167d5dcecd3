package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.source.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Looks at a file as a zip archive, before anything takes it for a workbook. It reads the archive
 * by its directory, as Excel does, so that both see the same parts.
 */
final class ZipListing {

  private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] DIRECTORY_RECORD = {'P', 'K', 1, 2};
  private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
  private static final byte[] DOCTYPE = "<!DOCTYPE".getBytes(StandardCharsets.US_ASCII);

  /** Parts by which a workbook runs something or reaches outside, by a piece of their path. */
  private static final Map<String, String> ACTIVE_PARTS =
      Map.ofEntries(
          Map.entry("vbaproject", "a macro"),
          Map.entry("vbadata", "a macro"),
          Map.entry("macrosheets/", "a macro sheet"),
          Map.entry("dialogsheets/", "a dialog sheet"),
          Map.entry("externallinks/", "a link to another workbook"),
          Map.entry("embeddings/", "an embedded object"),
          Map.entry("activex/", "an ActiveX control"),
          Map.entry("ctrlprops/", "a form control"),
          Map.entry("connections.xml", "a data connection"),
          Map.entry("querytables/", "a query on outside data"),
          Map.entry("oleobject", "an embedded object"),
          Map.entry("ddelink", "a DDE link"),
          Map.entry("volatiledependencies", "a live data link"),
          Map.entry("customui/", "a ribbon extension"),
          Map.entry("webextensions/", "a web extension"),
          Map.entry("xl/model/", "a data model"));

  private static final Pattern IMPOSSIBLE =
      Pattern.compile("(^|/)\\.{1,2}(/|$)|//|\\p{Cc}|:|%2[eEfF]|%[4-7][0-9A-Fa-f]|\\.piece$");

  private final Place file;
  private final Findings findings;
  private final List<String> unsafe = new ArrayList<>();

  ZipListing(Place file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** What a part does when its path, content type or relationship names it so. */
  static Optional<String> activity(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ACTIVE_PARTS.entrySet().stream()
        .filter(part -> lower.contains(part.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst();
  }

  /** Reports everything that speaks against the file. */
  void inspect(byte[] bytes) {
    if (bytes.length > Limits.FILE_BYTES) {
      throw Refusal.tooLarge("the file is larger than 10 MiB");
    }
    if (startsWith(bytes, OLE2)) {
      throw contains(bytes, ENCRYPTED)
          ? unreadable("the workbook is encrypted", "save it without a password")
          : unreadable(
              "the file is a workbook of the old format .xls, not .xlsx",
              "open it in Excel and save it as .xlsx");
    }
    if (!startsWith(bytes, ZIP)) {
      throw unreadable(
          "the file is not an .xlsx workbook", "open it in Excel and save it as .xlsx");
    }
    if (occurrences(bytes, DIRECTORY_RECORD) > 2 * Limits.ENTRIES) {
      throw Refusal.tooLarge("the file holds too many parts");
    }
    if (!ZipDirectory.isSound(bytes)) {
      throw damaged();
    }
    try (ZipFile zip = open(bytes)) {
      inspect(zip);
    } catch (Refusal e) {
      unsafe.forEach(this::report);
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw damaged();
    }
  }

  private static Refusal damaged() {
    return unreadable(
        "the file is damaged and cannot be read as a workbook",
        "open it in Excel and save it again as .xlsx");
  }

  static ZipFile open(byte[] bytes) throws IOException {
    return ZipFile.builder()
        .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
        .setIgnoreLocalFileHeader(false)
        .get();
  }

  /** How much an archive that was inspected unpacks to. */
  static long inflatedSize(byte[] bytes) {
    try (ZipFile zip = open(bytes)) {
      return Collections.list(zip.getEntries()).stream().mapToLong(ZipArchiveEntry::getSize).sum();
    } catch (IOException e) {
      throw damaged();
    }
  }

  private void inspect(ZipFile zip) throws IOException {
    Set<String> names = new HashSet<>();
    long total = 0;
    int count = 0;
    for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
      ZipArchiveEntry entry = all.nextElement();
      String name = entry.getName();
      if (++count > Limits.ENTRIES) {
        throw Refusal.tooLarge("the file holds too many parts");
      }
      if (!isPossible(name)) {
        unsafe.add("the file holds a part by the impossible name " + quoted(name));
      }
      if (!names.add(partName(name))) {
        unsafe.add("the file holds the part " + quoted(name) + " twice");
      }
      activity(name)
          .ifPresent(what -> unsafe.add("the workbook holds " + what + " (" + quoted(name) + ")"));
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw unreadable("the workbook is encrypted", "save it without a password");
      }
      total += inflated(zip, entry, Limits.INFLATED_BYTES - total);
    }
    boolean tables = names.stream().anyMatch(name -> name.startsWith("xl/"));
    if (!names.contains("[content_types].xml") || !tables && !unsafe.isEmpty()) {
      unsafe.clear(); // a drawing in a letter is no more dangerous than the letter
      throw unreadable(
          "the file is not an .xlsx workbook", "open it in Excel and save it as .xlsx");
    }
    unsafe.forEach(this::report);
  }

  /** Reads an entry through and gives its true size, whatever the archive says of it. */
  private long inflated(ZipFile zip, ZipArchiveEntry entry, long left) throws IOException {
    boolean xml = entry.getName().toLowerCase(Locale.ROOT).matches(".*\\.(xml|rels|vml)");
    long size = 0;
    int matched = 0;
    boolean declared = false;
    byte[] buffer = new byte[16384];
    CRC32 sum = new CRC32();
    try (InputStream in = zip.getInputStream(entry)) {
      if (in == null) {
        throw new IOException("no content");
      }
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        sum.update(buffer, 0, n);
        if (size > Limits.ENTRY_BYTES || size > left) {
          throw Refusal.tooLarge("the part " + quoted(entry.getName()) + " is too large");
        }
        if (size > Limits.RATIO_FROM_BYTES
            && size / Limits.RATIO > Math.max(1, entry.getCompressedSize())) {
          throw Refusal.tooLarge(
              "the part " + quoted(entry.getName()) + " unpacks to far more than its size");
        }
        for (int i = 0; xml && !declared && i < n; i++) {
          if (buffer[i] == 0) {
            continue; // so that two-byte encodings are seen through as well
          }
          matched = buffer[i] == DOCTYPE[matched] ? matched + 1 : buffer[i] == DOCTYPE[0] ? 1 : 0;
          if (matched == DOCTYPE.length) {
            declared = true;
            matched = 0;
          }
        }
      }
    }
    if (size != entry.getSize() || sum.getValue() != entry.getCrc()) {
      throw new IOException("not what was written");
    }
    if (declared) {
      unsafe.add("the part " + quoted(entry.getName()) + " declares a document type");
    }
    return size;
  }

  private void report(String message) {
    findings.add(
        Check.UNSAFE_CONTENT, file, message, "copy the tables into a new workbook without it");
  }

  static Refusal unreadable(String message, String hint) {
    return new Refusal(Check.UNREADABLE_FILE, message, hint);
  }

  /** Whether a name leads nowhere but into the archive, in the one way to write it. */
  private static boolean isPossible(String name) {
    return !IMPOSSIBLE.matcher(name.replace('\\', '/')).find();
  }

  /** Names that Excel takes for the same part are the same. */
  private static String partName(String name) {
    String path = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /** Who made the document and when, which says nothing about its tables. */
  static boolean isProperties(String name) {
    return partName(name).startsWith("docprops/");
  }

  static String quoted(String name) {
    String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return '"' + shown.replaceAll("\\p{C}", "?") + '"';
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return matches(bytes, start, 0);
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (matches(bytes, wanted, i)) {
        return true;
      }
    }
    return false;
  }

  private static int occurrences(byte[] bytes, byte[] wanted) {
    int count = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (matches(bytes, wanted, i)) {
        count++;
      }
    }
    return count;
  }

  private static boolean matches(byte[] bytes, byte[] wanted, int at) {
    if (at + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
