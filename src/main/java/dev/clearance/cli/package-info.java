/** The command line of editors, and of the machines that check what they commit. */
@NullMarked
package dev.clearance.cli;

import org.jspecify.annotations.NullMarked;
