package dev.clearance.workbook;

import dev.clearance.policy.Entity;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the sheet 名录: subjects and resources that a search may find. */
final class DirectorySheet {

  private static final Column CATEGORY = Column.required("类别", "category");
  private static final Column TYPE = Column.required("种类", "type");
  private static final Column ID = Column.required("编号", "id");
  private static final List<Column> COLUMNS = List.of(CATEGORY, TYPE, ID);
  private static final Map<String, Boolean> CATEGORIES =
      Words.of("主体 subject", true, "客体 resource", false);

  private final Vocabulary vocabulary;
  private final Values values;

  DirectorySheet(Vocabulary vocabulary, Values values) {
    this.vocabulary = vocabulary;
    this.values = values;
  }

  /** The headers of this sheet, which no attribute may be called. */
  static List<Column> columns() {
    return COLUMNS;
  }

  List<Entity> read(Sheet sheet, Findings findings) {
    Table table = new Table(sheet, COLUMNS, Optional.of(vocabulary), findings);
    TakenNames subjects = new TakenNames();
    TakenNames resources = new TakenNames();
    List<Entity> entities = new ArrayList<>();
    for (TableRow row : table.rows()) {
      Optional<Boolean> subject =
          row.required(CATEGORY).flatMap(text -> row.word(CATEGORY, CATEGORIES));
      Optional<String> type = row.required(TYPE);
      Optional<String> id = row.code(ID);
      if (subject.isPresent() && type.isPresent() && id.isPresent()) {
        TakenNames taken = subject.get() ? subjects : resources;
        taken.takeCode(type.get() + " " + id.get(), row.spot(ID));
        entities.add(
            new Entity(
                subject.get(),
                type.get(),
                id.get(),
                ExampleSheet.facts(table, row, values, vocabulary)));
      }
    }
    return entities;
  }
}
