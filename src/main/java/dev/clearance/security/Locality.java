package dev.clearance.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a request comes from this machine and from nowhere else.
 *
 * @param onlyLoopback whether the service listens on the loopback address alone
 */
record Locality(boolean onlyLoopback) {

  /** A proxy on this machine speaks for others, and says so in one of these. */
  private static final List<String> OF_PROXIES =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  boolean holds(HttpServletRequest request) {
    return onlyLoopback
        && isLoopback(request.getRemoteAddr())
        && namesThisMachine(request.getServerName())
        && !wasForwarded(request);
  }

  private static boolean wasForwarded(HttpServletRequest request) {
    for (String name : OF_PROXIES) {
      if (request.getHeader(name) != null) {
        return true;
      }
    }
    return false;
  }

  /** The address is a literal, so nothing is looked up. */
  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException unreadable) {
      return false;
    }
  }

  /** A page in a browser here can be led to us under a name of its own (DNS rebinding). */
  private static boolean namesThisMachine(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || LOOPBACK.matcher(name).matches()
        || name.equals("[::1]")
        || name.equals("::1");
  }
}
