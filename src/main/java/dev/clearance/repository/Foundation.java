package dev.clearance.repository;

import dev.clearance.decision.Digest;
import dev.clearance.decision.Freedom;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.vocabulary.Vocabulary;
import dev.clearance.workbook.VocabularyReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What all policies stand on.
 *
 * @param files the vocabulary and the rules as they were read, by file name
 * @param digest of these files; part of the version of every policy
 * @param defaults the policies that answer when a request names none
 * @param checks what every workbook is held against, besides its form and its examples
 */
record Foundation(
    Vocabulary vocabulary,
    RuleCompiler compiler,
    Map<String, SourceFile> files,
    String digest,
    List<String> defaults,
    List<PolicyCheck> checks) {

  Freedom freedom() {
    return compiler.freedom();
  }

  static Checked<Foundation> of(
      byte[] vocabulary,
      Map<String, byte[]> drl,
      List<String> defaults,
      List<PolicyCheck> checks,
      Executor workers) {
    // Compiling the rules takes longest and needs no workbook.
    CompletableFuture<Checked<RuleCompiler>> compiling =
        CompletableFuture.supplyAsync(() -> RuleCompiler.of(texts(drl)), workers);
    Checked<Vocabulary> words = VocabularyReader.read(RulesFolder.VOCABULARY, vocabulary);
    Checked<RuleCompiler> compiler = compiling.join();
    List<Finding> findings = new ArrayList<>(words.findings());
    findings.addAll(compiler.findings());
    if (words.value().isEmpty() || compiler.value().isEmpty()) {
      return Checked.failed(findings);
    }
    Map<String, SourceFile> files = new TreeMap<>();
    files.put(RulesFolder.VOCABULARY, SourceFile.of(RulesFolder.VOCABULARY, vocabulary));
    drl.forEach((name, bytes) -> files.put(name, SourceFile.of(name, bytes)));
    return Checked.of(
        new Foundation(
            words.value().get(),
            compiler.value().get(),
            files,
            digest(vocabulary, drl),
            List.copyOf(defaults),
            List.copyOf(checks)),
        findings);
  }

  /** As {@link #digest()} of what these files make. */
  static String digest(Map<String, byte[]> files) {
    Map<String, byte[]> drl = new TreeMap<>(files);
    byte[] vocabulary = drl.remove(RulesFolder.VOCABULARY);
    return digest(vocabulary == null ? new byte[0] : vocabulary, drl);
  }

  private static String digest(byte[] vocabulary, Map<String, byte[]> drl) {
    StringBuilder parts = new StringBuilder(Digest.of(vocabulary));
    new TreeMap<>(drl)
        .forEach((name, bytes) -> parts.append('\n').append(name).append(Digest.of(bytes)));
    return Digest.of(parts.toString());
  }

  /** Names and digests of the files: under its digest, what a version stood on is found again. */
  SourceFile listing() {
    StringBuilder lines = new StringBuilder();
    for (SourceFile file : files.values()) {
      lines.append(file.digest()).append(' ').append(file.name()).append('\n');
    }
    return SourceFile.of("foundation", lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What a {@link #listing} says: digests by file name. */
  static Map<String, String> digests(byte[] listing) {
    Map<String, String> digests = new TreeMap<>();
    for (String line : new String(listing, StandardCharsets.UTF_8).split("\n")) {
      int space = line.indexOf(' ');
      digests.put(line.substring(space + 1), line.substring(0, Math.max(0, space)));
    }
    return digests;
  }

  private static Map<String, String> texts(Map<String, byte[]> files) {
    Map<String, String> texts = new TreeMap<>();
    // Some editors begin a file with a mark of its encoding.
    files.forEach(
        (name, bytes) ->
            texts.put(name, new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "")));
    return texts;
  }
}
