package dev.clearance.vocabulary;

/** What people read: the Chinese and the English name. English may be empty. */
public record Label(String zh, String en) {

  @Override
  public String toString() {
    return zh;
  }
}
