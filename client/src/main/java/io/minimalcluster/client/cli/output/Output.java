package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.Screen;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.json.JsonMapper;

/** Prints the results of commands as text or JSON. */
public final class Output {
    private static final Pattern SEVERITY = Pattern.compile("(?m)(?<=^[^ ]{1,1000} )(error|warning):");

    private final PrintStream out;
    private final PrintStream err;
    private final Screen screen;
    private final boolean errTerminal;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
    private boolean asJson;

    public Output(CliContext here) {
        this.out = here.out();
        this.err = here.err();
        this.screen = here.screen();
        this.errTerminal = here.terminal();
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
        out.println(JsonMapper.shared().writeValueAsString(value));
    }

    public void line(String text) {
        out.println(printable(text));
    }

    /** Prints text of several lines that may lack the last line end. */
    public void text(String text) {
        out.print(printable(text) + (text.isEmpty() || text.endsWith("\n") ? "" : "\n"));
    }

    /** Prints a line whose second part has a style. */
    void styled(String plain, String text, Style style) {
        out.println(plain + (coloursOutput() ? style.on(printable(text)) : printable(text)));
    }

    /** Prints a message to standard error. */
    public void note(String text) {
        err(printable(text));
    }

    /** Prints a page of a list as JSON, as ids, or as a table with a note on how to see more. */
    public <T> void page(Page<T> page, boolean idsOnly, List<String> heads, Function<T, List<String>> row) {
        if (asJson) {
            json(page);
            return;
        }
        List<List<String>> rows = page.items().stream().map(row).toList();
        if (idsOnly) {
            rows.forEach(cells -> line(cells.getFirst()));
        } else {
            table(heads, rows);
        }
        if (page.next() != null) {
            note("more with --after " + page.next());
        }
    }

    /** Prints a table: fitted to the width of a terminal, whole in a file or pipe. */
    public void table(List<String> heads, List<List<String>> rows) {
        Table table = new Table(screen.output() ? screen.columns() : Table.UNLIMITED, coloursOutput());
        table.lines(heads, rows).forEach(out::println);
    }

    /** Prints the state of a job as JSON, or as a line with the state in its colour. */
    public void job(Job job) {
        if (asJson) {
            json(job);
        } else {
            out.println(summary(job, coloursOutput()));
        }
    }

    /** Prints the state of a job to standard error. */
    public void jobNote(Job job) {
        err(summary(job, coloursNotes()));
    }

    private static String summary(Job job, boolean colours) {
        String text = printable(JobSummary.of(job));
        String state = job.state().name();
        return colours
                ? text.replaceFirst("\\b" + state + "\\b", Style.of(state).on(state))
                : text;
    }

    /** Prints diagnostics of the compiler to standard error, with their severities in colours. */
    public void diagnostics(String text) {
        String printable = printable(text);
        err(
                coloursNotes()
                        ? SEVERITY.matcher(printable)
                                .replaceAll(found -> Matcher.quoteReplacement(
                                        Style.of(found.group(1)).on(found.group())))
                        : printable);
    }

    /** Prints to standard error, after what is printed to standard output so far. */
    private void err(String text) {
        out.flush();
        err.println(text);
    }

    /** Whether standard output is a terminal with colours. */
    public boolean coloursOutput() {
        return screen.output() && screen.colour();
    }

    /** Whether standard error is a terminal with colours. */
    public boolean coloursNotes() {
        return errTerminal && screen.colour();
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
}
