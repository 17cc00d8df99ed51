package io.minimalcluster.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Extracts fenced code blocks from Markdown documents. */
public final class CodeBlocks {
    private CodeBlocks() {}

    /** Returns all blocks of a language, joined. */
    public static String of(String document, String language) throws IOException {
        return String.join("\n", each(document, language));
    }

    /** Returns each block of a language. */
    public static List<String> each(String document, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(Installation.HOME.resolve(document)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
