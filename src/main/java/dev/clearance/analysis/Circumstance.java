package dev.clearance.analysis;

import java.util.List;

/**
 * What all requests of a situation have in common in one attribute.
 *
 * @param path of the attribute; {@link #DAY} and {@link #RULES} stand for what is none
 * @param words in labels, close to what an author writes in a cell
 * @param codes for a term or level, those that the attribute may have
 * @param has for a set, what it has: of each group at least one
 * @param lacks for a set, what it has none of
 */
public record Circumstance(
    String path, String words, List<String> codes, List<List<String>> has, List<String> lacks) {

  /** The path of the day that a request is asked for, which is no attribute. */
  public static final String DAY = "asOf";

  /** Where nobody can tell by what the rules leave an act free, whether they do is a condition. */
  public static final String RULES = "rules";

  public Circumstance {
    codes = List.copyOf(codes);
    has = List.copyOf(has);
    lacks = List.copyOf(lacks);
  }
}
