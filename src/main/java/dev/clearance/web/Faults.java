package dev.clearance.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that is wrong in one request, collected so that a caller can mend it at once. */
final class Faults {

  /** More than anybody reads; a hostile body must not make a long answer. */
  private static final int MOST = 50;

  private final List<Fault> faults = new ArrayList<>();
  private final Hints hints;

  Faults(Hints hints) {
    this.hints = hints;
  }

  void add(Pointer at, String code, String detail) {
    add(at, code, detail, "");
  }

  void add(Pointer at, String code, String detail, String hint) {
    if (faults.size() < MOST) {
      faults.add(new Fault(at.toString(), code, detail, hint));
    }
  }

  /** The fault of a name that is unknown, with what may have been meant. */
  void addUnknown(
      Pointer at, String code, String detail, String name, Supplier<Optional<String>> nearest) {
    if (faults.size() < MOST) {
      String hint = hints.nearest(name, nearest).map(Hints::meant).orElse("");
      faults.add(new Fault(at.toString(), code, detail, hint));
    }
  }

  boolean none() {
    return faults.isEmpty();
  }

  List<Fault> all() {
    return List.copyOf(faults);
  }
}
