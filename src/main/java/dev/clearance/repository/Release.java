package dev.clearance.repository;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.Digest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.drools.RuleCompiler;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.scenario.Examples;
import dev.clearance.vocabulary.Vocabulary;
import dev.clearance.workbook.PolicyReader;
import dev.clearance.workbook.PolicyWorkbook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything in force at one moment. Immutable: a publication makes a new release, and a request
 * keeps the one it began with.
 */
public final class Release {

  private final Foundation foundation;
  private final Map<String, PolicyFile> files;
  private final DecisionPoint point;

  /**
   * What all policies stand on.
   *
   * @param digest of the vocabulary and of the rules; part of the version of every policy
   * @param defaults the policies that answer when a request names none
   */
  record Foundation(
      Vocabulary vocabulary, RuleCompiler compiler, String digest, List<String> defaults) {}

  Release(Foundation foundation, Collection<PolicyFile> files) {
    this.foundation = foundation;
    this.files = new TreeMap<>();
    files.forEach(file -> this.files.put(file.rules().policy().id(), file));
    List<PolicyRules> rules = this.files.values().stream().map(PolicyFile::rules).toList();
    this.point =
        new DecisionPoint(new RulesInForce(foundation.vocabulary(), rules, foundation.defaults()));
  }

  public DecisionPoint point() {
    return point;
  }

  public Vocabulary vocabulary() {
    return foundation.vocabulary();
  }

  /** In the order of the policies' ids. */
  public Collection<PolicyFile> files() {
    return files.values();
  }

  public Optional<PolicyFile> file(String policyId) {
    return Optional.ofNullable(files.get(policyId));
  }

  Release with(PolicyFile changed) {
    Map<String, PolicyFile> all = new TreeMap<>(files);
    all.put(changed.rules().policy().id(), changed);
    return new Release(foundation, all.values());
  }

  /**
   * Reads, builds and tries a workbook; nothing in force changes.
   *
   * @param name the file's name, which names the policy
   * @param today the day on which its examples are asked
   */
  public Checked<PolicyFile> check(String name, byte[] bytes, LocalDate today) {
    return check(foundation, name, bytes, today);
  }

  static Checked<PolicyFile> check(
      Foundation foundation, String name, byte[] bytes, LocalDate today) {
    Checked<PolicyWorkbook> read = new PolicyReader(foundation.vocabulary()).read(name, bytes);
    if (read.value().isEmpty()) {
      return Checked.failed(read.findings());
    }
    PolicyWorkbook workbook = read.value().get();
    Policy policy = workbook.policy();
    String version = Digest.of(foundation.digest() + "\n" + Digest.of(bytes));
    PolicyRules rules = new PolicyRules(policy, foundation.compiler().compile(policy), version);
    List<Finding> findings = new ArrayList<>(read.findings());
    DecisionPoint alone =
        new DecisionPoint(new RulesInForce(foundation.vocabulary(), List.of(rules), List.of()));
    findings.addAll(Examples.run(alone, policy, workbook.examples(), today));
    return Checked.of(new PolicyFile(name, bytes, workbook, rules, findings), findings);
  }
}
