package dev.clearance.analysis;

import dev.clearance.vocabulary.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * One question about a request, with the answers that the rows can tell apart. A set becomes
 * several axes: whether it is given, then one for each member that is mentioned.
 *
 * @param index position in the space
 * @param attribute absent for the day that a request is asked for, and for being free
 * @param cells the answers; together they are all there are
 */
record Axis(int index, Kind kind, Optional<Attribute> attribute, List<Cell> cells) {

  enum Kind {
    DAY,
    VALUE,
    SET_GIVEN,
    MEMBER,
    /** Whether the rules that hold across policies leave the act free, where nobody can tell. */
    FREE
  }

  Axis {
    cells = List.copyOf(cells);
  }

  int size() {
    return cells.size();
  }
}
