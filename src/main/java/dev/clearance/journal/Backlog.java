package dev.clearance.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines that wait to be written, in the order in which they came. Whoever brings one has spelled it
 * out, and its bytes are copied into the block that is being filled: to hand over whatever the line
 * is made from would have another processor fetch it all piece by piece.
 */
final class Backlog {

  private static final int MOST_SPARE = 32;

  /** Long lines wait in smaller numbers, so that a slow disk does not fill the memory. */
  static final int MOST_BYTES = 32 << 20;

  private static final ThreadLocal<Block> SPELLED =
      ThreadLocal.withInitial(() -> new Block(1 << 12));

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition arrival = lock.newCondition();
  private final Condition full = lock.newCondition();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Deque<Block> spare = new ArrayDeque<>();
  private int lines;
  private long bytes;
  private boolean closed;

  /**
   * @param capacity how many lines of usual length may wait
   */
  Backlog(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a line if there is room for it before patience ends; none is taken any more at the end.
   */
  boolean add(Line line, Duration patience) throws InterruptedException {
    Block spelled = SPELLED.get();
    spelled.clear();
    spelled.spell(line);
    lock.lock();
    try {
      long left = patience.toNanos();
      while (isFull() && !closed && left > 0) {
        full.signal();
        left = room.awaitNanos(left);
      }
      if (isFull() || closed) {
        return false;
      }
      add(spelled);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void add(Block spelled) {
    Block last = blocks.peekLast();
    if (last == null || !last.hasRoomFor(spelled)) {
      last = spare.isEmpty() ? new Block(Block.SIZE) : spare.pop();
      blocks.add(last);
      arrival.signal();
    }
    last.add(spelled);
    lines += spelled.lines();
    bytes += spelled.size();
  }

  private boolean isFull() {
    return lines >= capacity || bytes >= MOST_BYTES;
  }

  /** The oldest lines; none when none came within this time. */
  Optional<Block> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      if (blocks.isEmpty() && !closed) {
        arrival.awaitNanos(patience.toNanos());
      }
      Block oldest = blocks.poll();
      if (oldest == null) {
        return Optional.empty();
      }
      lines -= oldest.lines();
      bytes -= oldest.size();
      room.signalAll();
      return Optional.of(oldest);
    } finally {
      lock.unlock();
    }
  }

  /** Lets lines come together for so long, or until one finds no room. */
  void gather(Duration most) throws InterruptedException {
    lock.lock();
    try {
      if (!isFull() && !closed) {
        full.awaitNanos(most.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The block is written and may be filled again. */
  void giveBack(Block block) {
    block.clear();
    lock.lock();
    try {
      if (spare.size() < MOST_SPARE) {
        spare.push(block);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many lines wait. */
  int size() {
    lock.lock();
    try {
      return lines;
    } finally {
      lock.unlock();
    }
  }

  /** From now on no line is taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
      arrival.signalAll();
      full.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
