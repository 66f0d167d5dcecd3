/**
 * Asking and answering. Rules find what applies ({@link dev.clearance.decision.RuleBase}); setting
 * aside, combining and penalties are pure functions over what was found. No clock, no disk, no rule
 * engine.
 */
@NullMarked
package dev.clearance.decision;

import org.jspecify.annotations.NullMarked;
