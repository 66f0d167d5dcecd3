package dev.clearance.drools;

import dev.clearance.finding.Checked;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.drools.compiler.kproject.models.KieBaseModelImpl;
import org.drools.model.Model;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;

/**
 * What the Drools compiler makes of {@code .drl} files.
 *
 * @param classes the contents of class files, by path
 */
record Compilation(Collection<Model> models, Map<String, byte[]> classes) {

  /** Where the compiler expects files of the package {@code clearance.rules}. */
  private static final String FOLDER = "src/main/resources/clearance/rules/";

  /**
   * @param files file name to text
   * @return a finding for each error at its file and line, if there are any
   */
  static Checked<Compilation> of(Map<String, String> files) {
    KieBuilder builder = builder(files);
    if (!RuleErrors.builds(builder)) {
      return Checked.failed(RuleErrors.of(files, Compilation::builder));
    }
    CanonicalKieModule compiled = (CanonicalKieModule) builder.getKieModule();
    // Without a kmodule.xml there is one base, the default, and it holds every package.
    KieBaseModelImpl base =
        (KieBaseModelImpl)
            compiled.getKieModuleModel().getKieBaseModels().values().iterator().next();
    Map<String, byte[]> classes = new TreeMap<>();
    for (String file : compiled.getFileNames()) {
      if (file.endsWith(".class")) {
        classes.put(file, compiled.getBytes(file));
      }
    }
    return Checked.of(new Compilation(compiled.getModelForKBase(base), classes), List.of());
  }

  private static KieBuilder builder(Map<String, String> files) {
    KieServices services = KieServices.get();
    KieFileSystem system = services.newKieFileSystem();
    new TreeMap<>(files).forEach((name, text) -> system.write(FOLDER + name, text));
    return services.newKieBuilder(system);
  }
}
