package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A workbook says the same whichever program saved it. Each case writes shipped workbooks anew in
 * one of the forms that programs are known to use.
 */
class OtherProgramsTest {

  /** Numbers, days and yes or no that are stored as such. */
  private static final String TYPED =
      """
      == 许可
      条款 | 行为 | 已过天数 | 是否有人监督 | 办理日期 | 结论 | 须履行 | 生效 | 失效
      #2 | 透露 | #30 | ?true | @2026-02-03 | 禁止 | | @2026-01-01 | @2027-01-01
      #3 | 复制、复印 | #0.5 | ?false | 2026年2月4日 | 义务 | 登记⏎严守秘密，不得外泄

      == 处分
      条款 | 情形 | 种类 | 下限 | 上限 | 币种 | 裁量
      #4 | 泄密 | 扣发工资 | #10.1 | #500 | CNY | ?true
      == 用例
      编号 | 行为 | 已过天数 | 办理日期 | 提问日期 | 预期结论
      #1 | 透露 | #30 | @2026-02-03 | @2026-02-03 | 禁止
      """;

  private interface Form {
    byte[] of(XlsxFile file) throws IOException;
  }

  private static Form dialect(Function<Dialect, Dialect> with) {
    return file -> with.apply(new Dialect()).write(file);
  }

  private static Form archive(Function<Map<String, byte[]>, Map<String, byte[]>> changed) {
    return file -> Dialect.zipped(changed.apply(new Dialect().parts(file)));
  }

  private static Map<String, byte[]> renamed(
      Map<String, byte[]> parts, Function<String, String> name) {
    Map<String, byte[]> renamed = new LinkedHashMap<>();
    parts.forEach((old, content) -> renamed.put(name.apply(old), content));
    return renamed;
  }

  private static Map<String, byte[]> replaced(
      Map<String, byte[]> parts, String name, String was, String now) {
    String before = new String(parts.get(name), StandardCharsets.UTF_8);
    assertEquals(true, before.contains(was), name + " holds " + was);
    parts.put(name, before.replace(was, now).getBytes(StandardCharsets.UTF_8));
    return parts;
  }

  private static final String CORE =
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\""
          + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
          + "<dc:creator xml:lang=\"zh\">王</dc:creator><dcterms:created>%s</dcterms:created>"
          + "</cp:coreProperties>";

  private static Map<String, byte[]> withCore(Map<String, byte[]> parts, String created) {
    parts.put("docProps/core.xml", CORE.formatted(created).getBytes(StandardCharsets.UTF_8));
    replaced(
        parts,
        "[Content_Types].xml",
        "</Types>",
        "<Override PartName=\"/docProps/core.xml\""
            + " ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>");
    return replaced(
        parts,
        "_rels/.rels",
        "</Relationships>",
        "<Relationship Id=\"rId9\" Target=\"docProps/core.xml\""
            + " Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\"/>"
            + "</Relationships>");
  }

  private static Map<String, Form> forms() {
    Map<String, Form> forms = new LinkedHashMap<>();
    forms.put("shared strings", dialect(it -> it));
    forms.put("inline strings", dialect(it -> it.strings(Dialect.Strings.INLINE)));
    forms.put("rich text with readings", dialect(it -> it.strings(Dialect.Strings.SHARED_RICH)));
    forms.put("rich text inside the cell", dialect(it -> it.strings(Dialect.Strings.INLINE_RICH)));
    forms.put("results of dropped formulas", dialect(it -> it.strings(Dialect.Strings.PLAIN)));
    forms.put("no addresses", dialect(Dialect::withoutAddresses));
    forms.put("absolute targets", dialect(Dialect::absoluteTargets));
    forms.put("a prefix before every element", dialect(it -> it.prefix("x").absoluteTargets()));
    forms.put("Strict Open XML", dialect(it -> it.strict().days(Dialect.Days.ISO)));
    forms.put("Strict Open XML with a prefix", dialect(it -> it.strict().prefix("s")));
    forms.put("days counted from 1904", dialect(it -> it.days(Dialect.Days.FROM_1904)));
    forms.put("formatted and empty to the right and below", dialect(it -> it.emptyCells(1_000)));
    forms.put(
        "UTF-8 with a byte order mark",
        dialect(it -> it.encoding(StandardCharsets.UTF_8, "\uFEFF<?xml version=\"1.0\"?>")));
    forms.put(
        "UTF-16",
        dialect(
            it ->
                it.encoding(
                    StandardCharsets.UTF_16, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>")));
    forms.put(
        "parts of its own",
        dialect(
            it ->
                it.part("docMetadata/LabelInfo.xml", "<labelList/>")
                    .part("customXml/item1.xml", "<a/>")
                    .part("xl/metadata.xml", "<metadata/>")
                    .part("xl/printerSettings/printerSettings1.bin", "x")
                    .part("docProps/custom.xml", "<Properties/>")
                    .part("xl/calcChain.xml", "<calcChain/>")));
    forms.put(
        "back slashes in the archive",
        archive(parts -> renamed(parts, name -> name.replace('/', '\\'))));
    forms.put(
        "names in other cases than their references",
        archive(
            parts ->
                renamed(
                    parts,
                    name ->
                        name.replace("sharedStrings", "SharedStrings")
                            .replace("sheet1", "Sheet1"))));
    forms.put(
        "folders in the archive",
        archive(
            parts -> {
              Map<String, byte[]> all = new LinkedHashMap<>();
              for (String folder : List.of("_rels/", "xl/", "xl/worksheets/", "docProps/")) {
                all.put(folder, new byte[0]);
              }
              all.putAll(parts);
              return all;
            }));
    forms.put(
        "the type of the workbook as the usual one of .xml",
        archive(
            parts -> {
              String type =
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
              replaced(
                  parts,
                  "[Content_Types].xml",
                  "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + type + "\"/>",
                  "");
              return replaced(
                  parts,
                  "[Content_Types].xml",
                  "Extension=\"xml\" ContentType=\"application/xml\"",
                  "Extension=\"xml\" ContentType=\"" + type + "\"");
            }));
    for (String created :
        List.of(
            "2026-11-01T08:00:00Z", "2026-11-01T08:00:00+08:00", "2026-11-01", "2026年11月1日", "")) {
      forms.put(
          "properties that say it was made \"" + created + '"',
          archive(parts -> withCore(parts, created)));
    }
    forms.put("an archive without compression", OtherProgramsTest::stored);
    return forms;
  }

  private static byte[] stored(XlsxFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> part : new Dialect().parts(file).entrySet()) {
        CRC32 sum = new CRC32();
        sum.update(part.getValue());
        ZipEntry entry = new ZipEntry(part.getKey());
        entry.setSize(part.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(part.getValue());
      }
    }
    return out.toByteArray();
  }

  private record Tables(PolicyReader reader, XlsxFile file) {

    String transcript() {
      return Transcript.of(reader.read(file).value().orElseThrow());
    }
  }

  private static List<Tables> tables() throws IOException {
    PolicyReader shipped =
        new PolicyReader(ShippedWorkbooksTest.vocabulary().value().orElseThrow());
    PolicyReader small = new PolicyReader(TextWorkbook.vocabulary());
    byte[] typed = TextWorkbook.xlsx(TextWorkbook.resource("/golden/policy.txt") + TYPED);
    String pledge = "vendor-pledge.xlsx";
    return List.of(
        new Tables(small, XlsxFile.read("demo.xlsx", typed).value().orElseThrow()),
        new Tables(
            shipped,
            XlsxFile.read(pledge, Files.readAllBytes(Path.of("decision-tables", pledge)))
                .value()
                .orElseThrow()));
  }

  @TestFactory
  Stream<DynamicTest> theSameTablesReadTheSameFromEveryForm() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, Form> form : forms().entrySet()) {
      for (Tables tables : tables()) {
        String title = form.getKey() + ": " + tables.file().place();
        tests.add(DynamicTest.dynamicTest(title, () -> compare(tables, form.getValue())));
      }
    }
    return tests.stream();
  }

  private static void compare(Tables tables, Form form) throws IOException {
    String name = tables.file().place().workbook();
    byte[] bytes = form.of(tables.file());
    var read = tables.reader().read(name, bytes);
    assertEquals(List.of(), read.findings());
    assertEquals(tables.transcript(), Transcript.of(read.value().orElseThrow()));

    var annotated = Annotator.annotate(name, bytes, List.of());
    assertEquals(List.of(), annotated.findings());
    var again = tables.reader().read(name, annotated.value().orElseThrow());
    assertEquals(tables.transcript(), Transcript.of(again.value().orElseThrow()));
  }
}
