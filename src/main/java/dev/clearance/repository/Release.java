package dev.clearance.repository;

import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.Digest;
import dev.clearance.decision.Freedom;
import dev.clearance.decision.PolicyRules;
import dev.clearance.decision.RulesInForce;
import dev.clearance.finding.Check;
import dev.clearance.finding.Checked;
import dev.clearance.finding.Finding;
import dev.clearance.policy.Policy;
import dev.clearance.scenario.Examples;
import dev.clearance.source.Place;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in force at one moment. Immutable: a publication makes a new release, and a request
 * keeps the one it began with.
 */
public final class Release {

  private static final Logger LOG = LoggerFactory.getLogger(Release.class);

  private final Foundation foundation;
  private final Map<String, PolicyFile> files;
  private final DecisionPoint point;

  Release(Foundation foundation, Collection<PolicyFile> files) {
    this.foundation = foundation;
    this.files = new TreeMap<>();
    files.forEach(file -> this.files.put(file.policyId(), file));
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

  /** What is free where no row speaks, whatever the policy. */
  public Freedom freedom() {
    return foundation.freedom();
  }

  /** Of what all policies stand on: the vocabulary and the rules. */
  public String foundationVersion() {
    return foundation.digest();
  }

  Foundation foundation() {
    return foundation;
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
    all.put(changed.policyId(), changed);
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

  /** As {@link #check}, and tells what the workbook holds even where that is not clean. */
  public Trial attempt(String name, byte[] bytes, LocalDate today) {
    return attempt(foundation, name, bytes, today);
  }

  /**
   * What came of trying a workbook.
   *
   * @param workbook what it holds, as far as its form is clean
   * @param examples what came of asking them, likewise
   */
  public record Trial(
      Checked<PolicyFile> checked, Optional<PolicyWorkbook> workbook, Examples.Run examples) {}

  private static PolicyRules rules(Foundation foundation, byte[] bytes, Policy policy) {
    return new PolicyRules(
        policy, foundation.compiler().compile(policy), version(foundation, bytes));
  }

  /** The rules of a workbook that was checked when it came into force, on what it stood on then. */
  static Optional<PolicyRules> again(Foundation foundation, String name, byte[] bytes) {
    return new PolicyReader(foundation.vocabulary())
        .read(name, bytes)
        .value()
        .map(workbook -> rules(foundation, bytes, workbook.policy()));
  }

  static Checked<PolicyFile> check(
      Foundation foundation, String name, byte[] bytes, LocalDate today) {
    return attempt(foundation, name, bytes, today).checked();
  }

  private static Trial attempt(Foundation foundation, String name, byte[] bytes, LocalDate today) {
    Checked<PolicyWorkbook> read = new PolicyReader(foundation.vocabulary()).read(name, bytes);
    if (read.value().isEmpty()) {
      return new Trial(Checked.failed(read.findings()), Optional.empty(), Examples.Run.NONE);
    }
    PolicyWorkbook workbook = read.value().get();
    List<Finding> findings = new ArrayList<>(read.findings());
    try {
      return attempt(foundation, name, bytes, workbook, findings, today);
    } catch (RuntimeException | StackOverflowError failure) {
      LOG.error("{} could not be tried", name, failure);
      findings.add(
          new Finding(
              Check.BROKEN_RULE,
              Place.of(name),
              "the rules of the workbook could not be tried",
              "the log says why"));
      return new Trial(Checked.failed(findings), read.value(), Examples.Run.NONE);
    }
  }

  private static Trial attempt(
      Foundation foundation,
      String name,
      byte[] bytes,
      PolicyWorkbook workbook,
      List<Finding> findings,
      LocalDate today) {
    Policy policy = workbook.policy();
    PolicyRules rules = rules(foundation, bytes, policy);
    DecisionPoint alone =
        new DecisionPoint(new RulesInForce(foundation.vocabulary(), List.of(rules), List.of()));
    Examples.Run examples = Examples.run(alone, policy, workbook.examples(), today);
    findings.addAll(examples.findings());
    foundation.checks().forEach(check -> findings.addAll(check.findings(workbook, rules)));
    List<Finding> sorted = findings.stream().sorted().distinct().toList();
    PolicyFile file =
        new PolicyFile(
            name, bytes, Digest.full(bytes), workbook, rules, sorted, examples.uncovered());
    return new Trial(Checked.of(file, findings), Optional.of(workbook), examples);
  }

  /** As answers name it: it depends on the workbook, the vocabulary and the rules. */
  private static String version(Foundation foundation, byte[] bytes) {
    return Digest.of(foundation.digest() + "\n" + Digest.of(bytes));
  }

  /** The version that a workbook is, or would be, in force as. */
  public String version(byte[] bytes) {
    return version(foundation, bytes);
  }

  /** Answers by these policies, which need not be in force. */
  public DecisionPoint answeringBy(Collection<Policy> policies) {
    List<PolicyRules> rules = new ArrayList<>();
    for (Policy policy : policies) {
      rules.add(new PolicyRules(policy, foundation.compiler().compile(policy), policy.id()));
    }
    return new DecisionPoint(new RulesInForce(foundation.vocabulary(), rules, List.of()));
  }
}
