package dev.clearance.vocabulary;

/** What kind of value an attribute takes. */
public enum AttributeType {
  /** One term of a list; terms may have a broader term. */
  TERM("词条"),
  /** One term of an ordered list, lowest first. */
  LEVEL("等级"),
  /** Any number of terms; a set that is given counts as complete. */
  SET("集合"),
  /** An exact decimal. */
  NUMBER("数字"),
  BOOLEAN("是否"),
  /** A calendar day. */
  DATE("日期"),
  /** Free text such as an identifier, compared as it stands. */
  TEXT("文本");

  private final String zh;

  AttributeType(String zh) {
    this.zh = zh;
  }

  /** The word that the vocabulary workbook uses. */
  public String zh() {
    return zh;
  }
}
