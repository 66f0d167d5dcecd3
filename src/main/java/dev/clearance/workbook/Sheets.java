package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Names;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sheets of one workbook by what they are for. */
final class Sheets {

  private final Place file;
  private final Findings findings;
  private final Set<SheetKind> meant = EnumSet.noneOf(SheetKind.class);
  private boolean unknown;
  private final Map<SheetKind, Sheet> byKind = new EnumMap<>(SheetKind.class);

  Sheets(XlsxFile file, List<SheetKind> kinds, Findings findings) {
    this.file = file.place();
    this.findings = findings;
    for (Sheet sheet : file.sheets()) {
      Optional<SheetKind> kind = SheetKind.called(sheet.name(), kinds);
      if (kind.isEmpty()) {
        reportUnknown(sheet, kinds);
      } else if (byKind.putIfAbsent(kind.get(), sheet) != null) {
        findings.add(
            Check.UNKNOWN_SHEET,
            sheet.place(),
            "the workbook has the sheet " + kind.get().zh() + " twice",
            "move the rows into one of them");
      } else if (sheet.hidden() && kind.get().isRead()) {
        findings.add(
            Check.HIDDEN,
            sheet.place(),
            "the sheet " + sheet.name() + " is hidden and is read all the same",
            "show it, so that readers see what applies");
      }
    }
  }

  /** An empty sheet, such as a new workbook holds, means nothing. */
  private void reportUnknown(Sheet sheet, List<SheetKind> kinds) {
    if (sheet.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    kinds.forEach(kind -> names.add(kind.zh()));
    kinds.forEach(kind -> names.add(kind.en()));
    Optional<String> nearest = Names.nearest(sheet.name(), names);
    unknown = true;
    nearest.flatMap(name -> SheetKind.called(name, kinds)).ifPresent(meant::add);
    findings.add(
        Check.UNKNOWN_SHEET,
        sheet.place(),
        "the workbook has a sheet " + Spot.quoted(sheet.name()) + " that means nothing here",
        nearest.isPresent()
            ? Findings.didYouMean(nearest)
            : "remove it, or rename it to one of " + known(kinds));
  }

  private static String known(List<SheetKind> kinds) {
    List<String> names = new ArrayList<>();
    kinds.stream().filter(SheetKind::isRead).forEach(kind -> names.add(kind.zh()));
    return String.join("、", names);
  }

  Optional<Sheet> sheet(SheetKind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** Whether a sheet is there that means nothing, so that more may be meant than is read. */
  boolean hasUnknown() {
    return unknown;
  }

  boolean mayBeMisspelt(SheetKind kind) {
    return meant.contains(kind);
  }

  Optional<Sheet> required(SheetKind kind) {
    Optional<Sheet> sheet = sheet(kind);
    if (sheet.isEmpty() && !mayBeMisspelt(kind)) {
      findings.add(Check.MISSING_SHEET, file, "the workbook has no sheet " + kind.zh(), "add it");
    }
    return sheet;
  }
}
