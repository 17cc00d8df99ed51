package io.minimalcluster.system.example;

import io.minimalcluster.system.harness.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Extracts fenced code blocks from Markdown documents. */
final class CodeBlocks {
    private CodeBlocks() {}

    /** Returns all blocks of a language, joined. */
    static String of(String document, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(Installation.HOME.resolve(document)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining("\n"));
    }
}
