package io.minimalcluster.task.compile;

import java.net.URI;
import java.net.URISyntaxException;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A source file with its posted text and its compiled text. A compact source may get a main method appended. */
final class Source extends SimpleJavaFileObject {
    private static final String END_OF_FILE = "\u001a";
    private static final String MAIN = " static void main(String[] args) {}";

    private final String name;
    private final String posted;
    private final String compiled;

    private Source(String name, String posted, String compiled) {
        super(uri(name), Kind.SOURCE);
        this.name = name;
        this.posted = posted;
        this.compiled = compiled;
    }

    /** Makes a source, without a leading byte order mark and without the control character that may end a file. */
    static Source of(String name, String text) {
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        plain = plain.endsWith(END_OF_FILE) ? plain.substring(0, plain.length() - 1) : plain;
        return new Source(name, plain, plain);
    }

    /** Appends a main method on a new line, so that a comment cannot hide it and line numbers stay valid. */
    Source withMain() {
        boolean ended = posted.endsWith("\n") || posted.endsWith("\r");
        return new Source(name, posted, posted + (ended ? "" : "\n") + MAIN);
    }

    private static URI uri(String name) {
        try {
            return new URI("source", null, "/" + name, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String file() {
        return name;
    }

    String posted() {
        return posted;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return compiled;
    }

    /** Accepts any file name, because the name of the public class counts. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE && (!simpleName.endsWith("-info") || super.isNameCompatible(simpleName, kind));
    }

    @Override
    public @Nullable NestingKind getNestingKind() {
        return null;
    }

    @Override
    public @Nullable Modifier getAccessLevel() {
        return null;
    }
}
