package dev.clearance.workbook;

import dev.clearance.policy.Policy;
import dev.clearance.scenario.Example;
import java.util.List;

/** What a policy's workbook holds: the policy and the examples that it promises to keep. */
public record PolicyWorkbook(Policy policy, List<Example> examples) {

  public PolicyWorkbook {
    examples = List.copyOf(examples);
  }
}
