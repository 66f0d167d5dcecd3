package dev.clearance.analysis;

import dev.clearance.policy.Condition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How some facts finally read: a label for each combination of their cells. */
final class ReadingQuestion implements Question {

  private final Slice slice;
  private final List<Integer> axes;
  private final Map<List<Integer>, Integer> labels;

  /**
   * @param axes those of {@link Slice#changingAxes()} that are asked about
   * @param labels numbers the combinations; both views share it
   */
  ReadingQuestion(Slice slice, List<Integer> axes, Map<List<Integer>, Integer> labels) {
    this.slice = slice;
    this.axes = axes;
    this.labels = labels;
  }

  /** What one definition or classification may change, at once or through definitions. */
  static ReadingQuestion behind(Slice slice, int reader) {
    Set<Integer> axes = new TreeSet<>(slice.changedBy(reader));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int i = 0; i < slice.size(); i++) {
        for (Condition condition : slice.item(i).onChanging()) {
          if (slice.space().axesOf(condition.attribute()).stream().anyMatch(axes::contains)) {
            grows |= axes.addAll(slice.changedBy(i));
          }
        }
      }
    }
    return new ReadingQuestion(slice, List.copyOf(axes), new HashMap<>());
  }

  @Override
  public long[] relevant() {
    return new long[slice.words()];
  }

  @Override
  public boolean asksReading() {
    return true;
  }

  @Override
  public boolean asksReading(int axis) {
    return axes.contains(axis);
  }

  @Override
  public int ofReading(int[] cells) {
    Integer[] asked = new Integer[axes.size()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = cells[slice.changingAxes().indexOf(axes.get(i))];
    }
    return labels.computeIfAbsent(Arrays.asList(asked), any -> labels.size());
  }

  @Override
  public int settled(long[] state, int from, int level, boolean free) {
    throw new IllegalStateException("a reading is settled when it is read");
  }
}
