/**
 * The HTTP edge: requests are read strictly, answers and problems are written as JSON. What an
 * answer means is decided elsewhere.
 */
@NullMarked
package dev.clearance.web;

import org.jspecify.annotations.NullMarked;
