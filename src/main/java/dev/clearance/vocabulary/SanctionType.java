package dev.clearance.vocabulary;

/**
 * What may follow a breach, or merit.
 *
 * @param reward true for a reward, which follows merit and is never a possible penalty
 */
public record SanctionType(String code, Label label, boolean reward) {}
