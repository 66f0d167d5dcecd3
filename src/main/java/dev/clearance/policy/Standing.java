package dev.clearance.policy;

/** What one finding says of the act, before findings are combined. */
public enum Standing {
  /** A prohibition, or a duty that is broken. */
  FORBIDS,
  /** An approval that is needed and not held. */
  LACKS_APPROVAL,
  /** An allowance, an approval that is held, or a kept duty whose row names the act. */
  PERMITS,
  /** Adds its obligations and says neither yes nor no. */
  IS_SILENT
}
