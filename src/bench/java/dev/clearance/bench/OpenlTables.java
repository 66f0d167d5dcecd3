package dev.clearance.bench;

import dev.clearance.decision.DecisionRequest;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Policy;
import dev.clearance.policy.Row;
import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.AttributeType;
import dev.clearance.vocabulary.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.openl.rules.runtime.RulesEngineFactory;

/**
 * The same tables for OpenL Tablets: for each policy a workbook with one table that collects rows.
 * The act is its first column; each column is written so that OpenL builds an index for it.
 */
final class OpenlTables {

  /** The columns of {@link Tables}, in the order of its vocabulary; texts are left out. */
  public interface Table {
    Integer[] rows(
        String in2,
        String in3,
        String in4,
        String in5,
        String in6,
        String in7,
        String in8,
        String in9,
        String in10,
        Double in11,
        Double in12,
        Boolean in13,
        Boolean in14);
  }

  /**
   * So many columns are written in a form for which OpenL builds an index. It nests them: with all
   * thirteen the index of 200 rows takes gigabytes, and these are the fastest.
   */
  private static final int INDEXED = Integer.getInteger("openl.indexed", 2);

  /** Below every bound: to OpenL a number that is not given lies above all of them. */
  private static final Double NOT_GIVEN = -1.0;

  private final Map<String, Table> tables = new HashMap<>();

  OpenlTables(List<Policy> policies) {
    for (Policy policy : policies) {
      Path workbook = write(policy);
      RulesEngineFactory<Table> factory =
          new RulesEngineFactory<>(workbook.toString(), Table.class);
      factory.setExecutionMode(true);
      tables.put(policy.id(), factory.newEngineInstance());
    }
  }

  private static Path write(Policy policy) {
    List<Attribute> inputs = new ArrayList<>(policy.vocabulary().attributes());
    inputs.removeIf(attribute -> attribute.type() == AttributeType.TEXT);
    List<String> signature = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (Attribute input : inputs) {
      String name = "in" + input.index();
      String parameter = " p" + input.index();
      columns.add("C" + (columns.size() + 1));
      titles.add(name);
      boolean indexed = columns.size() <= INDEXED;
      switch (input.type()) {
        case NUMBER -> {
          signature.add("Double " + name);
          conditions.add(condition(indexed, name, name + " >" + parameter));
          parameters.add("Double" + parameter);
        }
        case BOOLEAN -> {
          signature.add("Boolean " + name);
          conditions.add(condition(indexed, name, name + " ==" + parameter));
          parameters.add("Boolean" + parameter);
        }
        default -> {
          signature.add("String " + name);
          conditions.add(
              indexed ? name : condition(false, name, "contains(" + parameter + ", " + name + ")"));
          parameters.add("String[]" + parameter);
        }
      }
    }
    columns.add("CRET1");
    conditions.add("row");
    parameters.add("Integer row");
    titles.add("row");
    try (SXSSFWorkbook book = new SXSSFWorkbook()) {
      SXSSFSheet sheet = book.createSheet("rows");
      append(sheet, List.of("Rules Integer[] rows (" + String.join(", ", signature) + ")"));
      sheet.addMergedRegion(new CellRangeAddress(0, 0, 0, inputs.size()));
      List.of(columns, conditions, parameters, titles).forEach(line -> append(sheet, line));
      for (Row row : policy.rows()) {
        List<String> line = new ArrayList<>();
        inputs.forEach(input -> line.add(cell(row, input)));
        line.add(Integer.toString(row.index()));
        append(sheet, line);
      }
      Path file = Files.createTempFile(policy.id(), ".xlsx");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        book.write(out);
      }
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String condition(boolean indexed, String input, String test) {
    return indexed ? test : input + " != null and " + test;
  }

  private static void append(SXSSFSheet sheet, List<String> cells) {
    var row = sheet.createRow(sheet.getLastRowNum() + 1);
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        row.createCell(i).setCellValue(cells.get(i));
      }
    }
  }

  private static String cell(Row row, Attribute input) {
    for (Condition condition : row.when()) {
      if (condition.attribute().equals(input)) {
        Test test = condition.test();
        if (test instanceof Test.AnyOf anyOf) {
          return String.join(",", anyOf.listed());
        }
        if (test instanceof Test.Between between) {
          return between.low().orElseThrow().toString();
        }
        return Boolean.toString(((Test.Is) test).yes());
      }
    }
    return "";
  }

  List<Integer> rows(DecisionRequest request) {
    Facts facts = request.facts();
    Integer[] rows =
        tables
            .get(request.policies().get(0))
            .rows(
                facts.codeAt(2),
                facts.codeAt(3),
                facts.codeAt(4),
                facts.codeAt(5),
                facts.codeAt(6),
                facts.codeAt(7),
                facts.codeAt(8),
                facts.codeAt(9),
                facts.codeAt(10),
                number(facts, 11),
                number(facts, 12),
                flag(facts, 13),
                flag(facts, 14));
    return rows == null ? List.of() : List.of(rows);
  }

  private static Double number(Facts facts, int index) {
    return facts.at(index) instanceof Value.Amount amount
        ? amount.number().doubleValue()
        : NOT_GIVEN;
  }

  private static Boolean flag(Facts facts, int index) {
    return facts.at(index) instanceof Value.Flag flag ? flag.yes() : null;
  }
}
