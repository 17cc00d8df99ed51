package io.minimalcluster.client.cli.option;

import io.minimalcluster.model.environment.NewEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads Java sources. A file is stored under its name, the files of a folder under their relative paths, and a source
 * of standard input as {@value #MAIN}.
 */
public final class SourceFiles {
    private static final String MAIN = "Main.java";

    private final CliContext context;

    public SourceFiles(CliContext context) {
        this.context = context;
    }

    public NewEnvironment read(List<Path> paths, @Nullable String name) {
        Map<String, String> sources = new TreeMap<>();
        for (Path path : paths) {
            Path place = context.folder().resolve(path);
            if (isInput(path)) {
                addInput(sources);
            } else if (Files.isDirectory(place)) {
                Path folder = realPath(place);
                javaFilesIn(folder).forEach(file -> add(sources, withSlashes(folder.relativize(file)), file));
            } else {
                add(sources, place.getFileName().toString(), place);
            }
        }
        if (sources.isEmpty()) {
            throw new UsageException(
                    "no .java file in " + paths.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        return new NewEnvironment(name == null ? defaultName(paths.getFirst()) : name, sources);
    }

    /** The folder itself, since a walk does not follow a link at its start. */
    private static Path realPath(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UsageException("can't read the folder " + folder);
        }
    }

    private static List<Path> javaFilesIn(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException("can't read the folder " + place);
        }
    }

    /** Whether a path means standard input. */
    public static boolean isInput(Path path) {
        return path.toString().equals(ArgumentOptions.STANDARD_INPUT);
    }

    private void addInput(Map<String, String> sources) {
        try {
            sources.put(MAIN, new String(context.in().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UsageException("can't read the standard input");
        }
    }

    private static void add(Map<String, String> sources, String name, Path file) {
        try {
            if (sources.put(name, Files.readString(file)) != null) {
                throw new UsageException("two files named " + name + "; give the folder above them instead");
            }
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not UTF-8");
        } catch (IOException e) {
            throw new UsageException("can't read " + file);
        }
    }

    private String defaultName(Path path) {
        if (isInput(path)) {
            return "Main";
        }
        Path last = context.folder().resolve(path).normalize().getFileName();
        return last == null ? "environment" : last.toString().replaceFirst("\\.java$", "");
    }

    private static String withSlashes(Path relative) {
        return relative.toString().replace('\\', '/');
    }
}
