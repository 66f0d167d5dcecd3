package dev.clearance.journal;

import java.io.IOException;
import java.io.OutputStream;

/** A line to be, spelled out only when it is written. */
@FunctionalInterface
public interface Line {

  /** Adds the text in UTF-8, without the end of the line, to what is written with it. */
  void spell(OutputStream block) throws IOException;
}
