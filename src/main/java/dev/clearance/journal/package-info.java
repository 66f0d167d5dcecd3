/** The log of decisions: bounded, written aside, and complete or counted. */
@NullMarked
package dev.clearance.journal;

import org.jspecify.annotations.NullMarked;
