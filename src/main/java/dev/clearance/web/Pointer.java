package dev.clearance.web;

import org.jspecify.annotations.Nullable;

/** A JSON pointer (RFC 6901), spelled out only where something is wrong. */
final class Pointer {

  static final Pointer ROOT = new Pointer(null, "");

  private final @Nullable Pointer parent;
  private final Object step;

  private Pointer(@Nullable Pointer parent, Object step) {
    this.parent = parent;
    this.step = step;
  }

  Pointer member(String name) {
    return new Pointer(this, name);
  }

  Pointer item(int index) {
    return new Pointer(this, index);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    return parent + "/" + step.toString().replace("~", "~0").replace("/", "~1");
  }
}
