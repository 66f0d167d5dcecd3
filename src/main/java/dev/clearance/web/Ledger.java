package dev.clearance.web;

import dev.clearance.decision.Decision;
import dev.clearance.decision.DecisionPoint;
import dev.clearance.decision.DecisionRequest;
import dev.clearance.decision.PolicyRules;
import dev.clearance.journal.Journal;
import dev.clearance.security.Caller;
import dev.clearance.vocabulary.Vocabulary;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks, and keeps account of each answer: counted always, written to the log where there is one.
 */
@Component
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Optional<Journal> journal;
  private final Set<String> masked;
  private final Meters meters;
  private final Clock clock;

  /** What the log writes follows from the vocabulary, which seldom changes. */
  private volatile @Nullable FactsWriter latest;

  Ledger(
      ObjectProvider<Journal> journal,
      @Value("${clearance.log.mask}") Set<String> masked,
      Meters meters,
      Clock clock) {
    this.journal = Optional.ofNullable(journal.getIfAvailable());
    this.masked = Set.copyOf(masked);
    this.meters = meters;
    this.clock = clock;
    this.journal.ifPresent(meters::watch);
  }

  Optional<Journal> journal() {
    return journal;
  }

  /** On whose behalf answers are made. */
  record Call(String requestId, String caller) {
    static Call of(HttpServletRequest request) {
      Object id = request.getAttribute(RequestIds.HEADER);
      return new Call(id == null ? "" : id.toString(), Caller.of(request).name());
    }
  }

  /**
   * @throws ProblemException when the answer cannot be logged, and so must not be given
   */
  Question.Reply answer(
      Call call, Question question, DecisionPoint point, DecisionRequest request) {
    long begun = System.nanoTime();
    Question.Reply reply = question.ask(point, request);
    note(call, question, point, request, reply, System.nanoTime() - begun);
    return reply;
  }

  /** As {@link #answer}, for those who answer in a form of their own. */
  Decision decide(Call call, DecisionPoint point, DecisionRequest request) {
    long begun = System.nanoTime();
    Decision decision = point.decide(request);
    long nanos = System.nanoTime() - begun;
    if (journal.isPresent()) {
      note(call, Question.DECISION, point, request, Question.reply(decision), nanos);
    } else {
      List<PolicyRules> policies = point.rules().select(request.policies());
      meters.count(Question.DECISION, policies, decision.outcome().code(), nanos);
    }
    return decision;
  }

  private void note(
      Call call,
      Question question,
      DecisionPoint point,
      DecisionRequest request,
      Question.Reply reply,
      long nanos) {
    List<PolicyRules> policies = point.rules().select(request.policies());
    meters.count(question, policies, reply.outcome(), nanos);
    if (journal.isEmpty()) {
      return;
    }
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    Instant now = clock.instant();
    FactsWriter writer = writer(point.rules().vocabulary());
    try {
      journal.get().add(new LogLine(call, question, policies, request, reply, now, micros, writer));
    } catch (Journal.Full full) {
      LOG.warn("request {} was not answered: {}", call.requestId(), full.getMessage());
      throw new ProblemException(
          Problem.ofStatus(503, "The decision could not be logged, so it is not given."));
    }
  }

  private FactsWriter writer(Vocabulary vocabulary) {
    FactsWriter writer = latest;
    if (writer == null || writer.shape.vocabulary != vocabulary) {
      writer = new FactsWriter(new RequestShape(vocabulary), masked);
      latest = writer;
    }
    return writer;
  }
}
