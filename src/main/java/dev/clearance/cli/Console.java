package dev.clearance.cli;

import java.io.PrintStream;

/** Where a command writes: results to the one, progress and complaints to the other. */
record Console(PrintStream out, PrintStream err) {}
