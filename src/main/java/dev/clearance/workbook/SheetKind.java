package dev.clearance.workbook;

import dev.clearance.vocabulary.Names;
import java.util.List;
import java.util.Optional;

/** The sheets that workbooks have, with the names by which each may be called. */
enum SheetKind {
  POLICY("制度", "policy"),
  PERMISSIONS("许可", "permissions"),
  CLASSIFICATION("定密", "classification"),
  DEFINITIONS("释义", "definitions"),
  SANCTIONS("处分", "sanctions"),
  CLAUSES("条款", "clauses"),
  EXAMPLES("用例", "examples"),
  DIRECTORY("名录", "directory"),
  /** An aid for readers and drop-down lists; it is not read. */
  WORDS("词表", "words"),
  /** What an earlier check wrote into a copy; it is not read. */
  FINDINGS("检查结果", "findings"),
  CHANGES("变化", "changes"),
  PROPOSALS("建议用例", "proposed examples"),

  ATTRIBUTES("属性", "attributes"),
  TERMS("词条", "terms"),
  APPROVER_LEVELS("审批级别", "approver levels"),
  OBLIGATIONS("义务", "obligations"),
  SANCTION_TYPES("处分种类", "sanction types");

  static final List<SheetKind> OF_A_POLICY =
      List.of(
          POLICY,
          PERMISSIONS,
          CLASSIFICATION,
          DEFINITIONS,
          SANCTIONS,
          CLAUSES,
          EXAMPLES,
          DIRECTORY,
          WORDS,
          FINDINGS,
          CHANGES,
          PROPOSALS);
  static final List<SheetKind> OF_THE_VOCABULARY =
      List.of(ATTRIBUTES, TERMS, APPROVER_LEVELS, OBLIGATIONS, SANCTION_TYPES, WORDS, FINDINGS);

  private final String zh;
  private final String en;

  SheetKind(String zh, String en) {
    this.zh = zh;
    this.en = en;
  }

  String zh() {
    return zh;
  }

  String en() {
    return en;
  }

  boolean isRead() {
    return this != WORDS && !isOurs();
  }

  /** Whether a check writes it into a copy. */
  boolean isOurs() {
    return this == FINDINGS || this == CHANGES || this == PROPOSALS;
  }

  static Optional<SheetKind> called(String name, List<SheetKind> among) {
    String normal = Names.normal(name);
    return among.stream()
        .filter(kind -> kind.zh.equals(normal) || kind.en.equals(normal))
        .findFirst();
  }
}
