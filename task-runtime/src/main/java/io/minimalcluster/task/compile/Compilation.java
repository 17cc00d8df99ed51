package io.minimalcluster.task.compile;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
import io.minimalcluster.task.frame.CompileResult;
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

/** Compiles the sources of one environment to a bundle. */
final class Compilation {
    private static final Diagnostic NO_FUNCTIONS = new Diagnostic(
            "",
            0,
            0,
            "warning",
            "minimalcluster.no-functions",
            "there are no target functions: they are the methods that are not private, except main. Methods that are not"
                    + " static need a class that is not abstract, with a constructor without parameters",
            "");

    private final Javac javac;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Set<String> compact = new HashSet<>();

    Compilation(Javac javac) {
        this.javac = javac;
    }

    /** The result of a compilation. */
    sealed interface Result {
        record Bundled(CompileResult compiled, byte[] bundle) implements Result {}

        record Refused(CompileRejection rejected) implements Result {}

        /** Rejected by a crash of javac, after which its state is unreliable. */
        record Broken(CompileRejection rejected) implements Result {}
    }

    Result of(CompileRequest posted) {
        try {
            FileNameCheck.check(posted);
            if (posted.main() != null) {
                return ofClasses(posted.main(), posted.libraries());
            }
            diagnostics.hint(MissingNewlineCheck.in(posted.sources()));
            List<Source> complete = complete(posted.sources());
            return diagnostics.hasErrors() ? new Result.Refused(rejected()) : compiled(complete, posted);
        } catch (InvalidFileException e) {
            return new Result.Refused(new CompileRejection(diagnostics.all(), e.file(), e.reason()));
        } catch (StackOverflowError _) {
            return tooDeep();
        } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
            return CompilerCrash.isStackOverflow(e) ? tooDeep() : broken(CompilerCrash.explain(e));
        }
    }

    private static Result tooDeep() {
        return new Result.Broken(new CompileRejection(
                List.of(), null, "The source is nested too deeply for the compiler, or an expression is too long."));
    }

    private Result broken(String explanation) {
        diagnostics.compilerCrashed(explanation);
        return new Result.Broken(rejected());
    }

    private CompileRejection rejected() {
        return new CompileRejection(diagnostics.all(), null, null);
    }

    /** Parses all sources, checks their folders, and completes compact sources. */
    private List<Source> complete(Map<String, String> sources) throws InvalidFileException, IOException {
        Map<URI, Source> byUri = new LinkedHashMap<>();
        new TreeMap<>(sources).forEach((name, text) -> {
            Source source = Source.of(name, text);
            byUri.put(source.toUri(), source);
        });
        JavacTask task = javac.parsing(byUri.values(), diagnostics);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Source> complete = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            Source source =
                    Objects.requireNonNull(byUri.get(unit.getSourceFile().toUri()));
            complete.add(complete(source, new ParsedSource(unit, positions)));
        }
        return complete;
    }

    private Source complete(Source source, ParsedSource parsed) throws InvalidFileException {
        if (parsed.isModule()) {
            throw new InvalidFileException(source.file(), "an environment is not a module");
        }
        FileNameCheck.checkPackage(source.file(), parsed.packageName());
        if (parsed.isCompact()) {
            FileNameCheck.checkCompact(source.file());
            compact.add(FileNameCheck.simpleName(source.file()));
        }
        return parsed.lacksMain() ? source.withMain() : source;
    }

    private Result compiled(List<Source> sources, CompileRequest posted) throws IOException, InvalidFileException {
        try (Libraries libraries = Libraries.open(posted.libraries())) {
            diagnostics.hint(libraries.processorHints());
            return compiled(sources, libraries);
        }
    }

    /** Lists the functions of compiled classes, whose jar precedes the libraries on the class path. */
    private Result ofClasses(CompileRequest.Library main, List<CompileRequest.Library> others)
            throws IOException, InvalidFileException {
        List<CompileRequest.Library> classPath = new ArrayList<>(List.of(main));
        classPath.addAll(others);
        try (Libraries libraries = Libraries.open(classPath)) {
            MainClasses classes = MainClasses.of(main.name(), libraries);
            List<TargetFunction> functions = classes.functions();
            diagnostics.hint(classes.hints());
            return new Result.Bundled(
                    new CompileResult(functions, diagnostics.warnings()), BundleWriter.of(new TreeMap<>(), functions));
        }
    }

    private Result compiled(List<Source> sources, Libraries libraries) throws IOException {
        CompilerFileManager files = javac.files(libraries);
        boolean isCompiled = javac.compiling(sources, files, diagnostics).call();
        if (diagnostics.hasErrors()) {
            return new Result.Refused(rejected());
        }
        if (!isCompiled) { // javac caught an error of its own, which the parser may have done before
            return javac.crashes().contains(StackOverflowError.class.getName())
                    ? tooDeep()
                    : broken(CompilerCrash.UNKNOWN);
        }
        SortedMap<String, byte[]> classes = files.classes();
        List<TargetFunction> functions = new BundledFunctions(classes, compact, libraries.loader()).list();
        if (functions.isEmpty()) {
            diagnostics.hint(List.of(NO_FUNCTIONS));
        }
        return new Result.Bundled(
                new CompileResult(functions, diagnostics.warnings()), BundleWriter.of(classes, functions));
    }
}
