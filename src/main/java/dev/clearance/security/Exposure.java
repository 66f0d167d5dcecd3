package dev.clearance.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the service can be reached from.
 *
 * @param addresses those that it listens on; an empty one stands for all of the machine
 */
record Exposure(List<Optional<InetAddress>> addresses) {

  Exposure {
    addresses = List.copyOf(addresses);
  }

  boolean onlyLoopback() {
    return beyondLoopback().isEmpty();
  }

  /** The addresses that others can reach, as a person would write them. */
  List<String> beyondLoopback() {
    List<String> beyond = new ArrayList<>();
    for (Optional<InetAddress> address : addresses) {
      if (address.isEmpty()) {
        beyond.add("every address of this machine");
      } else if (!address.get().isLoopbackAddress()) {
        beyond.add(
            address.get().isAnyLocalAddress()
                ? address.get().getHostAddress() + ", every address of this machine"
                : address.get().getHostAddress());
      }
    }
    return beyond;
  }

  void requireCredentials(boolean configured, KeyFile keys) {
    if (!configured && !onlyLoopback()) {
      throw new WideOpen(beyondLoopback(), keys.path().toString());
    }
  }

  /** Anybody could ask, and nobody could be told apart. */
  static final class WideOpen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WideOpen(List<String> addresses, String keys) {
      super(
          "the service would listen on "
              + String.join(" and ", addresses)
              + ", but it knows no key (the file "
              + keys
              + " holds none that is usable) and no issuer of tokens");
    }
  }
}
