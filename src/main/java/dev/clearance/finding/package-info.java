/**
 * What is wrong in a workbook, and where. An author's mistake is a finding, never an exception: all
 * findings of a stage are collected and shown together.
 */
@NullMarked
package dev.clearance.finding;

import org.jspecify.annotations.NullMarked;
