/**
 * Excel workbooks to policies and examples, and findings back to cells. Apache POI lives here and
 * nowhere else. Whatever the bytes are, the answer is a value or findings.
 */
@NullMarked
package dev.clearance.workbook;

import org.jspecify.annotations.NullMarked;
