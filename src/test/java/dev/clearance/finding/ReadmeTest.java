package dev.clearance.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadmeTest {

  @ParameterizedTest
  @EnumSource(Check.class)
  void everyCheckIsDefinedInTheReadme(Check check) throws IOException {
    assertThat(Files.readString(Path.of("README.md")).lines())
        .anyMatch(line -> line.startsWith("| `") && line.contains("`" + check.code() + "`"));
  }
}
