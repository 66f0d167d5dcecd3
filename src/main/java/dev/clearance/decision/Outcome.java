package dev.clearance.decision;

/** What a decision says of the act. Everything but {@link #PERMIT} means no. */
public enum Outcome {
  PERMIT("permit", "允许"),
  APPROVAL_REQUIRED("approval-required", "须审批"),
  DENY("deny", "禁止"),
  NOT_COVERED("not-covered", "未规定");

  private final String code;
  private final String zh;

  Outcome(String code, String zh) {
    this.code = code;
    this.zh = zh;
  }

  public String code() {
    return code;
  }

  public String zh() {
    return zh;
  }
}
