package io.minimalcluster.task.compile;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import io.minimalcluster.task.frame.NameResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** What a source is called that came without a name: as its public type, by the word of javac's parser. */
final class SourceNaming {
    private static final String OTHERWISE = "Main";
    private static final String SUFFIX = ".java";

    private SourceNaming() {}

    /** What the parser breaks on is left to the compiling, which says so. */
    static NameResult of(Javac javac, String text) {
        try {
            List<Source> unnamed = List.of(Source.of(OTHERWISE + SUFFIX, text));
            for (CompilationUnitTree unit :
                    javac.parsing(unnamed, new Diagnostics()).parse()) {
                return new NameResult(publicType(unit).orElse(OTHERWISE) + SUFFIX);
            }
        } catch (IOException | RuntimeException | StackOverflowError | AssertionError _) {
            return new NameResult(OTHERWISE + SUFFIX);
        }
        return new NameResult(OTHERWISE + SUFFIX);
    }

    private static Optional<String> publicType(CompilationUnitTree unit) {
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(type -> type.getModifiers().getFlags().contains(Modifier.PUBLIC))
                .map(type -> type.getSimpleName().toString())
                .findFirst();
    }
}
