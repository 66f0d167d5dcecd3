/** Measures, beside the floor and beside peers on the same tables. */
@NullMarked
package dev.clearance.bench;

import org.jspecify.annotations.NullMarked;
