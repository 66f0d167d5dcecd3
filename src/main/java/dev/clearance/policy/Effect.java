package dev.clearance.policy;

import java.util.List;
import java.util.Optional;

/** What a row does when it applies. */
public sealed interface Effect {

  /** The word that JSON uses. */
  String code();

  /**
   * What the effect says of the act once its row applies.
   *
   * @param row whose effect it is
   */
  default Standing standing(Row row, Facts facts) {
    return Standing.IS_SILENT;
  }

  /** The act is forbidden. */
  record Prohibit() implements Effect {
    @Override
    public String code() {
      return "prohibit";
    }

    @Override
    public Standing standing(Row row, Facts facts) {
      return Standing.FORBIDS;
    }
  }

  /** The act is allowed once the approval is held. */
  record Approve(ApproverRequirement approver) implements Effect {
    @Override
    public String code() {
      return "approve";
    }

    @Override
    public Standing standing(Row row, Facts facts) {
      return approver.isMetBy(facts.approvals()) ? Standing.PERMITS : Standing.LACKS_APPROVAL;
    }
  }

  record Allow() implements Effect {
    @Override
    public String code() {
      return "allow";
    }

    @Override
    public Standing standing(Row row, Facts facts) {
      return Standing.PERMITS;
    }
  }

  /**
   * The act carries obligations.
   *
   * @param breaches any one of these, when all its conditions hold, breaks the duty
   */
  record Duty(List<List<Condition>> breaches) implements Effect {
    public Duty {
      breaches = breaches.stream().map(List::copyOf).toList();
    }

    @Override
    public String code() {
      return "duty";
    }

    @Override
    public Standing standing(Row row, Facts facts) {
      if (isBrokenBy(facts)) {
        return Standing.FORBIDS;
      }
      return row.namesTheAct() ? Standing.PERMITS : Standing.IS_SILENT;
    }

    public boolean isBrokenBy(Facts facts) {
      for (List<Condition> breach : breaches) {
        if (Condition.allHold(breach, facts)) {
          return true;
        }
      }
      return false;
    }

    /** True as soon as one breach is; open when none is true and one is open. */
    public Truth broken(Facts facts) {
      Truth truth = Truth.FALSE;
      for (List<Condition> breach : breaches) {
        Truth one = Condition.all(breach, facts);
        if (one == Truth.TRUE) {
          return Truth.TRUE;
        }
        if (one == Truth.OPEN) {
          truth = Truth.OPEN;
        }
      }
      return truth;
    }
  }

  /**
   * Information of this kind has this level at least.
   *
   * @param secrecyPeriod how long it stays so, in the words of the regulation
   */
  record Classify(String level, Optional<String> secrecyPeriod) implements Effect {
    @Override
    public String code() {
      return "classify";
    }
  }

  /** The request is read with these facts. */
  record Define(List<Assignment> assignments) implements Effect {
    public Define {
      assignments = List.copyOf(assignments);
    }

    @Override
    public String code() {
      return "define";
    }
  }

  record Punish(Sanction sanction) implements Effect {
    @Override
    public String code() {
      return "sanction";
    }
  }
}
