package io.minimalcluster.client.cli.option;

import java.util.Map;

/**
 * The terminal of a command.
 *
 * @param input whether standard input is a terminal
 * @param output whether standard output is a terminal
 * @param colour whether text on a terminal has colours
 * @param columns width of the terminal in characters
 * @param rows height of the terminal in lines
 */
public record Screen(boolean input, boolean output, boolean colour, int columns, int rows) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    /** No terminal: files and pipes. */
    public static final Screen NONE = new Screen(false, false, false, DEFAULT_COLUMNS, DEFAULT_ROWS);

    /**
     * The terminal that the launcher has found.
     *
     * @param streams which standard streams are a terminal: {@code in} and {@code out}
     * @param size rows and columns as printed by {@code stty size}, or empty
     */
    static Screen of(String streams, String size, Map<String, String> environment) {
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        String[] numbers = size.strip().split(" ", -1);
        return new Screen(
                streams.contains("in"),
                streams.contains("out"),
                colour,
                number(numbers[numbers.length - 1], DEFAULT_COLUMNS),
                number(numbers[0], DEFAULT_ROWS));
    }

    /** The terminal of this process, by the properties that the launcher passes. */
    public static Screen current(Map<String, String> environment) {
        return of(
                System.getProperty("minimalcluster.terminals", ""),
                System.getProperty("minimalcluster.terminal.size", ""),
                environment);
    }

    private static int number(String text, int otherwise) {
        try {
            int number = Integer.parseInt(text);
            return number > 0 ? number : otherwise;
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
