/**
 * What is in force: loaded from a folder of workbooks and a folder of rules, checked as a whole,
 * and swapped as one.
 */
@NullMarked
package dev.clearance.repository;

import org.jspecify.annotations.NullMarked;
