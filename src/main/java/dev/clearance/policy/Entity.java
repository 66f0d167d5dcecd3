package dev.clearance.policy;

/**
 * A listed subject or resource.
 *
 * @param subject true for a subject, false for a resource
 * @param properties what is known of it; a request that gives another value wins
 */
public record Entity(boolean subject, String type, String id, Facts properties) {}
