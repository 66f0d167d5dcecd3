package dev.clearance.workbook;

import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.IOUtils;

/**
 * How large a workbook may be. Far above what an office writes, far below what hurts: a policy of
 * 5,000 rows and 30 columns uses a third of the cells.
 */
final class Limits {

  static final int FILE_BYTES = 10 << 20;
  static final int ENTRIES = 1_000;
  static final long ENTRY_BYTES = 96L << 20;
  static final long INFLATED_BYTES = 128L << 20;

  /** Text of a table compresses ten to fifty times, a bomb a thousand times. */
  static final long RATIO = 200;

  /** Small parts may compress as well as they like. */
  static final long RATIO_FROM_BYTES = 1 << 20;

  static final int SHEETS = 64;
  static final int ROWS = 50_000;
  static final int COLUMNS = 512;
  static final int DESCRIBED_COLUMNS = 2_000;
  static final int CELLS = 500_000;
  static final int CELL_CHARACTERS = 32_767;
  static final long CHARACTERS = 8L << 20;
  static final int XML_DEPTH = 64;
  static final int MERGED_REGIONS = 10_000;
  static final int STYLES = 70_000;

  /** After so many errors the rest would help nobody. */
  static final int ERRORS = 1_000;

  private Limits() {}

  /** Lowers the limits that POI keeps for the whole JVM; its own defaults allow gigabytes. */
  static void lowerThoseOfPoi() {
    ZipSecureFile.setMaxEntrySize(ENTRY_BYTES);
    ZipSecureFile.setMaxTextSize(CHARACTERS);
    ZipSecureFile.setMaxFileCount(ENTRIES);
    ZipSecureFile.setMinInflateRatio(1.0 / RATIO);
    IOUtils.setByteArrayMaxOverride((int) ENTRY_BYTES);
  }
}
