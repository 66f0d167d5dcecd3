package dev.clearance.workbook;

import dev.clearance.policy.Policy;
import dev.clearance.scenario.Example;
import java.util.List;

/**
 * What a policy's workbook holds: the policy and the examples that it promises to keep.
 *
 * @param cells where the rows' cells are, for findings about what they mean
 */
public record PolicyWorkbook(Policy policy, List<Example> examples, Cells cells) {

  public PolicyWorkbook {
    examples = List.copyOf(examples);
  }
}
