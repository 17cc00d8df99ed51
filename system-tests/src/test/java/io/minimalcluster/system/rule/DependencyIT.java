package io.minimalcluster.system.rule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.minimalcluster.system.harness.Installation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A module knows those before it in the chain alone, so that each can be read, tested and replaced by itself. */
class DependencyIT {
    private static final String MODEL = "io.minimalcluster.model..";
    private static final String TASK = "io.minimalcluster.task..";
    private static final String WORKER = "io.minimalcluster.worker..";
    private static final String MASTER = "io.minimalcluster.master..";
    private static final String CLIENT = "io.minimalcluster.client..";
    private static final String BENCHMARKS = "io.minimalcluster.benchmarks..";
    private static final String POSTGRES = "io.minimalcluster.postgres..";
    private static final String CHAOS = "io.minimalcluster.chaos..";

    private static JavaClasses module(String folder) {
        Path classes = Installation.HOME.resolve(folder).resolve("target/classes");
        return new ClassFileImporter().importPath(classes);
    }

    private static void knowsAlone(String folder, String... packages) {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(packages).or(not(resideInAnyPackage("io.minimalcluster.."))))
                .because("shared-model ◀ task-runtime ◀ worker-service ◀ master-service, and clients on shared-model")
                .check(module(folder));
    }

    @Test
    void sharedModelKnowsNoOtherModule() {
        knowsAlone("shared-model", MODEL);
    }

    @Test
    void taskRuntimeKnowsTheModelAlone() {
        knowsAlone("task-runtime", MODEL, TASK);
    }

    @Test
    void workerServiceKnowsNoMaster() {
        knowsAlone("worker-service", MODEL, TASK, WORKER);
    }

    @Test
    void masterServiceKnowsNoClient() {
        knowsAlone("master-service", MODEL, TASK, WORKER, MASTER);
    }

    @Test
    void clientKnowsTheModelAlone() {
        knowsAlone("client", MODEL, CLIENT);
    }

    @Test
    void benchmarksKnowTheClientAlone() {
        knowsAlone("benchmarks", MODEL, CLIENT, BENCHMARKS);
    }

    @Test
    void chaosKnowsTheClientAndTheServerThatItKills() {
        knowsAlone("chaos", MODEL, CLIENT, POSTGRES, CHAOS);
    }

    @Test
    void whatRunsInAForkedJvmKnowsNoFrameworkAndNoStore() {
        for (String folder : List.of("shared-model", "task-runtime", "client")) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "jakarta..",
                            "org.apache..",
                            "java.sql..",
                            "javax.sql..",
                            "org.slf4j..")
                    .because(
                            "an executor starts in tens of milliseconds, beside user code that must not meet a framework")
                    .allowEmptyShould(false)
                    .check(module(folder));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shared-model,io.minimalcluster.model.(*)..",
        "task-runtime,io.minimalcluster.task.(*)..",
        "worker-service,io.minimalcluster.worker.(*)..",
        "master-service,io.minimalcluster.master.(*)..",
        "client,io.minimalcluster.client.(*)..",
        "chaos,io.minimalcluster.chaos.(*).."
    })
    void noPackagesOfAModuleNeedEachOtherInACircle(String folder, String packages) {
        slices().matching(packages)
                .should()
                .beFreeOfCycles()
                .because("a package is a feature that can be understood before those that use it")
                .allowEmptyShould(true)
                .check(module(folder));
    }
}
