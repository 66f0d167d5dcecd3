package dev.clearance.finding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What findings say, in Chinese, for those who edit workbooks. The sentences stand in {@code
 * chinese.txt}; what has none there stays in English.
 */
public final class InChinese {

  private static final String SIGN = " = ";
  private static final String PART = "+ ";
  private static final String NAME = "! ";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])}");

  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<Pattern, String> SENTENCES = new LinkedHashMap<>();
  private static final Map<Pattern, String> PARTS = new LinkedHashMap<>();

  static {
    lines().forEach(InChinese::learn);
  }

  private InChinese() {}

  /** What a check is called. */
  public static String name(Check check) {
    return NAMES.getOrDefault(check.code(), check.code());
  }

  /** The message of a finding. */
  public static String message(Finding finding) {
    return said(finding.message()).orElse(finding.message());
  }

  /** The hint of a finding; empty when it has none. */
  public static String hint(Finding finding) {
    return said(finding.hint()).orElse(finding.hint());
  }

  /** A sentence in Chinese, where there is one. */
  static Optional<String> said(String english) {
    for (Map.Entry<Pattern, String> sentence : SENTENCES.entrySet()) {
      Matcher matcher = sentence.getKey().matcher(english);
      if (matcher.matches()) {
        return Optional.of(filled(sentence.getValue(), matcher));
      }
    }
    return Optional.empty();
  }

  private static String filled(String chinese, Matcher matcher) {
    return PLACEHOLDER
        .matcher(chinese)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(part(matcher.group(Integer.parseInt(place.group(1))))));
  }

  private static String part(String english) {
    String text = english;
    for (Map.Entry<Pattern, String> part : PARTS.entrySet()) {
      text = part.getKey().matcher(text).replaceAll(part.getValue());
    }
    return text;
  }

  private static void learn(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    int sign = line.indexOf(SIGN);
    String chinese = line.substring(sign + SIGN.length());
    if (line.startsWith(NAME)) {
      NAMES.put(line.substring(NAME.length(), sign), chinese);
    } else if (line.startsWith(PART)) {
      PARTS.put(Pattern.compile(line.substring(PART.length(), sign)), chinese);
    } else {
      SENTENCES.put(pattern(line.substring(0, sign)), chinese);
    }
  }

  /** Placeholders stand for any text, the shortest that fits. */
  private static Pattern pattern(String english) {
    StringBuilder pattern = new StringBuilder();
    Matcher place = PLACEHOLDER.matcher(english);
    int from = 0;
    while (place.find()) {
      pattern.append(Pattern.quote(english.substring(from, place.start()))).append("(.+?)");
      from = place.end();
    }
    pattern.append(Pattern.quote(english.substring(from)));
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }

  private static List<String> lines() {
    try (InputStream in = InChinese.class.getResourceAsStream("chinese.txt")) {
      if (in == null) {
        throw new IllegalStateException("chinese.txt is missing");
      }
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
