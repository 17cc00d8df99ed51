package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.model.Page;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Prints the results of commands as text or JSON. */
public final class Output {
    private final ObjectMapper json = JsonMapper.shared();
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
    private boolean asJson;

    public Output(CliContext here) {
        this.out = here.out();
        this.err = here.err();
    }

    public boolean isJson() {
        return asJson;
    }

    public PrintStream out() {
        return out;
    }

    /** Prints a value as JSON, or its text form as a line. */
    public void result(Object value, String text) {
        if (asJson) {
            json(value);
        } else {
            line(text);
        }
    }

    /** Prints a value as one line of JSON. */
    public void json(Object value) {
        out.println(json.writeValueAsString(value));
    }

    public void line(String text) {
        out.println(printable(text));
    }

    /** Prints a message to standard error. */
    public void note(String text) {
        err.println(printable(text));
    }

    /** Prints a page of a list as JSON, or as a table with a note on how to see more. */
    public <T> void page(Page<T> page, List<String> heads, Function<T, List<String>> row) {
        if (asJson) {
            json(page);
            return;
        }
        table(heads, page.items().stream().map(row).toList());
        if (page.next() != null) {
            note("more with --after " + page.next());
        }
    }

    /** Prints a table whose columns are two spaces apart and as wide as their longest cell. */
    private void table(List<String> heads, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(heads);
        all.addAll(rows);
        List<Integer> widths = IntStream.range(0, heads.size())
                .mapToObj(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        all.forEach(row -> line(IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), widths.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing()));
    }

    /** Replaces control characters, so that untrusted text can't send escape sequences to the terminal. */
    static String printable(String text) {
        return text.chars().anyMatch(Output::isControl)
                ? text.chars()
                        .map(c -> isControl(c) ? '�' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
