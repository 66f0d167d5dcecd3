package dev.clearance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A package is a capability; dependencies point one way; each library lives in one package. */
class ArchitectureTest {

  /** A package may depend on those before it, never on those after it. */
  private static final List<String> ORDER =
      List.of(
          "source",
          "finding",
          "vocabulary",
          "policy",
          "decision",
          "scenario",
          "analysis",
          "workbook",
          "drools",
          "cache",
          "repository",
          "journal",
          "security",
          "web",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.clearance");

  static Stream<String> packages() {
    return ORDER.stream();
  }

  @Test
  void thereIsSomethingToCheck() {
    assertThat(CLASSES.size()).isGreaterThan(120);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void dependenciesPointOneWay(String name) {
    List<String> after = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
    if (!after.isEmpty()) {
      noClasses()
          .that()
          .resideInAPackage("dev.clearance." + name + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              after.stream().map(other -> "dev.clearance." + other + "..").toArray(String[]::new))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.clearance.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "workbook, org.apache.poi..",
    "drools, org.drools..",
    "drools, org.kie..",
    "web, org.springframework.web..",
    "web|cli, tools.jackson..",
    "cache|web, com.github.benmanes..",
    "security, org.springframework.security..",
  })
  void eachLibraryLivesInItsPackages(String homes, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.of(homes.split("\\|"))
                .map(home -> "dev.clearance." + home + "..")
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("core")
  void theCoreKnowsNoClockNoDiskAndNoFramework(String name) {
    noClasses()
        .that()
        .resideInAPackage("dev.clearance." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "org.springframework..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  static Stream<String> core() {
    return ORDER.subList(0, ORDER.indexOf("workbook")).stream();
  }
}
