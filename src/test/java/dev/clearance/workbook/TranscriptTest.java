package dev.clearance.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clearance.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every shipped workbook as text, so that a change to one can be reviewed; {@code -Dgolden=update}
 * writes the texts anew.
 */
class TranscriptTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/transcripts");

  @TestFactory
  Stream<DynamicTest> everyShippedWorkbookSaysWhatItsTranscriptSays() throws IOException {
    Vocabulary vocabulary = ShippedWorkbooksTest.vocabulary().value().orElseThrow();
    PolicyReader reader = new PolicyReader(vocabulary);
    List<Path> workbooks = ShippedWorkbooksTest.policies();
    return workbooks.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> compare(reader, file)));
  }

  private static void compare(PolicyReader reader, Path file) throws IOException {
    String name = file.getFileName().toString();
    PolicyWorkbook workbook = reader.read(name, Files.readAllBytes(file)).value().orElseThrow();
    String actual = Transcript.of(workbook);
    Path golden = FOLDER.resolve(name.replace(".xlsx", ".txt"));
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, actual);
    }
    assertEquals(Files.readString(golden), actual);
  }
}
