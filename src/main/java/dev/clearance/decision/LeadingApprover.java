package dev.clearance.decision;

import dev.clearance.vocabulary.ApproverLevel;

/**
 * The one whom to ask first.
 *
 * @param title the approver in the words of the regulation
 */
public record LeadingApprover(ApproverLevel level, String title) {}
