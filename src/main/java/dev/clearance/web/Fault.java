package dev.clearance.web;

/**
 * One thing that is wrong in a request.
 *
 * @param pointer where, as a JSON pointer into the request
 * @param code stable, for programs
 * @param detail one sentence that says what is wrong
 * @param hint what to try; may be empty
 */
record Fault(String pointer, String code, String detail, String hint) {}
