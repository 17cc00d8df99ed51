package io.minimalcluster.task.compile;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;

/** A parsed source: whether it is compact and whether it needs a main method. */
final class ParsedSource {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    ParsedSource(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    boolean isModule() {
        return unit.getModule() != null;
    }

    boolean isCompact() {
        return implicitClass().isPresent();
    }

    /** Whether this is a compact source without the main method that the language requires. */
    boolean lacksMain() {
        return implicitClass()
                .filter(type -> type.getMembers().stream().noneMatch(ParsedSource::isMain))
                .isPresent();
    }

    /**
     * The implicit class of a compact source. Its {@code final} modifier comes from the parser, and so has no position.
     */
    private Optional<ClassTree> implicitClass() {
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(type -> type.getModifiers().getFlags().contains(Modifier.FINAL))
                .filter(type -> positions.getStartPosition(unit, type.getModifiers()) == Diagnostic.NOPOS)
                .findFirst();
    }

    private static boolean isMain(Tree member) {
        if (!(member instanceof MethodTree method) || !method.getName().contentEquals("main")) {
            return false;
        }
        int count = method.getParameters().size();
        return count == 0
                || (count == 1
                        && method.getParameters()
                                .getFirst()
                                .getType()
                                .toString()
                                .matches("(java\\.lang\\.)?String(\\[\\]|\\.\\.\\.)"));
    }
}
