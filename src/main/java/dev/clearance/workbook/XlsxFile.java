package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.source.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackagePartName;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.PackageRelationshipCollection;
import org.apache.poi.openxml4j.opc.PackagingURIHelper;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.openxml4j.util.ZipEntrySource;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;

/** The sheets of an .xlsx file. Whatever the bytes are, the answer is sheets or findings. */
record XlsxFile(Place place, List<Sheet> sheets) {

  private static final String WORKBOOK =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

  static {
    Limits.lowerThoseOfPoi();
  }

  XlsxFile {
    sheets = List.copyOf(sheets);
  }

  static Checked<XlsxFile> read(String fileName, byte[] bytes) {
    Place file = Place.of(fileName);
    Findings findings = new Findings();
    try {
      new ZipListing(file, findings).inspect(bytes);
      if (findings.hasErrors()) {
        return Checked.failed(findings.all());
      }
      List<Sheet> sheets = sheets(bytes, file, findings);
      return Checked.of(new XlsxFile(file, sheets), findings.all());
    } catch (Refusal e) {
      findings.refuse(file, e);
    } catch (Findings.TooMany e) {
      return Checked.failed(findings.all());
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
        throw (VirtualMachineError) e;
      }
      if (!findings.hasErrors()) {
        findings.add(
            Check.UNREADABLE_FILE,
            file,
            "the file cannot be read as a workbook",
            "open it in Excel and save it again as .xlsx");
      }
    }
    return Checked.failed(findings.all());
  }

  private static List<Sheet> sheets(byte[] bytes, Place file, Findings findings)
      throws IOException, InvalidFormatException, SAXException {
    try (ZipFile zip = ZipListing.open(bytes);
        OPCPackage parts = OPCPackage.open(new Listed(zip))) {
      boolean safe = areSafe(parts, file, findings);
      List<PackagePart> workbooks = parts.getPartsByContentType(WORKBOOK);
      if (!safe) {
        return List.of();
      }
      if (workbooks.size() != 1) {
        throw ZipListing.unreadable(
            "the file is not an .xlsx workbook", "open it in Excel and save it as .xlsx");
      }
      PackagePart workbook = workbooks.get(0);
      Contents contents = new Contents();
      read(workbook, contents);
      if (contents.namesReachOutside) {
        reportReaching(file, findings);
      }
      SharedStrings strings = new SharedStrings();
      Styles styles = new Styles();
      for (PackageRelationship relation : workbook.getRelationships()) {
        if (relation.getRelationshipType().endsWith("/sharedStrings")) {
          read(target(parts, relation), strings);
        }
        if (relation.getRelationshipType().endsWith("/styles")) {
          read(target(parts, relation), styles);
        }
      }
      SheetContent.Budget budget = new SheetContent.Budget();
      List<Sheet> sheets = new ArrayList<>();
      for (Contents.Entry entry : contents.entries) {
        PackageRelationship relation = workbook.getRelationship(entry.relation);
        if (relation != null && relation.getRelationshipType().endsWith("/worksheet")) {
          SheetContent content =
              new SheetContent(
                  file.inSheet(entry.name), strings, styles, contents.from1904, budget);
          read(target(parts, relation), content);
          content.reachingOutside().forEach(cell -> reportReaching(cell, findings));
          sheets.add(content.sheet(entry.hidden));
        }
      }
      return sheets;
    }
  }

  private static void reportReaching(Place place, Findings findings) {
    findings.add(
        Check.UNSAFE_CONTENT,
        place,
        "a formula reaches outside the workbook",
        "replace it by its value");
  }

  private static PackagePart target(OPCPackage parts, PackageRelationship relation)
      throws InvalidFormatException {
    PackagePartName name = PackagingURIHelper.createPartName(relation.getTargetURI());
    PackagePart part = parts.getPart(name);
    if (part == null) {
      throw new InvalidFormatException("missing part");
    }
    return part;
  }

  private static void read(PackagePart part, XmlParts.Handler handler)
      throws IOException, SAXException {
    try (InputStream in = part.getInputStream()) {
      XmlParts.read(in, handler);
    }
  }

  /** A part that runs or reaches outside is known by its type too, whatever its path. */
  private static boolean areSafe(OPCPackage parts, Place file, Findings findings)
      throws InvalidFormatException {
    boolean safe = areSafe(parts.getRelationships(), file, findings);
    for (PackagePart part : parts.getParts()) {
      refuseOtherFormat(part.getContentType());
      String name = part.getPartName().getName();
      Optional<String> activity = activity(part.getContentType());
      if (activity.isPresent() && ZipListing.activity(name).isEmpty()) {
        safe = false;
        findings.add(
            Check.UNSAFE_CONTENT,
            file,
            isWorkbook(part)
                ? "the file is a workbook that may hold macros (.xlsm), not .xlsx"
                : "the workbook holds " + activity.get() + " (" + ZipListing.quoted(name) + ")",
            "copy the tables into a new workbook without it");
      }
      if (!part.isRelationshipPart() && part.hasRelationships()) {
        safe &= areSafe(part.getRelationships(), file, findings);
      }
    }
    return safe;
  }

  private static boolean isWorkbook(PackagePart part) {
    return part.getContentType().toLowerCase(Locale.ROOT).endsWith("macroenabled.main+xml");
  }

  private static void refuseOtherFormat(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    String hint = "open it in Excel and save it as .xlsx";
    if (type.endsWith("sheet.binary.macroenabled.main")) {
      throw ZipListing.unreadable("the file is a binary workbook (.xlsb), not .xlsx", hint);
    }
    if (type.endsWith("template.main+xml")) {
      throw ZipListing.unreadable("the file is a template, not a workbook", hint);
    }
  }

  private static Optional<String> activity(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.contains("macroenabled") || type.contains("vbaproject")) {
      return Optional.of("a macro");
    }
    if (type.contains("macrosheet")) {
      return Optional.of("a macro sheet");
    }
    if (type.contains("externallink")) {
      return Optional.of("a link to another workbook");
    }
    if (type.contains("oleobject") || type.endsWith(".package")) {
      return Optional.of("an embedded object");
    }
    if (type.contains("activex")) {
      return Optional.of("an ActiveX control");
    }
    if (type.contains("connections+xml") || type.contains("querytable")) {
      return Optional.of("a data connection");
    }
    return Optional.empty();
  }

  /** A hyperlink waits for a click; every other outside target is fetched on opening. */
  private static boolean areSafe(
      PackageRelationshipCollection relations, Place file, Findings findings) {
    boolean safe = true;
    for (PackageRelationship relation : relations) {
      if (relation.getTargetMode() == TargetMode.EXTERNAL
          && !relation.getRelationshipType().endsWith("/hyperlink")
          && ZipListing.activity(String.valueOf(relation.getSourceURI())).isEmpty()) {
        safe = false;
        findings.add(
            Check.UNSAFE_CONTENT,
            file,
            "the workbook refers to something outside itself ("
                + ZipListing.quoted(String.valueOf(relation.getTargetURI()))
                + ")",
            "copy the tables into a new workbook without it");
      }
    }
    return safe;
  }

  /** The list of sheets. */
  private static final class Contents extends XmlParts.Handler {

    private record Entry(String name, String relation, boolean hidden) {}

    private final List<Entry> entries = new ArrayList<>();
    private boolean from1904;
    private boolean namesReachOutside;

    @Override
    void start(String name, Attributes attributes) {
      if (name.equals("workbookPr")) {
        from1904 = isTrue(attributes.getValue("date1904"));
      }
      if (!name.equals("sheet")) {
        return;
      }
      if (entries.size() >= Limits.SHEETS) {
        throw Refusal.tooLarge("the workbook has more than 64 sheets");
      }
      String state = attributes.getValue("state");
      String title = attributes.getValue("name");
      entries.add(
          new Entry(
              title == null ? "" : title,
              relation(attributes),
              state != null && !state.equals("visible")));
    }

    private static String relation(Attributes attributes) {
      for (int i = 0; i < attributes.getLength(); i++) {
        if (attributes.getLocalName(i).equals("id")
            && attributes.getURI(i).endsWith("relationships")) {
          return attributes.getValue(i);
        }
      }
      return "";
    }

    @Override
    void end(String name, String text) {
      namesReachOutside |= name.equals("definedName") && SheetContent.reachesOutside(text);
    }
  }

  /**
   * The archive as it was inspected, so that POI sees the very same parts; without the properties
   * of the document, which say nothing about its tables and are written in many ways.
   */
  private static final class Listed implements ZipEntrySource {

    private final ZipFile zip;
    private boolean closed;

    Listed(ZipFile zip) {
      this.zip = zip;
    }

    @Override
    public Enumeration<? extends ZipArchiveEntry> getEntries() {
      List<ZipArchiveEntry> entries = new ArrayList<>();
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!ZipListing.isProperties(entry.getName())) {
          entries.add(entry);
        }
      }
      return Collections.enumeration(entries);
    }

    @Override
    public ZipArchiveEntry getEntry(String path) {
      String name = path.startsWith("/") ? path.substring(1) : path;
      ZipArchiveEntry exact = zip.getEntry(name);
      if (exact != null) {
        return exact;
      }
      for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
        ZipArchiveEntry entry = all.nextElement();
        if (entry.getName().replace('\\', '/').equalsIgnoreCase(name)) {
          return entry;
        }
      }
      return null;
    }

    @Override
    public InputStream getInputStream(ZipArchiveEntry entry) throws IOException {
      return zip.getInputStream(entry);
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }
  }
}
