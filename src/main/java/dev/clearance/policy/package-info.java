/**
 * A regulation as data: its clauses, and the rows of its decision tables with their conditions and
 * effects. Nothing here evaluates a request; a condition only says whether it holds.
 */
@NullMarked
package dev.clearance.policy;

import org.jspecify.annotations.NullMarked;
