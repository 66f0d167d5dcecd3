/**
 * Typed rows and {@code rules/*.drl} to a {@link dev.clearance.decision.RuleBase}. Drools lives
 * here and nowhere else.
 *
 * <p>A request passes through four facts, and each kind of row matches on one of them:
 *
 * <ol>
 *   <li>{@link dev.clearance.drools.Information}: the request as given; 定密 rows say which level
 *       follows;
 *   <li>{@link dev.clearance.drools.Wording}: the request as read so far; 释义 rows say how it is to
 *       be read;
 *   <li>{@link dev.clearance.drools.Act}: the request as finally read; 许可 rows say what holds;
 *   <li>{@link dev.clearance.drools.Case}: the act, done, with the clauses it broke; 处分 rows say
 *       what follows.
 * </ol>
 *
 * Where no 定密 or 释义 row applies at first {@linkplain dev.clearance.drools.Glance glance}, the first
 * two say nothing and are passed over. Facts that follow from facts take a Drools session; rules
 * that only note what applies need but the network of their conditions, see {@link
 * dev.clearance.drools.Stage}.
 *
 * <p>The rules in {@code rules/*.drl} say what becomes of what the rows find. Cell text never
 * becomes code: rules are built through the model API, with values passed as data.
 */
@NullMarked
package dev.clearance.drools;

import org.jspecify.annotations.NullMarked;
