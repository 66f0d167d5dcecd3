package dev.clearance.workbook;

import dev.clearance.analysis.ExampleProposal;
import dev.clearance.policy.Row;
import dev.clearance.policy.Sanction;
import dev.clearance.policy.Wording;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proposed examples as rows of the sheet 用例: each value in the column where that sheet has it, so
 * that an author who agrees can paste them below the others.
 *
 * @param headers of 用例 as it is, and behind them those of columns that it lacks
 */
public record ExampleRows(List<String> headers, List<List<String>> rows) {

  private static final int WIDTH = 18;

  public ExampleRows {
    headers = List.copyOf(headers);
    rows = rows.stream().map(List::copyOf).toList();
  }

  public static ExampleRows of(PolicyWorkbook workbook, List<ExampleProposal> proposals) {
    Set<String> ids = new HashSet<>();
    workbook.examples().forEach(example -> ids.add(example.id()));
    List<Map<String, String>> filled = new ArrayList<>();
    int number = workbook.examples().size();
    for (ExampleProposal proposal : proposals) {
      String id;
      do {
        number++;
        id = Integer.toString(number);
      } while (!ids.add(id));
      filled.add(values(id, proposal));
    }
    List<String> headers = headers(workbook.cells().exampleColumns(), filled);
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> values : filled) {
      rows.add(headers.stream().map(header -> values.getOrDefault(header, "")).toList());
    }
    return new ExampleRows(headers, rows);
  }

  private static List<String> headers(
      NavigableMap<Integer, String> columns, List<Map<String, String>> filled) {
    List<String> headers = new ArrayList<>();
    int last = columns.isEmpty() ? 0 : columns.lastKey();
    for (int at = 1; at <= last; at++) {
      headers.add(columns.getOrDefault(at, ""));
    }
    Set<String> used = new TreeSet<>();
    filled.forEach(values -> used.addAll(values.keySet()));
    List<String> asking = zh(ExampleSheet.ID, ExampleSheet.QUESTION, ExampleSheet.AS_OF);
    List<String> fixed = zh(ExampleSheet.columns().toArray(Column[]::new));
    // The question on the left, the answer on the right.
    List<String> ordered = new ArrayList<>(asking);
    used.stream().filter(header -> !fixed.contains(header)).forEach(ordered::add);
    ordered.addAll(fixed);
    ordered.stream()
        .distinct()
        .filter(header -> used.contains(header) && !headers.contains(header))
        .forEach(headers::add);
    return headers;
  }

  private static List<String> zh(Column... columns) {
    return Arrays.stream(columns).map(Column::zh).toList();
  }

  /** By the Chinese name of the column. */
  private static Map<String, String> values(String id, ExampleProposal proposal) {
    Row row = proposal.row();
    Map<String, String> values = new HashMap<>();
    put(values, ExampleSheet.ID, id);
    put(values, ExampleSheet.QUESTION, row.clause().locator() + " " + row.summary().zh());
    proposal.asOf().ifPresent(day -> put(values, ExampleSheet.AS_OF, day.toString()));
    for (Attribute attribute : proposal.facts().known()) {
      proposal
          .facts()
          .get(attribute)
          .ifPresent(value -> values.put(attribute.label().zh(), Wording.of(attribute, value)));
    }
    put(values, ExampleSheet.OUTCOME, proposal.outcome().zh());
    proposal.approver().ifPresent(level -> put(values, ExampleSheet.APPROVER, level.label().zh()));
    if (!proposal.obligations().isEmpty()) {
      put(values, ExampleSheet.OBLIGATIONS, obligations(proposal.obligations()));
    }
    if (!proposal.sanctions().isEmpty()) {
      put(values, ExampleSheet.SANCTIONS, sanctions(proposal.sanctions()));
    }
    put(values, ExampleSheet.CLAUSES, row.clause().code());
    return values;
  }

  private static void put(Map<String, String> values, Column column, String value) {
    values.put(column.zh(), value);
  }

  private static String obligations(Collection<Obligation> obligations) {
    return String.join(
        "\n", obligations.stream().map(one -> name(one.code(), one.label())).toList());
  }

  private static String sanctions(Collection<Sanction> sanctions) {
    Set<String> texts = new LinkedHashSet<>();
    for (Sanction sanction : sanctions) {
      String type = name(sanction.type().code(), sanction.type().label());
      Optional<String> amount =
          sanction.formula().isPresent() ? Optional.empty() : amount(sanction);
      texts.add(type + amount.map(one -> " " + one).orElse(""));
    }
    return String.join("\n", texts);
  }

  private static Optional<String> amount(Sanction sanction) {
    return sanction
        .min()
        .flatMap(
            low ->
                sanction
                    .max()
                    .map(
                        high ->
                            low.compareTo(high) == 0
                                ? low.toPlainString()
                                : low.toPlainString() + ".." + high.toPlainString()));
  }

  /** The label, unless it would be read as several. */
  private static String name(String code, Label label) {
    return label.zh().contains("、") || label.zh().contains("，") ? code : label.zh();
  }

  /** As the sheet 建议用例 of an annotated copy. */
  public AddedSheet sheet() {
    List<List<String>> all = new ArrayList<>();
    all.add(headers);
    all.addAll(rows);
    return new AddedSheet(
        SheetKind.PROPOSALS.zh(), headers.stream().map(any -> WIDTH).toList(), all);
  }
}
