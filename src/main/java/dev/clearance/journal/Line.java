package dev.clearance.journal;

/** A line to be, spelled out only when it is written. */
@FunctionalInterface
public interface Line {

  /** The text in UTF-8, without the end of the line. */
  byte[] bytes();
}
