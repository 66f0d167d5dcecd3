package dev.clearance.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks over one connection, as fast as it is answered or at a pace, and checks every answer. */
final class Worker implements Runnable {

  private static final int ONE_IN = 50;
  private static final int BATCH = 20;
  private static final int MOST_BEHIND_NANOS = 1_000_000_000;

  private final int number;
  private final Connection connection;
  private final Variants variants;
  private final Supplier<List<Variants.State>> inForce;
  private final Results results;
  private final Random random;

  /** What was told and must be in the log. */
  final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();

  /** Nanoseconds between questions; 0 for none. */
  final AtomicReference<Long> pace = new AtomicReference<>(0L);

  private volatile boolean ended;
  private long count;

  /**
   * @param question of this worker
   * @param id the beginning of the id of the decision
   */
  record Told(long question, long id) {}

  Worker(
      int number,
      int port,
      Variants variants,
      Supplier<List<Variants.State>> inForce,
      Results results) {
    this.number = number;
    this.connection = new Connection(port);
    this.variants = variants;
    this.inForce = inForce;
    this.results = results;
    this.random = new Random(number);
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    long due = System.nanoTime();
    while (!ended) {
      long step = pace.get();
      if (step > 0) {
        due += step;
        for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
          LockSupport.parkNanos(rest);
        }
        if (System.nanoTime() - due > MOST_BEHIND_NANOS) {
          results.behind.increment();
          due = System.nanoTime();
        }
      } else {
        due = System.nanoTime();
      }
      List<Integer> questions = new ArrayList<>();
      int size = random.nextInt(ONE_IN) == 0 ? BATCH : 1;
      for (int i = 0; i < size; i++) {
        questions.add(random.nextInt(variants.requests().size()));
      }
      ask(questions);
    }
    try {
      connection.close();
    } catch (IOException gone) {
      results.note("a connection could not be closed: " + gone);
    }
  }

  private void ask(List<Integer> questions) {
    long question = count++;
    String headers =
        "Content-Type: application/json\r\nX-Request-ID: s-" + number + "-" + question + "\r\n";
    boolean many = questions.size() > 1;
    Set<Variants.State> possible = new LinkedHashSet<>(inForce.get());
    long begun = System.nanoTime();
    Connection.Answer answer;
    try {
      answer =
          connection.send(
              "POST", many ? "/v1/decisions/batch" : "/v1/decisions", headers, body(questions));
    } catch (IOException lost) {
      results.failed.increment();
      results.note("lost: " + lost);
      return;
    }
    results.latency.add(System.nanoTime() - begun);
    possible.addAll(inForce.get());
    if (answer.status() != 200) {
      results.failed.increment();
      results.note(
          "status " + answer.status() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
      return;
    }
    results.answers.increment();
    Optional<Variants.State> right =
        possible.stream().filter(state -> isRight(state, questions, answer.body())).findFirst();
    if (right.isEmpty()) {
      results.wrong.increment();
      results.note(
          "wrong or mixed, possible "
              + possible
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
      return;
    }
    for (int one : questions) {
      results.decisions.increment();
      byte[] text = variants.answer(right.get(), one);
      told.add(new Told(question, id(text, text.length - ID_FROM_END)));
    }
  }

  /** {@code "decisionId":"…","version":"…"}} ends every answer; the ids have 32 digits. */
  private static final int ID_FROM_END = 79;

  /** The first 60 bits of an id in hexadecimal digits. */
  static long id(byte[] text, int from) {
    long id = 0;
    for (int i = 0; i < 15; i++) {
      id = id << 4 | Character.digit(text[from + i], 16);
    }
    return id;
  }

  private byte[] body(List<Integer> questions) {
    if (questions.size() == 1) {
      return variants.requests().get(questions.get(0)).json().getBytes(StandardCharsets.UTF_8);
    }
    List<String> items = questions.stream().map(one -> variants.requests().get(one).json()).toList();
    return ("{\"requests\":[" + String.join(",", items) + "]}").getBytes(StandardCharsets.UTF_8);
  }

  private static final byte[] BEGIN = "{\"decisions\":[".getBytes(StandardCharsets.US_ASCII);

  /** A batch is right when all of it is what one state of the rules says. */
  private boolean isRight(Variants.State state, List<Integer> questions, byte[] body) {
    if (questions.size() == 1) {
      return Arrays.equals(variants.answer(state, questions.get(0)), body);
    }
    int at = BEGIN.length;
    for (int one : questions) {
      byte[] answer = variants.answer(state, one);
      int end = at + answer.length;
      if (end > body.length || !Arrays.equals(body, at, end, answer, 0, answer.length)) {
        return false;
      }
      at = end + 1;
    }
    return body.length == at + 1;
  }
}
