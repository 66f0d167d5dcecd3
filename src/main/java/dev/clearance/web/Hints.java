package dev.clearance.web;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looking for what was meant compares a name with every known one. A body full of unknown names
 * must not keep the server busy, so the search has a budget for each body.
 */
final class Hints {

  private static final int BUDGET = 100;
  private static final int LONGEST_NAME = 80;

  private int left = BUDGET;

  static String meant(String near) {
    return "did you mean " + near + "?";
  }

  Optional<String> nearest(String name, Supplier<Optional<String>> search) {
    if (left == 0 || name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    left--;
    return search.get();
  }
}
