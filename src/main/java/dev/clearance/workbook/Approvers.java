package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.policy.ApproverRequirement;
import dev.clearance.vocabulary.ApproverLevel;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of 审批级别: one level, {@code 甲 或 乙}, or {@code 甲 且 乙}. */
final class Approvers {

  private static final Pattern JOINT = Pattern.compile("\\s*(或|且)\\s*|\\s+((?i:or|and))\\s+");

  private static final int LONGEST = 500;

  private final Vocabulary vocabulary;

  Approvers(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * @param title the approver in the words of the regulation; blank: the labels of the levels
   */
  Optional<ApproverRequirement> read(String text, String title, Spot spot) {
    if (text.length() > LONGEST) {
      spot.report(Check.UNREADABLE_CONDITION, "审批级别 is too long to be read");
      return Optional.empty();
    }
    Set<ApproverLevel> levels = new LinkedHashSet<>();
    Set<Boolean> joints = new LinkedHashSet<>();
    boolean clean = true;
    String rest = text.strip();
    while (!rest.isEmpty()) {
      Next next = next(rest);
      Optional<ApproverLevel> level = vocabulary.approverLevels().named(next.name);
      if (level.isEmpty()) {
        clean = false;
        spot.report(
            Check.UNKNOWN_APPROVER_LEVEL,
            "there is no approver level " + Spot.quoted(next.name),
            Findings.didYouMean(vocabulary.approverLevels().nearest(next.name)));
      }
      level.ifPresent(levels::add);
      next.all.ifPresent(joints::add);
      rest = next.rest;
    }
    if (joints.size() > 1) {
      clean = false;
      spot.report(
          Check.UNREADABLE_CONDITION,
          "审批级别 mixes 或 and 且",
          "use two rows, or only one of the words");
    }
    if (!clean || levels.isEmpty()) {
      return Optional.empty();
    }
    List<String> labels = new ArrayList<>();
    levels.forEach(level -> labels.add(level.label().zh()));
    boolean all = levels.size() > 1 && joints.contains(true);
    String shown = title.isEmpty() ? String.join(all ? "、" : "或", labels) : title;
    return Optional.of(new ApproverRequirement(all, List.copyOf(levels), shown));
  }

  /**
   * @param all whether 且 follows; empty at the end
   */
  private record Next(String name, Optional<Boolean> all, String rest) {}

  /** Labels may hold 或 themselves, so the longest known one counts. */
  private Next next(String text) {
    Next longest = null;
    Next first = null;
    Matcher joint = JOINT.matcher(text);
    while (joint.find()) {
      String word = joint.group().strip();
      Next here =
          new Next(
              text.substring(0, joint.start()),
              Optional.of(word.equals("且") || word.equalsIgnoreCase("and")),
              text.substring(joint.end()));
      boolean known = vocabulary.approverLevels().named(here.name).isPresent();
      longest = known ? here : longest;
      first = first == null && joint.group().length() > 1 ? here : first;
    }
    Next whole = new Next(text, Optional.empty(), "");
    if (vocabulary.approverLevels().named(text).isPresent()) {
      return whole;
    }
    return longest != null ? longest : first != null ? first : whole;
  }
}
