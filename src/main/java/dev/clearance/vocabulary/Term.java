package dev.clearance.vocabulary;

import java.util.List;
import java.util.Optional;

/**
 * One value that an attribute may take.
 *
 * @param code stable, kebab-case; the JSON value
 * @param aliases other names that authors and callers may use
 * @param broader code of the term that covers this one (a photocopy is a document)
 */
public record Term(String code, Label label, List<String> aliases, Optional<String> broader) {

  public Term {
    aliases = List.copyOf(aliases);
  }
}
