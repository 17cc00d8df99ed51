package io.minimalcluster.peers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The structure of this module: its dependencies on other modules, and a package without others per system. */
class StructureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void dependsOnDriversOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("io.minimalcluster.benchmarks.peer..", "io.minimalcluster.peers..")
                                .or(not(resideInAnyPackage("io.minimalcluster.."))))
                .because("a driver has no jar of the client")
                .check(CLASSES);
    }

    @Test
    void systemsDoNotDependOnEachOther() {
        slices().matching("io.minimalcluster.peers.(*)..")
                .should()
                .notDependOnEachOther()
                .because("a driver has the jars of one system")
                .check(CLASSES);
    }
}
