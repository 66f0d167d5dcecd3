package dev.clearance.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key as it is kept: the secret itself is known only to its holder.
 *
 * <p>A secret has 256 random bits, so nobody finds it by trying, and one round of SHA-256 protects
 * it as well as a slow password hash would, at every request.
 *
 * @param id public; the part of the key that finds its line, and names the caller in logs
 * @param hash of id and secret, in hexadecimal
 * @param expires the first moment at which the key is no longer accepted
 */
record ApiKey(
    String id,
    Set<Role> roles,
    String hash,
    Instant created,
    Optional<Instant> expires,
    String note) {

  /** Begins every key, so that scanners for leaked secrets can recognise one. */
  static final String PREFIX = "clr_";

  private static final String NEVER = "-";
  private static final SecureRandom RANDOM = new SecureRandom();

  ApiKey {
    roles = Set.copyOf(roles);
    note = note.strip();
  }

  /** A new key, and the one time that its text is known. */
  record Issued(ApiKey key, String text) {}

  static Issued issue(Set<Role> roles, Instant now, Optional<Instant> expires, String note) {
    byte[] name = new byte[5];
    byte[] secret = new byte[32];
    RANDOM.nextBytes(name);
    RANDOM.nextBytes(secret);
    String id = HexFormat.of().formatHex(name);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ApiKey key =
        new ApiKey(
            id, roles, hash(id, text), now.truncatedTo(ChronoUnit.SECONDS), expires, oneLine(note));
    return new Issued(key, PREFIX + id + "_" + text);
  }

  private static String oneLine(String note) {
    return note.replaceAll("\\p{Cntrl}+", " ");
  }

  /** The two parts of the text of a key. */
  record Parts(String id, String secret) {
    static Optional<Parts> of(String text) {
      int second = text.indexOf('_', PREFIX.length());
      return text.startsWith(PREFIX) && second > 0
          ? Optional.of(
              new Parts(text.substring(PREFIX.length(), second), text.substring(second + 1)))
          : Optional.empty();
    }
  }

  /** Takes equally long whatever is wrong with the secret. */
  boolean fits(String secret) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII),
        hash(id, secret).getBytes(StandardCharsets.US_ASCII));
  }

  boolean isUsable(Instant now) {
    return expires.isEmpty() || now.isBefore(expires.get());
  }

  String line() {
    return String.join(
            " ",
            id,
            roles.stream().sorted().map(Role::code).collect(Collectors.joining(",")),
            hash,
            created.toString(),
            expires.map(Instant::toString).orElse(NEVER),
            note)
        .strip();
  }

  /**
   * Reads a line of the file.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  static ApiKey parse(String line, ZoneId zone) {
    String[] parts = line.strip().split("\\s+", 6);
    if (parts.length < 5) {
      throw new IllegalArgumentException(
          "a key has an id, roles, a hash, the moment it was created and the one it expires");
    }
    if (!parts[2].matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("the hash is not 64 hexadecimal digits");
    }
    return new ApiKey(
        parts[0],
        roles(parts[1]),
        parts[2],
        instant(parts[3], zone),
        parts[4].equals(NEVER) ? Optional.empty() : Optional.of(instant(parts[4], zone)),
        parts.length > 5 ? parts[5] : "");
  }

  static Set<Role> roles(String codes) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String code : codes.split(",")) {
      roles.add(
          Role.withCode(code)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no role " + code + "; the roles are " + Role.codes())));
    }
    return roles;
  }

  /** A moment, or the day with which it begins. */
  static Instant instant(String text, ZoneId zone) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(
          text + " is no date; write it as 2027-01-01 or 2027-01-01T12:00:00Z", unreadable);
    }
  }

  private static String hash(String id, String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((id + "_").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
