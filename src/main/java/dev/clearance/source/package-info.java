/** Where something is written, so that every finding and every citation can point at it. */
@NullMarked
package dev.clearance.source;

import org.jspecify.annotations.NullMarked;
