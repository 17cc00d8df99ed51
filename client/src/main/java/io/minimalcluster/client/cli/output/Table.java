package io.minimalcluster.client.cli.output;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Formats a table whose columns are two spaces apart and as wide as their longest cell. On a terminal it fits the
 * width: ids are shortened to a unique prefix, then columns of text are cut, the widest first, and only then bars of
 * progress and numbers, because a part of a number misleads.
 *
 * @param width maximum number of characters of a line
 */
public record Table(int width, boolean colour) {
    /** The width of a table that is not for a terminal: nothing is cut. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Heads of columns with ids. A prefix of an id is accepted wherever an id is. */
    private static final Set<String> IDS = Set.of("JOB", "WORKER", "ENVIRONMENT");

    /** Heads of columns with numbers, which are aligned to the right. */
    private static final Set<String> NUMBERS = Set.of("DONE", "FAILED", "BUSY", "TASKS", "RATE", "LEFT", "AGE", "SEEN");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.]*([eE][-+]?[0-9]+)?|");

    private static final int SHORT_ID = 12;
    private static final int MIN_CELL = 8;
    private static final int GAP = 2;
    private static final String CUT = "…";

    public List<String> lines(List<String> heads, List<List<String>> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(heads);
        rows.forEach(row -> cells.add(row.stream().map(Table::oneLine).toList()));
        List<List<String>> fitted = width == UNLIMITED ? cells : cut(shortened(cells));
        int[] widths = widths(fitted);
        boolean[] right = new boolean[heads.size()];
        for (int i = 0; i < right.length; i++) {
            int column = i;
            right[i] = NUMBERS.contains(heads.get(i))
                    || rows.stream()
                            .allMatch(row -> NUMBER.matcher(row.get(column)).matches());
        }
        return IntStream.range(0, fitted.size())
                .mapToObj(row -> line(fitted.get(row), widths, right, row == 0))
                .toList();
    }

    private String line(List<String> row, int[] widths, boolean[] right, boolean isHead) {
        String text = IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String cell = row.get(column);
                    String padded = padded(cell, widths[column], right[column]);
                    return colour && !isHead ? Style.of(cell).on(padded) : padded;
                })
                .collect(Collectors.joining(" ".repeat(GAP)))
                .stripTrailing();
        return colour && isHead ? Style.BOLD.on(text) : text;
    }

    private static String padded(String cell, int width, boolean right) {
        String space = " ".repeat(width - length(cell));
        return right ? space + cell : cell + space;
    }

    /** Replaces ids by prefixes that are unique in the table. */
    private static List<List<String>> shortened(List<List<String>> cells) {
        List<String> heads = cells.getFirst();
        List<List<String>> shortened = new ArrayList<>(cells);
        for (int i = 0; i < heads.size(); i++) {
            int column = i;
            if (IDS.contains(heads.get(column))) {
                List<String> ids =
                        cells.stream().skip(1).map(row -> row.get(column)).toList();
                shortened.replaceAll(row -> with(row, column, prefix(row.get(column), ids)));
            }
        }
        return shortened;
    }

    /** The shortest prefix that no other id has, of a usual length at least. */
    static String prefix(String id, Collection<String> others) {
        for (int length = SHORT_ID; length < id.length(); length++) {
            String prefix = id.substring(0, length);
            if (others.stream().noneMatch(other -> other.startsWith(prefix) && !other.equals(id))) {
                return prefix;
            }
        }
        return id;
    }

    /** The lower, the earlier a column is cut. */
    private static int rank(String head) {
        return NUMBERS.contains(head) || head.equals("STATE") ? 2 : head.equals("PROGRESS") ? 1 : 0;
    }

    /** Cuts the widest column of the lowest rank again and again until the table fits. */
    private List<List<String>> cut(List<List<String>> cells) {
        List<String> heads = cells.getFirst();
        int[] widths = widths(cells);
        int over = IntStream.of(widths).sum() + GAP * (widths.length - 1) - width;
        for (; over > 0; over--) {
            OptionalInt next = IntStream.range(0, widths.length)
                    .filter(column -> !IDS.contains(heads.get(column)) && widths[column] > MIN_CELL)
                    .reduce((a, b) -> {
                        int ranks = Integer.compare(rank(heads.get(a)), rank(heads.get(b)));
                        return ranks > 0 || (ranks == 0 && widths[b] > widths[a]) ? b : a;
                    });
            if (next.isEmpty()) {
                break;
            }
            widths[next.getAsInt()]--;
        }
        return cells.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> cutTo(row.get(column), widths[column]))
                        .toList())
                .toList();
    }

    static String cutTo(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
    }

    private static int[] widths(List<List<String>> cells) {
        return IntStream.range(0, cells.getFirst().size())
                .map(column -> cells.stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static List<String> with(List<String> row, int column, String cell) {
        List<String> changed = new ArrayList<>(row);
        changed.set(column, cell);
        return changed;
    }

    private static String oneLine(String cell) {
        return Output.printable(cell).replaceAll("[\n\t]", " ");
    }
}
