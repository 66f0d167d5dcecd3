package dev.clearance.cli;

import java.util.Set;

/** One thing that the command line does. */
interface Command {

  /** The name by which it is called. */
  String name();

  /** How it is called and what it does, as the help shows it. */
  String help();

  /** What may be said besides files and the language; anything else is refused. */
  Set<String> options();

  /**
   * Does it.
   *
   * @return the exit status
   * @throws UsageError when the words make no sense
   */
  int run(Words words, Console console);
}
