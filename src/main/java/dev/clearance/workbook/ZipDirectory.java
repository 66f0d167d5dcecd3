package dev.clearance.workbook;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The list of parts at the end of a zip archive. Programs find it, and the parts, in more than one
 * way; an archive in which these ways part would hold different tables for different readers.
 */
final class ZipDirectory {

  private static final int LOCAL = 0x04034b50;
  private static final int LISTED = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LARGE_END = 0x06064b50;
  private static final int LARGE_LOCATOR = 0x07064b50;

  private static final int END_LENGTH = 22;
  private static final int LOCATOR_LENGTH = 20;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int SEE_EXTRA_FIELD = 0xFFFFFFFF;

  private final ByteBuffer bytes;

  private ZipDirectory(byte[] archive) {
    this.bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Whether the archive begins with a part and ends with its one list, and every part is called in
   * the list as it is where it lies.
   */
  static boolean isSound(byte[] archive) {
    try {
      return new ZipDirectory(archive).isSound();
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      return false;
    }
  }

  private boolean isSound() {
    int end = end();
    if (end < 0 || bytes.getInt(0) != LOCAL) {
      return false;
    }
    long first = Integer.toUnsignedLong(bytes.getInt(end + 16));
    long last = end;
    int locator = end - LOCATOR_LENGTH;
    if (locator >= 0 && bytes.getInt(locator) == LARGE_LOCATOR) {
      int large = Math.toIntExact(bytes.getLong(locator + 8));
      if (bytes.getInt(large) != LARGE_END || large + 12 + bytes.getLong(large + 4) != locator) {
        return false;
      }
      first = bytes.getLong(large + 48);
      last = large;
    }
    return areCalledAlike(Math.toIntExact(first), Math.toIntExact(last));
  }

  /** The last record, which must be the last bytes of the file too; -1: there is none. */
  private int end() {
    int farthest = Math.max(0, bytes.capacity() - END_LENGTH - LONGEST_COMMENT);
    for (int at = bytes.capacity() - END_LENGTH; at >= farthest; at--) {
      if (bytes.getInt(at) == END) {
        int comment = Short.toUnsignedInt(bytes.getShort(at + 20));
        return at + END_LENGTH + comment == bytes.capacity() ? at : -1;
      }
    }
    return -1;
  }

  private boolean areCalledAlike(int first, int last) {
    int at = first;
    while (at < last) {
      int name = Short.toUnsignedInt(bytes.getShort(at + 28));
      int extra = Short.toUnsignedInt(bytes.getShort(at + 30));
      int comment = Short.toUnsignedInt(bytes.getShort(at + 32));
      int part = bytes.getInt(at + 42);
      if (part == SEE_EXTRA_FIELD) {
        part = Math.toIntExact(largeOffset(at, at + 46 + name, extra));
      }
      boolean alike =
          bytes.getInt(at) == LISTED
              && bytes.getInt(part) == LOCAL
              && Short.toUnsignedInt(bytes.getShort(part + 26)) == name
              && bytes.slice(at + 46, name).equals(bytes.slice(part + 30, name));
      if (!alike) {
        return false;
      }
      at += 46 + name + extra + comment;
    }
    return at == last;
  }

  /** Where a part lies when the list has no room for it: in the field with the long numbers. */
  private long largeOffset(int entry, int fields, int length) {
    for (int at = fields; at < fields + length; ) {
      int size = Short.toUnsignedInt(bytes.getShort(at + 2));
      if (bytes.getShort(at) == 1) {
        int before = 0;
        before += bytes.getInt(entry + 24) == SEE_EXTRA_FIELD ? 8 : 0;
        before += bytes.getInt(entry + 20) == SEE_EXTRA_FIELD ? 8 : 0;
        return bytes.getLong(at + 4 + before);
      }
      at += 4 + size;
    }
    throw new IndexOutOfBoundsException();
  }
}
