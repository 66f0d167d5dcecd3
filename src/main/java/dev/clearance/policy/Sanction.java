package dev.clearance.policy;

import dev.clearance.vocabulary.SanctionType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One penalty or reward that a row threatens or promises.
 *
 * @param min lowest amount, included
 * @param max highest amount, included
 * @param currency ISO 4217; empty where the regulation names none
 * @param formula how the amount follows from the case, where it does
 * @param formulaText the formula as the author wrote it
 * @param discretionary whether the deciding person may choose whether or how much
 */
public record Sanction(
    SanctionType type,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    Optional<String> currency,
    Optional<Formula> formula,
    Optional<String> formulaText,
    boolean discretionary,
    String note) {}
