package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.cli.option.UsageException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Prints outcomes as columns, in constant memory: the first rows decide on the columns. Records have a column for each
 * component, other values have one column.
 */
final class ValueTable {
    private static final int BLOCK = 1000;
    private static final String VALUE = "value";

    private final PrintStream out;
    private final boolean csv;
    private final boolean arguments;
    private List<String> members = List.of();
    private boolean errors;

    ValueTable(PrintStream out, boolean csv, boolean arguments) {
        this.out = out;
        this.csv = csv;
        this.arguments = arguments;
    }

    void print(Stream<TaskResult> results) {
        Iterator<TaskResult> rest = results.iterator();
        List<TaskResult> block = next(rest);
        members = members(block);
        errors = csv || rest.hasNext() || block.stream().anyMatch(result -> result.error() != null);
        List<String> heads = heads();
        if (csv) {
            out.print(line(heads));
        }
        for (boolean first = true; !block.isEmpty(); first = false, block = next(rest)) {
            List<List<String>> rows = block.stream().map(this::row).toList();
            if (csv) {
                rows.forEach(row -> out.print(line(row)));
            } else {
                List<String> upper = heads.stream()
                        .map(head -> head.toUpperCase(Locale.ROOT))
                        .toList();
                new Table(Table.UNLIMITED, false)
                        .lines(upper, rows).stream().skip(first ? 0 : 1).forEach(out::println);
            }
        }
    }

    private static List<TaskResult> next(Iterator<TaskResult> results) {
        List<TaskResult> block = new ArrayList<>();
        while (block.size() < BLOCK && results.hasNext()) {
            block.add(results.next());
        }
        return block;
    }

    /** The members of the values, or none if not every value is an object. */
    private static List<String> members(List<TaskResult> block) {
        Set<String> names = new LinkedHashSet<>();
        for (TaskResult result : block) {
            JsonNode value = result.value();
            if (value != null && value.isObject()) {
                names.addAll(value.propertyNames());
            } else if (value != null && !value.isNull()) {
                return List.of();
            }
        }
        return List.copyOf(names);
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("index"));
        if (arguments) {
            heads.add("argument");
        }
        heads.addAll(members.isEmpty() ? List.of(VALUE) : members);
        if (errors) {
            heads.add("error");
        }
        return heads;
    }

    private List<String> row(TaskResult result) {
        List<String> cells = new ArrayList<>(List.of(Long.toString(result.index())));
        if (arguments) {
            cells.add(text(result.argument()));
        }
        JsonNode value = result.value();
        if (members.isEmpty()) {
            cells.add(text(value));
        } else {
            checkMembers(result);
            members.forEach(member -> cells.add(text(value == null ? null : value.get(member))));
        }
        if (errors) {
            cells.add(result.error() == null ? "" : JobSummary.describe(result.error()));
        }
        return cells;
    }

    private void checkMembers(TaskResult result) {
        JsonNode value = result.value();
        if (value != null && !value.isNull() && !(value.isObject() && members.containsAll(value.propertyNames()))) {
            throw new UsageException("the value of task " + result.index() + " has no place in the columns "
                    + String.join(", ", members) + "; give --format jsonl");
        }
    }

    private static String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(ValueTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }
}
