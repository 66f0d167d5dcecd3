package dev.clearance.policy;

/** Three-valued: a condition on an attribute that a request does not give is open. */
public enum Truth {
  TRUE,
  FALSE,
  OPEN;

  public static Truth of(boolean holds) {
    return holds ? TRUE : FALSE;
  }
}
