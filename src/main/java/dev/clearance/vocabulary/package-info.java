/**
 * The words that policies are written in: attributes, terms, approver levels, obligations and
 * sanction types. All of it is data; no attribute is a Java field.
 */
@NullMarked
package dev.clearance.vocabulary;

import org.jspecify.annotations.NullMarked;
