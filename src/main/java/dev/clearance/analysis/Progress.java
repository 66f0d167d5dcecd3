package dev.clearance.analysis;

/** Is told how far a long analysis has come. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (step, done, of) -> {};

  /**
   * @param step what is being looked for
   * @param of how many parts that has
   */
  void at(String step, int done, int of);
}
