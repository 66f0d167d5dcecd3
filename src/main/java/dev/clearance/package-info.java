/** The application: where everything is put together. */
@NullMarked
package dev.clearance;

import org.jspecify.annotations.NullMarked;
