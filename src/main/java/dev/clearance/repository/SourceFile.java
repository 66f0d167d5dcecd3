package dev.clearance.repository;

import dev.clearance.decision.Digest;

/**
 * A file that all policies stand on.
 *
 * @param digest SHA-256 of the bytes
 */
record SourceFile(String name, byte[] bytes, String digest) {

  static SourceFile of(String name, byte[] bytes) {
    return new SourceFile(name, bytes, Digest.full(bytes));
  }
}
