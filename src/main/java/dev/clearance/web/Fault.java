package dev.clearance.web;

/**
 * One thing that is wrong in a request.
 *
 * @param pointer where, as a JSON pointer into the request
 * @param code stable, for programs
 * @param detail one sentence that says what is wrong
 * @param hint what to try; may be empty
 */
record Fault(String pointer, String code, String detail, String hint) {

  Fault {
    // What is echoed from a request may be ill-formed; an answer never is.
    pointer = Text.mended(pointer);
    detail = Text.mended(detail);
    hint = Text.mended(hint);
  }
}
