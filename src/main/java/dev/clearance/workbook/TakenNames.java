package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.vocabulary.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches that no two things of one list share a code or a name. */
final class TakenNames {

  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /** Takes a code, unless it is taken. */
  boolean takeCode(String code, Spot spot) {
    if (codes.putIfAbsent(Names.normal(code), code) == null) {
      return true;
    }
    spot.report(
        Check.DUPLICATE_ID,
        spot.label() + " " + code + " stands here a second time",
        "give it a code of its own");
    return false;
  }

  /** Takes a name for a code; a second name of the same code is no clash. */
  void takeName(String name, String code, Spot spot) {
    if (name.isEmpty()) {
      return;
    }
    Optional<String> owner = Optional.ofNullable(names.putIfAbsent(Names.normal(name), code));
    if (owner.isPresent() && !owner.get().equals(code)) {
      spot.report(
          Check.DUPLICATE_LABEL,
          spot.label() + " " + Spot.quoted(name) + " is a name of " + owner.get() + " already",
          "choose another name");
    }
  }

  void takeNames(List<String> all, String code, Spot spot) {
    all.forEach(name -> takeName(name, code, spot));
  }
}
