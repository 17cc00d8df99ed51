package io.minimalcluster.task.compile;

import io.minimalcluster.task.frame.CompileRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.SourceVersion;

/** Checks file names: relative paths that are portable between operating systems. */
final class FileNameCheck {
    private static final int MAX_LENGTH = 500;
    private static final String SUFFIX = ".java";
    private static final List<String> RESERVED = List.of("java", "javax", "jdk", "sun", "io.minimalcluster");

    private FileNameCheck() {}

    /** Checks the names of sources, libraries and resources. Each of these groups has a name space of its own. */
    static void check(CompileRequest posted) throws InvalidFileException {
        checkAll(posted.sources().keySet());
        List<CompileRequest.Library> jars = new ArrayList<>(posted.libraries());
        if (posted.main() != null) {
            check(posted.main().name());
            jars.add(posted.main());
        }
        checkAll(posted.libraries().stream().map(CompileRequest.Library::name).toList());
        checkAll(posted.resources());
        for (String name : posted.sources().keySet()) {
            checkSource(name);
        }
        for (CompileRequest.Library library : jars) {
            if (!library.name().endsWith(".jar")) {
                throw new InvalidFileException(library.name(), "the name of a library ends with .jar");
            }
        }
        for (String name : posted.resources()) {
            checkResource(name);
        }
    }

    private static void checkAll(Collection<String> names) throws InvalidFileException {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            check(name);
            String same = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (same != null) {
                throw new InvalidFileException(name, "differs from " + same + " in upper and lower case only");
            }
        }
    }

    private static void check(String name) throws InvalidFileException {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new InvalidFileException(name, "a file name has 1 to " + MAX_LENGTH + " characters");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
            throw new InvalidFileException(printable(name), "a file name has no control characters");
        }
        if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
            throw new InvalidFileException(name, "folders are separated by /, and there is no drive");
        }
        if (name.startsWith("/")) {
            throw new InvalidFileException(name, "a path is relative");
        }
        if (List.of(name.split("/", -1)).stream()
                .anyMatch(step -> List.of("", ".", "..").contains(step))) {
            throw new InvalidFileException(name, "a path has no empty, . or .. step");
        }
        if (name.startsWith("-") || name.startsWith("@")) {
            throw new InvalidFileException(name, "a file name begins with no - or @");
        }
    }

    private static void checkSource(String name) throws InvalidFileException {
        if (!name.endsWith(SUFFIX)) {
            throw new InvalidFileException(name, "the name of a source ends with .java");
        }
        if (simpleName(name).equals("module-info")) {
            throw new InvalidFileException(name, "an environment is not a module");
        }
    }

    /** Rejects classes, which only sources and libraries may contain, and names of bundle metadata. */
    private static void checkResource(String name) throws InvalidFileException {
        String upper = name.toUpperCase(Locale.ROOT);
        if (name.endsWith(".class")) {
            throw new InvalidFileException(name, "a class is no resource: put it into a library");
        }
        if (upper.equals("META-INF/MANIFEST.MF")
                || upper.startsWith("META-INF/VERSIONS/")
                || upper.startsWith("META-INF/MINIMALCLUSTER/")) {
            throw new InvalidFileException(name, "this name has a meaning in a jar, and is not for resources");
        }
    }

    /** The name with control characters replaced. */
    static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /** Checks that the file name of a compact source is a Java name, because it becomes the class name. */
    static void checkCompact(String name) throws InvalidFileException {
        if (!SourceVersion.isName(simpleName(name))) {
            throw new InvalidFileException(
                    name,
                    "a source without a class is named after its file, and " + simpleName(name) + " is no Java name");
        }
    }

    /** Checks a package against reserved names and the folder of its file. A file at the root may have any package. */
    static void checkPackage(String name, String packageName) throws InvalidFileException {
        for (String reserved : RESERVED) {
            if ((packageName + ".").startsWith(reserved + ".")) {
                throw new InvalidFileException(
                        name, "the package " + packageName + " belongs to the platform; use one of your own");
            }
        }
        String folder = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
        String path = packageName.replace('.', '/');
        if (!folder.isEmpty() && !path.isEmpty() && !("/" + folder).endsWith("/" + path)) {
            throw new InvalidFileException(
                    name, "declares package " + packageName + ", so its folder is " + path + ", not " + folder);
        }
    }

    static String simpleName(String name) {
        return name.substring(name.lastIndexOf('/') + 1, name.length() - SUFFIX.length());
    }
}
