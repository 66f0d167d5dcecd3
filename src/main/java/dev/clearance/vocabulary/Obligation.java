package dev.clearance.vocabulary;

/** What must be done along with an act: register the loan, have two witnesses. */
public record Obligation(String code, Label label) {}
