package dev.clearance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearance.repository.PolicyRepository;
import dev.clearance.repository.Precondition;
import dev.clearance.repository.Publication;
import dev.clearance.repository.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as its main method starts it. */
class EarlyOpeningTest {

  private static final String TABLES = "src/test/resources/authzen/decision-tables";

  @TempDir private Path folder;

  private ConfigurableApplicationContext start(String tables, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--server.port=0");
    arguments.add("--clearance.tables=" + tables);
    arguments.add("--clearance.history=" + folder.resolve("published"));
    return ClearanceApplication.application().run(arguments.toArray(String[]::new));
  }

  @Test
  void rulesOpenedEarlyAreThoseThatAnswerAndAreClosedWithTheService() {
    for (int start = 0; start < 2; start++) {
      try (ConfigurableApplicationContext service = start(TABLES)) {
        PolicyRepository repository = service.getBean(PolicyRepository.class);
        assertThat(repository.current().file("record-access")).isPresent();
        assertThat(keepsVersions(repository)).isTrue();
      }
    }
  }

  /** Who still holds the folder of versions lets nobody else write to it. */
  private static boolean keepsVersions(PolicyRepository repository) {
    Publication refused =
        repository.publish("no-policy", new byte[0], new Precondition.Exists(), "somebody", "");
    return !(refused instanceof Publication.ReadOnly);
  }

  @Test
  void rulesThatAreNotCleanRefuseTheStartAsEver() throws Exception {
    Path tables = Files.createDirectory(folder.resolve("tables"));
    assertThatThrownBy(() -> start(tables.toString()))
        .hasRootCauseInstanceOf(StartRefused.class)
        .rootCause()
        .hasMessageContaining("vocabulary.xlsx");
  }

  @Test
  void rulesThatNobodyTookBecauseTheServiceIsOpenToAllAreClosed() throws Exception {
    assertThatThrownBy(
            () -> start(TABLES, "--server.address=0.0.0.0", "--clearance.keys=" + folder + "/k"))
        .isInstanceOf(BeanCreationException.class);
    try (ConfigurableApplicationContext service = start(TABLES)) {
      assertThat(keepsVersions(service.getBean(PolicyRepository.class))).isTrue();
    }
  }
}
