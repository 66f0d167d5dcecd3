package dev.clearance.drools;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.clearance.finding.Checked;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AheadOfTimeTest {

  private static final String FREE =
      """
      package clearance.rules;
      import dev.clearance.drools.Act;
      rule "Public information is free"
      when $act : Act( code("resource.classification") == "public" )
      then $act.isFree();
      end
      """;
  private static final String NOTHING_IS_FREE =
      FREE.replace("$act.isFree();", "").replace("is free", "is not free");

  @TempDir private Path built;
  private ClassLoader classPath;

  @BeforeEach
  void readAsAJarWould() throws IOException {
    classPath = new URLClassLoader(new URL[] {built.toUri().toURL()}, getClass().getClassLoader());
  }

  @Test
  void whatTheBuildCompiledIsWhatWouldBeCompiledNow() throws IOException {
    Map<String, String> files = Map.of("freedom.drl", FREE);
    AheadOfTime.keep(files, built);

    Collection<Model> kept = AheadOfTime.models(files, classPath).orElseThrow();
    Checked<Compilation> now = Compilation.of(files);

    assertThat(described(kept)).isEqualTo(described(now.value().orElseThrow().models()));
    assertThat(described(kept)).containsExactly("clearance.rules Public information is free");
    assertThat(kept).allMatch(model -> model.getClass().getClassLoader() != classPath);
  }

  @Test
  void rulesEditedSinceTheBuildAreNotWhatItCompiled() throws IOException {
    AheadOfTime.keep(Map.of("freedom.drl", FREE), built);

    assertThat(AheadOfTime.models(Map.of("freedom.drl", NOTHING_IS_FREE), classPath)).isEmpty();
    assertThat(AheadOfTime.models(Map.of("freedom.drl", FREE + "\n"), classPath)).isEmpty();
    assertThat(AheadOfTime.models(Map.of("other.drl", FREE), classPath)).isEmpty();
    assertThat(AheadOfTime.models(Map.of(), classPath)).isEmpty();
    assertThat(
            AheadOfTime.models(
                Map.of("freedom.drl", FREE, "more.drl", "package clearance.rules;"), classPath))
        .isEmpty();
  }

  /** Rules of one package compile to classes of one name, whatever they say. */
  @Test
  void editedRulesAreNotMistakenForTheCompiledOnesOfTheSameName() throws IOException {
    AheadOfTime.keep(Map.of("freedom.drl", FREE), built);
    Model kept =
        AheadOfTime.models(Map.of("freedom.drl", FREE), classPath).orElseThrow().iterator().next();
    Model edited =
        Compilation.of(Map.of("freedom.drl", NOTHING_IS_FREE))
            .value()
            .orElseThrow()
            .models()
            .iterator()
            .next();

    assertThat(edited.getClass().getName()).isEqualTo(kept.getClass().getName());
    assertThat(described(List.of(edited)))
        .containsExactly("clearance.rules Public information is not free");
  }

  @Test
  void aBuildLeavesNothingOfTheOneBefore() throws IOException {
    AheadOfTime.keep(Map.of("freedom.drl", FREE), built);
    AheadOfTime.keep(Map.of("freedom.drl", NOTHING_IS_FREE), built);

    assertThat(AheadOfTime.models(Map.of("freedom.drl", FREE), classPath)).isEmpty();
    assertThat(AheadOfTime.models(Map.of("freedom.drl", NOTHING_IS_FREE), classPath)).isPresent();
  }

  /** A kind of fact that changes must not meet rules that were compiled for what it was. */
  @Test
  void whatRulesMaySpeakOfIsAllThatIsPublicHere() {
    Set<String> visible = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("dev.clearance.drools")) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
        visible.add(type.getSimpleName());
      }
    }
    Set<String> expected = new TreeSet<>(Set.of("AheadOfTime", "RuleCompiler"));
    AheadOfTime.FACTS.forEach(kind -> expected.add(kind.getSimpleName()));
    assertThat(visible).isEqualTo(expected);
  }

  /** Every class of the jar runs on the release that the others are compiled for. */
  @Test
  void theBuildCompilesTheShippedRulesForJava17() throws IOException {
    AheadOfTime.main("rules", built.toString());

    try (Stream<Path> files = Files.walk(built)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(classes).isNotEmpty();
      for (Path file : classes) {
        byte[] content = Files.readAllBytes(file);
        assertThat(content[6] << 8 | content[7]).as(file.toString()).isLessThanOrEqualTo(61);
      }
    }
    assertThat(new File(built.toFile(), "compiled-rules").list()).hasSize(1);
  }

  private static List<String> described(Collection<Model> models) {
    return models.stream()
        .flatMap(model -> model.getRules().stream())
        .map((Rule rule) -> rule.getPackage() + " " + rule.getName())
        .sorted()
        .toList();
  }
}
