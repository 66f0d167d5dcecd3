package dev.clearance.scenario;

import dev.clearance.decision.Outcome;
import dev.clearance.policy.Facts;
import dev.clearance.source.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A question about a policy with the answer that the policy promises. An expectation that is absent
 * is not checked.
 *
 * @param place the row of the example
 * @param asOf the day it is asked for; absent: today
 * @param approver code of the leading approver level
 * @param classification code of the level after derivation
 * @param clauses locators or clause codes
 */
public record Example(
    String id,
    Place place,
    String question,
    Facts facts,
    Optional<LocalDate> asOf,
    Optional<Expected<Outcome>> outcome,
    Optional<Expected<String>> approver,
    Optional<Expected<ListOf<String>>> obligations,
    Optional<Expected<List<Penalty>>> sanctions,
    Optional<Expected<String>> classification,
    Optional<Expected<ListOf<String>>> clauses) {

  /** What is expected, and the cell that says so. */
  public record Expected<T>(T value, Place cell) {}

  /**
   * Expected members.
   *
   * @param exactly true: these and no others; false: at least these
   */
  public record ListOf<T>(boolean exactly, List<T> items) {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  /**
   * A sanction that must be certain.
   *
   * @param type code of the sanction type
   * @param min lowest amount, where the example states one; equal to max for a single amount
   */
  public record Penalty(String type, Optional<BigDecimal> min, Optional<BigDecimal> max) {}
}
