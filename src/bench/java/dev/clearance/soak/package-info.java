/**
 * Loads a service for a long time while its rules change, and holds every answer against the right
 * one.
 */
@NullMarked
package dev.clearance.soak;

import org.jspecify.annotations.NullMarked;
