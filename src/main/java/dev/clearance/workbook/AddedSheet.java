package dev.clearance.workbook;

import java.util.List;

/**
 * A sheet that a check writes into a copy of a workbook, besides its findings.
 *
 * @param widths of its columns, in characters
 * @param rows texts, the headers first
 */
public record AddedSheet(String name, List<Integer> widths, List<List<String>> rows) {

  public AddedSheet {
    widths = List.copyOf(widths);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
