package dev.clearance.web;

import dev.clearance.analysis.Change;
import dev.clearance.analysis.Difference;
import dev.clearance.decision.CaseReview;
import dev.clearance.decision.Classification;
import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.vocabulary.Term;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be asked of a request, and how it is answered. */
enum Question {
  DECISION {
    @Override
    Reply ask(DecisionPoint point, DecisionRequest request) {
      return reply(point.decide(request));
    }

    @Override
    List<Change.Part> difference(
        DecisionPoint before, DecisionRequest asked, DecisionPoint after, DecisionRequest again) {
      return Difference.parts(before.decide(asked), after.decide(again));
    }
  },
  SANCTIONS {
    @Override
    Reply ask(DecisionPoint point, DecisionRequest request) {
      CaseReview review = point.review(request);
      return new Reply(
          Answer.of(answer -> answer.review(review)),
          review.outcome().code(),
          review.decisionId(),
          review.version());
    }

    @Override
    List<Change.Part> difference(
        DecisionPoint before, DecisionRequest asked, DecisionPoint after, DecisionRequest again) {
      return Difference.parts(before.review(asked), after.review(again));
    }
  },
  CLASSIFICATION {
    @Override
    Reply ask(DecisionPoint point, DecisionRequest request) {
      Classification classification = point.classify(request);
      return new Reply(
          Answer.of(answer -> answer.classification(classification)),
          classification.level().map(Term::code).orElse("none"),
          classification.decisionId(),
          classification.version());
    }

    @Override
    List<Change.Part> difference(
        DecisionPoint before, DecisionRequest asked, DecisionPoint after, DecisionRequest again) {
      return Difference.parts(before.classify(asked), after.classify(again));
    }
  };

  private final String code = name().toLowerCase(Locale.ROOT);

  /**
   * An answer, with what logs and counters tell of it.
   *
   * @param outcome of a classification the level
   */
  record Reply(Answer answer, String outcome, String decisionId, String version) {}

  abstract Reply ask(DecisionPoint point, DecisionRequest request);

  /** What differs between the answers before and after a change of the rules. */
  abstract List<Change.Part> difference(
      DecisionPoint before, DecisionRequest asked, DecisionPoint after, DecisionRequest again);

  static Reply reply(Decision decision) {
    return new Reply(
        Answer.of(decision), decision.outcome().code(), decision.decisionId(), decision.version());
  }

  String code() {
    return code;
  }

  static Optional<Question> withCode(String code) {
    return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
  }
}
