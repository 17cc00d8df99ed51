package io.minimalcluster.task.compile;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import io.minimalcluster.task.frame.NameResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Names a source that was posted without a name, after its public type. */
final class SourceNaming {
    private static final String DEFAULT_NAME = "Main";
    private static final String SUFFIX = ".java";

    private SourceNaming() {}

    /** The name of a source. A crash of the parser yields the default; the compilation reports the crash. */
    static NameResult of(Javac javac, String text) {
        try {
            List<Source> unnamed = List.of(Source.of(DEFAULT_NAME + SUFFIX, text));
            for (CompilationUnitTree unit :
                    javac.parsing(unnamed, new Diagnostics()).parse()) {
                return new NameResult(publicType(unit).orElse(DEFAULT_NAME) + SUFFIX);
            }
        } catch (IOException | RuntimeException | StackOverflowError | AssertionError _) {
            return new NameResult(DEFAULT_NAME + SUFFIX);
        }
        return new NameResult(DEFAULT_NAME + SUFFIX);
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
