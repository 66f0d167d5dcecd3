package dev.clearance.cli;

/** The language in which a command tells what it found; JSON has both. */
enum Tongue {
  ENGLISH,
  CHINESE;

  static Tongue of(Words words) {
    String named = words.option("--lang").orElse("en");
    return switch (named) {
      case "en" -> ENGLISH;
      case "zh" -> CHINESE;
      default -> throw new UsageError("--lang is en or zh, not " + named);
    };
  }

  String say(String english, String chinese) {
    return this == CHINESE ? chinese : english;
  }
}
