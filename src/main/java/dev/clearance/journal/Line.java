package dev.clearance.journal;

import java.io.IOException;
import java.io.OutputStream;

/** A line to be, spelled out by whoever brings it. */
@FunctionalInterface
public interface Line {

  /** Writes the text in UTF-8, without the end of the line. */
  void spell(OutputStream out) throws IOException;
}
