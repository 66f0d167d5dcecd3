/** Examples that policy staff promise: run against a decision point, failing ones by cell. */
@NullMarked
package dev.clearance.scenario;

import org.jspecify.annotations.NullMarked;
