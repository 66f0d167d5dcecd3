/**
 * What the rows of a policy mean together: conflicts, rows without effect, gaps, and the exact
 * difference between two versions. Rows mention finitely many values, so every question is settled
 * over all requests, without sampling.
 */
@NullMarked
package dev.clearance.analysis;

import org.jspecify.annotations.NullMarked;
