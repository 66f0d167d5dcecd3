/**
 * Who may ask, review and edit: keys, tokens, and the table of doors with the role that opens each.
 */
@NullMarked
package dev.clearance.security;

import org.jspecify.annotations.NullMarked;
