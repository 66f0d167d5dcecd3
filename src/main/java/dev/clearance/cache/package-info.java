/** Verdicts that are kept for a while, so that like requests need not be judged again. */
@NullMarked
package dev.clearance.cache;

import org.jspecify.annotations.NullMarked;
