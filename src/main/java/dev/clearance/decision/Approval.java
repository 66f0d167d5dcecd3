package dev.clearance.decision;

import dev.clearance.policy.ApproverRequirement;
import java.util.List;

/** An approval that applicable clauses ask for, and whether the request holds it. */
public record Approval(ApproverRequirement requirement, boolean held, List<String> clauses) {}
