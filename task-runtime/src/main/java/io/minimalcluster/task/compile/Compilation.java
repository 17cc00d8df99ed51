package io.minimalcluster.task.compile;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.Compile;
import io.minimalcluster.task.frame.Compiled;
import io.minimalcluster.task.frame.Rejected;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One environment on its way from sources to a bundle. */
final class Compilation {
    private final Javac javac;
    private final Findings findings = new Findings();
    private final Set<String> compact = new HashSet<>();

    Compilation(Javac javac) {
        this.javac = javac;
    }

    /** What comes of sources. */
    sealed interface Result {
        record Bundled(Compiled compiled, byte[] bundle) implements Result {}

        record Refused(Rejected rejected) implements Result {}

        /** Refused too, and javac may not be what it was. */
        record Broken(Rejected rejected) implements Result {}
    }

    Result of(Compile posted) {
        try {
            FileNames.check(posted);
            findings.hint(LostNewlines.in(posted.sources()));
            List<Source> complete = complete(posted.sources());
            return findings.hasErrors() ? new Result.Refused(rejected()) : compiled(complete, posted);
        } catch (BadFile e) {
            return new Result.Refused(new Rejected(findings.all(), e.file(), e.reason()));
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            findings.broke(Breakdown.explain(e));
            return new Result.Broken(rejected());
        }
    }

    private Rejected rejected() {
        return new Rejected(findings.all(), null, null);
    }

    /** Parses all, sees that each is where it may be, and completes the compact ones. */
    private List<Source> complete(Map<String, String> sources) throws BadFile, IOException {
        Map<URI, Source> byUri = new LinkedHashMap<>();
        new TreeMap<>(sources).forEach((name, text) -> {
            Source source = Source.of(name, text);
            byUri.put(source.toUri(), source);
        });
        JavacTask task = javac.parsing(byUri.values(), findings);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Source> complete = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            Source source =
                    Objects.requireNonNull(byUri.get(unit.getSourceFile().toUri()));
            complete.add(complete(source, new Parsed(unit, positions)));
        }
        return complete;
    }

    private Source complete(Source source, Parsed parsed) throws BadFile {
        if (parsed.isModule()) {
            throw new BadFile(source.file(), "an environment is not a module");
        }
        FileNames.checkPackage(source.file(), parsed.packageName());
        if (parsed.isCompact()) {
            FileNames.checkCompact(source.file());
            compact.add(FileNames.simpleName(source.file()));
        }
        return parsed.lacksMain() ? source.withMain() : source;
    }

    private Result compiled(List<Source> sources, Compile posted) throws IOException, BadFile {
        try (Libraries libraries = Libraries.open(posted.libraries())) {
            return compiled(sources, libraries);
        }
    }

    private Result compiled(List<Source> sources, Libraries libraries) throws IOException {
        ClassFiles files = javac.files(libraries);
        boolean isCompiled = javac.compiling(sources, files, findings).call();
        if (!isCompiled || findings.hasErrors()) {
            return new Result.Refused(rejected());
        }
        SortedMap<String, byte[]> classes = files.classes();
        List<TargetFunction> functions = new BundledFunctions(classes, compact, libraries.loader()).list();
        return new Result.Bundled(new Compiled(functions, findings.warnings()), Bundle.of(classes, functions));
    }
}
