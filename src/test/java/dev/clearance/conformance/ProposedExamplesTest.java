package dev.clearance.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearance.analysis.Analysis;
import dev.clearance.analysis.ExampleProposal;
import dev.clearance.finding.Check;
import dev.clearance.finding.Finding;
import dev.clearance.repository.Release;
import dev.clearance.workbook.ExampleRows;
import dev.clearance.workbook.PolicyWorkbook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples that are proposed can be pasted into 用例 as they are. */
class ProposedExamplesTest {

  @ParameterizedTest
  @ValueSource(strings = {"housing-centre", "vendor-pledge", "gov-centre-rules", "print-centre"})
  void pastedBelowTheHeaderTheyHoldAndEveryRowHasOne(String id) throws IOException {
    Release release = ShippedPolicies.release();
    PolicyWorkbook workbook = release.file(id).orElseThrow().workbook();
    PolicyWorkbook bare = new PolicyWorkbook(workbook.policy(), List.of(), workbook.cells());
    List<ExampleProposal> proposals =
        Analysis.examplesFor(workbook.policy(), release.freedom(), workbook.policy().rows());
    ExampleRows rows = ExampleRows.of(bare, proposals);

    byte[] shipped = Files.readAllBytes(Path.of("decision-tables", id + ".xlsx"));
    Release.Trial trial =
        release.attempt(id + ".xlsx", paste(shipped, rows), ShippedPolicies.TODAY);

    List<Finding> errors = new ArrayList<>(trial.checked().findings());
    errors.removeIf(finding -> finding.check() == Check.ROW_WITHOUT_EXAMPLE || !finding.isError());
    assertThat(errors).isEmpty();
    assertThat(trial.examples().examples()).hasSameSizeAs(proposals);
    List<dev.clearance.policy.Row> proposed = new ArrayList<>();
    proposals.forEach(proposal -> proposed.add(proposal.row()));
    assertThat(trial.examples().uncovered().stream().map(dev.clearance.policy.Row::place))
        .doesNotContainAnyElementsOf(proposed.stream().map(one -> one.place()).toList());
  }

  private static byte[] paste(byte[] shipped, ExampleRows rows) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(shipped))) {
      Sheet sheet = workbook.getSheet("用例");
      for (int i = sheet.getLastRowNum(); i >= 0; i--) {
        if (sheet.getRow(i) != null) {
          sheet.removeRow(sheet.getRow(i));
        }
      }
      fill(sheet.createRow(0), rows.headers());
      for (List<String> cells : rows.rows()) {
        fill(sheet.createRow(sheet.getLastRowNum() + 1), cells);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      return bytes.toByteArray();
    }
  }

  private static void fill(Row row, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        row.createCell(i).setCellValue(cells.get(i));
      }
    }
  }
}
